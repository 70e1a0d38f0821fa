// SPDX-License-Identifier: Apache-2.0
#include "crawler/routes/routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/decimal.h"
#include "base/digest.h"
#include "base/log.h"

namespace nightjar::routes {
namespace {

constexpr std::size_t kHostShown = 16;  // enough to tell services apart in a record and in Tor's control port
constexpr std::size_t kRunDigits = 6;

// The lane in ".../<run>.<lane>.<epoch>"; nothing for a text that is no tag of ours.
std::optional<std::uint32_t> LaneIn(std::string_view user) {
  const std::size_t epoch = user.rfind('.');
  if (epoch == std::string_view::npos || epoch == 0) return std::nullopt;
  const std::size_t lane = user.rfind('.', epoch - 1);
  if (lane == std::string_view::npos) return std::nullopt;
  const auto number = ParseDecimal(user.substr(lane + 1, epoch - lane - 1), kMostLanes - 1);
  return number ? std::optional(static_cast<std::uint32_t>(*number)) : std::nullopt;
}

}  // namespace

std::string_view WhyName(Why why) {
  switch (why) {
    case Why::kIntroduction:
      return "introduction";
    case Why::kRendezvous:
      return "rendezvous";
    case Why::kTimedOut:
      return "timed-out";
    case Why::kBlocked:
      return "blocked";
  }
  return "unknown";
}

Routes::Routes(Random& random) : secret_(random.Take(32)), run_(HexEncode(random.Take(kRunDigits / 2))) {}

std::uint32_t Routes::EpochOf(const Lane& lane) const {
  const auto found = epochs_.find(lane);
  return base_epoch_ + (found == epochs_.end() ? 0 : found->second);
}

Credentials Routes::For(const Identity& identity, std::uint32_t lane) const {
  const std::string persona = identity.persona.empty() ? "-" : identity.persona;
  Credentials credentials;
  credentials.user = fmt::format("{}/{}/{}/{}.{}.{}", identity.job.value, identity.host.substr(0, kHostShown),
                                 persona, run_, lane, EpochOf({identity, lane}));
  // The whole host goes into the digest: two hosts alike in their first characters share a tag, never a
  // circuit.
  credentials.password = Sha256(secret_ + identity.host + '\n' + credentials.user).Hex();
  return credentials;
}

Credentials Routes::Take(const Identity& identity, std::uint32_t circuits) {
  const std::uint32_t lanes = identity.persona.empty() ? std::clamp(circuits, 1U, kMostLanes) : 1;
  auto& busy = under_way_[identity];
  const std::uint32_t first = turn_++ % lanes;
  std::uint32_t best = first;
  for (std::uint32_t i = 1; i < lanes; ++i) {
    const std::uint32_t lane = (first + i) % lanes;
    if (busy.at(lane) < busy.at(best)) best = lane;
  }
  ++busy.at(best);
  return For(identity, best);
}

void Routes::GiveBack(const Identity& identity, const std::string& user) {
  const auto found = under_way_.find(identity);
  const auto lane = LaneIn(user);
  if (found == under_way_.end() || !lane || found->second.at(*lane) == 0) return;
  --found->second.at(*lane);
  if (std::ranges::all_of(found->second, [](std::uint32_t tasks) { return tasks == 0; }))
    under_way_.erase(found);
}

void Routes::Leave(const Identity& identity, const std::string& user, Why why) {
  const auto number = LaneIn(user);
  if (!number || For(identity, *number).user != user) return;
  log::debug("route {} is left: {}", user, WhyName(why));
  if (epochs_.size() >= kMostEpochs) {
    // Above every epoch there was, or a tag would come back to an old circuit.
    base_epoch_ +=
        1 + std::ranges::max_element(epochs_, {}, [](const auto& entry) { return entry.second; })->second;
    epochs_.clear();
    return;
  }
  ++epochs_[{identity, *number}];
}

}  // namespace nightjar::routes
