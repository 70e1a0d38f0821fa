// SPDX-License-Identifier: Apache-2.0
// The crawl role: leases tasks from the frontier, hands them to a jailed fetcher, commits what comes back to
// the archive, and only then closes the lease. Follows facts for new links. Owns the archive's writer.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/stop.h"
#include "config/settings.h"
#include "crawler/trouble_file.h"

namespace nightjar::crawler {

struct CrawlOptions {
  // End with OK once every active job has nothing left that is due and facts have caught up with the archive.
  bool until_idle = false;
};

// Runs until `stop` or a fatal error. Fails at once, with what to do, when the Tor socket, the jail or the
// archive cannot be had. What ended it is kept for ReadTrouble() where it is kFull (memory too), kIo or
// kCorrupt.
[[nodiscard]] Status RunCrawl(const config::Settings& settings, const CrawlOptions& options,
                              StopSignal& stop);

// What keeps the crawl from storing, until a batch is stored again (trouble_file.h).
[[nodiscard]] Result<std::optional<Trouble>> ReadTrouble(const config::Settings& settings);

// Numbers for `nightjar status`; read from the stores, so it works whether or not the role is running.
// kNotFound when nothing was ever crawled here.
struct HostStatus {
  std::string host;
  std::uint64_t waiting = 0;
  std::uint64_t leased = 0;
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  std::uint64_t excluded = 0;
};
struct FrontierStatus {
  std::uint64_t waiting = 0;  // sums over all hosts
  std::uint64_t leased = 0;
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  std::uint64_t excluded = 0;
  std::map<std::string, std::uint64_t> excluded_for;  // by reason (scope/exclusion.h); those that are not 0
  std::uint64_t facts_read = 0;   // links of captures below this number are in the frontier
  std::uint64_t jobs = 0;         // jobs whose seeds are in the frontier
  std::vector<HostStatus> hosts;  // the first of them
  bool more_hosts = false;        // than are listed
};
[[nodiscard]] Result<FrontierStatus> ReadFrontierStatus(const config::Settings& settings);

}  // namespace nightjar::crawler
