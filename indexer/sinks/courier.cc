// SPDX-License-Identifier: Apache-2.0
#include "indexer/sinks/courier.h"

#include <algorithm>

#include "base/log.h"

namespace nightjar::sinks {
namespace {

constexpr std::size_t kAtOnce = 100;

}  // namespace

std::chrono::seconds WaitAfter(std::uint32_t tries) {
  constexpr std::uint32_t kMostDoublings = 12;  // 2^12 s is over an hour
  return std::min(kLongestWait, kFirstWait * (1U << std::min(tries, kMostDoublings)));
}

Status Courier::Round(const std::stop_token& stop) {
  for (const auto& [name, sink] : options_.sinks) {
    bool goes_on = true;
    while (goes_on && !stop.stop_requested()) {
      ASSIGN_OR_RETURN(const auto due, options_.store->Due(name, options_.clock->Utc(), kAtOnce));
      goes_on = !due.empty();
      for (const watch::Delivery& delivery : due) {
        if (!goes_on || stop.stop_requested()) break;
        ASSIGN_OR_RETURN(goes_on, Bring(delivery, sink));
      }
    }
  }
  return {};
}

// False where nobody is there.
Result<bool> Courier::Bring(const watch::Delivery& delivery, const Sink& sink) {
  const auto alert = options_.store->Get(delivery.alert);
  if (!alert && alert.error().code != Code::kNotFound) return tl::unexpected<Error>(alert.error());
  const Status taken = alert ? sink(*alert) : Status();
  if (taken) {
    RETURN_IF_ERROR(options_.store->Delivered(delivery));
    return true;
  }
  const auto wait = WaitAfter(delivery.tries);
  log::warn("alert {} was not taken by {} ({}); next try in {} s", delivery.alert, delivery.sink,
            taken.error().text, wait.count());
  RETURN_IF_ERROR(options_.store->Failed(delivery, options_.clock->Utc() + wait, taken.error().Format()));
  return taken.error().code != Code::kUnavailable && taken.error().code != Code::kTimeout;
}

}  // namespace nightjar::sinks
