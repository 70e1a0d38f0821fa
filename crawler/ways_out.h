// SPDX-License-Identifier: Apache-2.0
// All ways out, and which one a host takes. Hosts are spread over the ways of their class by rendezvous
// hashing (Thaler and Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM ToN 6(1),
// 1998): each host ranks the ways by a hash of both names and takes the first that is open. So a host stays
// with its Tor while that is up, a Tor that is down hands its hosts to the others evenly, and gets exactly
// them back.
#pragma once

#include <poll.h>

#include <memory>
#include <optional>
#include <vector>

#include "config/settings.h"
#include "crawler/way_out.h"

namespace nightjar::crawler {

// The ways that the settings ask for, in order.
[[nodiscard]] std::vector<WaySpec> WaysOf(const config::Settings& settings, const Clock& clock);

// Which of `names` a host takes first, second, ...: indices.
[[nodiscard]] std::vector<std::size_t> RankWays(const std::vector<std::string>& names,
                                                const std::string& host);

// One thread.
class WaysOut final {
 public:
  // Fails at once, with what to do, when no Tor's socket can be reached (those that Nightjar runs are waited
  // for), or no way's fetcher starts. `fetcher.hello` is that of any way.
  [[nodiscard]] static Result<WaysOut> Start(const config::Settings& settings,
                                             const FetcherKeeper::Options& fetcher, Random& random);

  [[nodiscard]] std::size_t size() const { return ways_.size(); }
  [[nodiscard]] WayOut& operator[](std::size_t way) { return *ways_[way]; }

  // Once in every round of the loop.
  void Step(MonoTime now);
  void AddTo(std::vector<pollfd>& waiting);

  // How many of `wanted` more tasks may go out now, over all ways.
  [[nodiscard]] std::size_t Allow(std::size_t wanted, MonoTime now);

  // The way a task to this host takes now; nothing while none of its class is open.
  [[nodiscard]] std::optional<std::size_t> Choose(const SiteHost& host, MonoTime now);

  // Whether anything may be fetched of this class now.
  [[nodiscard]] bool Has(RouteClass route) const;

 private:
  WaysOut(std::vector<std::unique_ptr<WayOut>> ways, std::string client_keys_folder);
  void ReadClientKeys(MonoTime now);

  std::vector<std::unique_ptr<WayOut>> ways_;
  tor_control::ClientKeyFolder client_keys_;
  MonoTime next_keys_;
};

}  // namespace nightjar::crawler
