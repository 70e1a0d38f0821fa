// SPDX-License-Identifier: Apache-2.0
// The frontier for people: numbers and rows read from the disk, beside a running frontier of any process.
// Lists come in pages: give `next` of the last page as `after`; an empty `next` is the end. Each page is one
// short snapshot. All fail with kNotFound before the first frontier.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "crawler/frontier/frontier.h"
#include "crawler/frontier/rows.h"

namespace nightjar::frontier {

struct JobCounts {
  JobId job;
  JobRow row;
};
struct FrontierCounts {
  std::uint64_t cursor = 0;
  std::vector<JobCounts> jobs;
};
// One row per job, however many hosts and URLs.
[[nodiscard]] Result<FrontierCounts> ReadCounts(const std::string& folder);

struct ListFilter {
  std::optional<JobId> job = {};
  std::optional<std::string> host = {};  // the onion address
  std::optional<UrlState> state = {};    // ListQueue() only
  std::string url_prefix = {};           // ListQueue() only
};

// One job's queue at one host.
struct LaneListing {
  JobId job;
  std::string host;
  Counts counts;
  std::vector<std::pair<Exclusion, std::uint64_t>> excluded;  // reasons that occurred
  std::uint64_t run_pages = 0;                                // requests of the present run
  bool in_scope = true;                                       // else the job does not name the host any more
  bool discovered = false;                                    // it joined by Discovery
  std::string held;                                           // why; empty: not held
  std::optional<UtcTime> held_since;
  HostRule rule;
};
struct LanePage {
  std::vector<LaneListing> lanes;
  std::string next;
};
[[nodiscard]] Result<LanePage> ListLanes(const std::string& folder, const ListFilter& filter,
                                         std::size_t limit, const std::string& after = "");

struct QueuedUrl {
  JobId job;
  std::string host;
  std::string url;
  UrlState state = UrlState::kWaiting;
  std::string why;  // cause of the last failure or exclusion, else empty
  std::uint32_t depth = 0;
  std::uint32_t tries = 0;
  std::optional<UtcTime> due;  // of what waits or will be looked at again
};
struct QueuePage {
  std::vector<QueuedUrl> urls;  // lane by lane, in order of discovery
  std::string next;
};
// URLs that were left out when they were found are counted, not kept, so they are not listed; dropped ones
// are. Looks at no more than kMostLookedAt rows for one page, so a page may be short before the end.
inline constexpr std::size_t kMostLookedAt = 100'000;
[[nodiscard]] Result<QueuePage> ListQueue(const std::string& folder, const ListFilter& filter,
                                          std::size_t limit, const std::string& after = "",
                                          const Clock& clock = SystemClock());

struct DiscoveredHost {
  JobId job;
  std::string host;
  bool joined = false;  // it is crawled with the job
  UtcTime first_seen;
  std::uint64_t count = 0;  // links seen
  std::string via;          // URL of the first page that linked there, "-" if not known
};
struct DiscoveredPage {
  std::vector<DiscoveredHost> hosts;
  std::string next;
};
[[nodiscard]] Result<DiscoveredPage> ListDiscovered(const std::string& folder, const ListFilter& filter,
                                                    std::size_t limit, const std::string& after = "");

}  // namespace nightjar::frontier
