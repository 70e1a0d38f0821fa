// SPDX-License-Identifier: Apache-2.0
// One way out of this machine: a Tor or an I2P proxy, the jailed fetcher that can reach it and nothing else,
// and whether it may be used now. A fetcher is never shared between two ways: what one jail can reach, the
// other cannot.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/site_host.h"
#include "crawler/fetcher_keeper.h"
#include "crawler/surroundings.h"
#include "crawler/tor_control/managed_tor.h"
#include "crawler/tor_control/tor_watch.h"
#include "crawler/tor_gate.h"

namespace nightjar::crawler {

struct WaySpec {
  std::string name;  // stable: hosts are spread by it
  RouteClass route = RouteClass::kOnion;
  std::string socket;                 // SOCKS, or I2P's HTTP proxy
  std::string control = {};           // Tor's control socket; empty for none
  std::string consensus = {};         // Tor's cached consensus; empty where there is none
  std::string consensus_folder = {};  // where each consensus is kept; empty: none is
  std::optional<tor_control::ManagedTor::Options> managed = {};  // a Tor to be started first
};

// One thread.
class WayOut final {
 public:
  // Starts the Tor, if it is ours, and the fetcher. `fetcher.hello` is made to fit the way. A fetcher that
  // does not start is the way's trouble, and is tried again: another way may do.
  [[nodiscard]] static Result<std::unique_ptr<WayOut>> Start(WaySpec spec, FetcherKeeper::Options fetcher,
                                                             Random& random);
  // Why the first fetcher did not start, if it did not.
  [[nodiscard]] const std::optional<Error>& first_failure() const { return first_failure_; }

  [[nodiscard]] const std::string& name() const { return spec_.name; }
  [[nodiscard]] RouteClass route_class() const { return spec_.route; }

  // Keeps Tor running and watched, and tells the fetcher what became known of circuits.
  void Step();
  // Descriptors to poll besides the fetcher's: the control socket, or -1.
  [[nodiscard]] int control_fd() const { return watch_ ? watch_->fd() : -1; }

  // How many of `wanted` more tasks may go out here now.
  [[nodiscard]] std::size_t Allow(std::size_t wanted, MonoTime now);

  // Why nothing may go out, in words for people; empty while the way is open.
  [[nodiscard]] std::string Trouble() const;

  // A task goes out, comes back. kUnavailable: the fetcher is gone; call Lose().
  [[nodiscard]] Status Send(const handover::Task& task);
  void TaskEnded(captures::Outcome outcome, MonoTime now);
  void Lose(const Error& why);  // the fetcher, with all its tasks

  [[nodiscard]] FetcherProcess* fetcher() { return fetcher_.Running(); }
  [[nodiscard]] std::size_t under_way() const { return under_way_; }

  // "sha256=<hex> valid-after=<utc>" of the consensus that this way's Tor follows, or "unknown".
  [[nodiscard]] const std::string& Consensus(MonoTime now);

  void SetClientKeys(const tor_control::ClientKeys& keys);

 private:
  WayOut(WaySpec spec, FetcherKeeper fetcher, std::optional<tor_control::ManagedTor> managed, Random& random,
         const Clock& clock);
  void TellFetcher();
  void SayWhenItChanges();

  WaySpec spec_;
  std::optional<tor_control::ManagedTor> managed_;
  FetcherKeeper fetcher_;
  TorGate gate_;
  std::optional<tor_control::TorWatch> watch_;
  ConsensusFile consensus_file_;
  std::string consensus_told_ = "unknown";
  std::optional<Error> first_failure_;
  std::size_t under_way_ = 0;
  std::string said_;  // the trouble that was last logged
};

}  // namespace nightjar::crawler
