// SPDX-License-Identifier: Apache-2.0
#include "crawler/ways_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/digest.h"
#include "base/log.h"

namespace nightjar::crawler {
namespace {

constexpr auto kReadKeysEvery = std::chrono::seconds(2);

void AddGivenTors(const config::Settings& settings, std::vector<WaySpec>& ways) {
  const config::TorSettings& tor = settings.tor;
  const auto sockets = config::ListOf(tor.socks);
  const auto controls = config::ListOf(tor.control);
  for (std::size_t i = 0; i < sockets.size(); ++i) {
    ways.push_back({.name = "Tor at " + sockets[i],
                    .socket = sockets[i],
                    .control = i < controls.size() ? controls[i] : "",
                    .consensus = tor.consensus,
                    .consensus_folder = settings.ConsensusFolder()});
  }
}

void AddManagedTors(const config::Settings& settings, const Clock& clock, std::vector<WaySpec>& ways) {
  for (std::size_t i = 0; i < settings.tor.managed; ++i) {
    const std::string folder = settings.ManagedTorFolder(i);
    const auto paths = tor_control::PathsOfManagedTor(folder);
    ways.push_back({.name = "managed Tor " + std::to_string(i),
                    .socket = paths.socks,
                    .control = paths.control,
                    .consensus = paths.consensus,
                    .consensus_folder = settings.ConsensusFolder(),
                    .managed = tor_control::ManagedTor::Options{
                        .program = settings.tor.program,
                        .folder = folder,
                        .include = settings.tor.torrc == config::kNone ? "" : settings.tor.torrc,
                        .clock = &clock}});
  }
}

// One that listens is enough to begin; the others are waited for.
Status CheckSockets(const std::vector<WaySpec>& specs) {
  Status first_failure;
  for (const WaySpec& spec : specs) {
    if (spec.managed || spec.route != RouteClass::kOnion) return {};
    const Status reached = CheckTorSocket(spec.socket);
    if (reached) return {};
    if (first_failure) first_failure = reached;
  }
  return first_failure;
}

}  // namespace

std::vector<WaySpec> WaysOf(const config::Settings& settings, const Clock& clock) {
  std::vector<WaySpec> ways;
  if (settings.tor.managed > 0)
    AddManagedTors(settings, clock, ways);
  else
    AddGivenTors(settings, ways);
  if (settings.tor.clearnet_socks != config::kNone)
    ways.push_back({.name = "clearnet through Tor at " + settings.tor.clearnet_socks,
                    .route = RouteClass::kClearnet,
                    .socket = settings.tor.clearnet_socks});
  if (settings.i2p.proxy != config::kNone)
    ways.push_back(
        {.name = "I2P at " + settings.i2p.proxy, .route = RouteClass::kI2p, .socket = settings.i2p.proxy});
  return ways;
}

std::vector<std::size_t> RankWays(const std::vector<std::string>& names, const std::string& host) {
  std::vector<Digest> weights(names.size());
  std::ranges::transform(names, weights.begin(),
                         [&](const std::string& name) { return Sha256(fmt::format("{}\n{}", name, host)); });
  std::vector<std::size_t> ranked(names.size());
  std::iota(ranked.begin(), ranked.end(), std::size_t{0});
  std::ranges::sort(ranked, std::greater(), [&](std::size_t way) { return weights[way]; });
  return ranked;
}

WaysOut::WaysOut(std::vector<std::unique_ptr<WayOut>> ways, std::string client_keys_folder)
    : ways_(std::move(ways)), client_keys_(std::move(client_keys_folder)) {}

Result<WaysOut> WaysOut::Start(const config::Settings& settings, const FetcherKeeper::Options& fetcher,
                               Random& random) {
  auto specs = WaysOf(settings, *fetcher.clock);
  RETURN_IF_ERROR(CheckSockets(specs));
  std::vector<std::unique_ptr<WayOut>> ways;
  for (WaySpec& spec : specs) {
    ASSIGN_OR_RETURN(auto way, WayOut::Start(std::move(spec), fetcher, random));
    ways.push_back(std::move(way));
  }
  const bool none =
      std::ranges::all_of(ways, [](const auto& way) { return way->first_failure().has_value(); });
  if (none && !ways.empty()) return tl::unexpected(*ways.front()->first_failure());
  return WaysOut(std::move(ways), settings.ClientKeysFolder());
}

void WaysOut::Step(MonoTime now) {
  ReadClientKeys(now);
  for (const auto& way : ways_) way->Step();
}

// The command line writes keys while the crawl runs.
void WaysOut::ReadClientKeys(MonoTime now) {
  if (now < next_keys_) return;
  next_keys_ = now + kReadKeysEvery;
  const auto keys = client_keys_.ReadAll();
  if (!keys) return log::warn("client authorisation keys cannot be read: {}", keys.error().Format());
  for (const auto& way : ways_) way->SetClientKeys(*keys);
}

void WaysOut::AddTo(std::vector<pollfd>& waiting) {
  for (const auto& way : ways_) {
    if (way->control_fd() >= 0) waiting.push_back({way->control_fd(), POLLIN, 0});
    FetcherProcess* fetcher = way->fetcher();
    if (fetcher == nullptr) continue;
    const short wanted = fetcher->channel().has_unsent() ? POLLIN | POLLOUT : POLLIN;
    waiting.push_back({fetcher->channel().fd(), wanted, 0});
  }
}

std::size_t WaysOut::Allow(std::size_t wanted, MonoTime now) {
  std::size_t allowed = 0;
  for (const auto& way : ways_) allowed += way->Allow(wanted, now);
  return std::min(allowed, wanted);
}

std::optional<std::size_t> WaysOut::Choose(const SiteHost& host, MonoTime now) {
  std::vector<std::string> names;
  std::vector<std::size_t> of_class;
  for (std::size_t way = 0; way < ways_.size(); ++way) {
    if (ways_[way]->route_class() != host.route_class()) continue;
    names.push_back(ways_[way]->name());
    of_class.push_back(way);
  }
  for (const std::size_t ranked : RankWays(names, host.name())) {
    if (ways_[of_class[ranked]]->Allow(1, now) > 0) return of_class[ranked];
  }
  return std::nullopt;
}

bool WaysOut::Has(RouteClass route) const {
  return std::ranges::any_of(
      ways_, [&](const auto& way) { return way->route_class() == route && way->Trouble().empty(); });
}

}  // namespace nightjar::crawler
