// SPDX-License-Identifier: Apache-2.0
// The frontier derived anew from the archive, the facts and the jobs: nothing that was fetched is fetched
// again, links that were read are known, and pages that failed have the tries they had.
//
// What the archive does not hold is not there afterwards: holds, drops, rules for hosts (their orders lie in
// the control store), what was seen of robots.txt, and the number of the job's run. All that was fetched
// counts as of one run, so a job whose budget was for each run goes on with its next one.
#pragma once

#include <cstdint>

#include "base/clock.h"
#include "base/stop.h"
#include "config/settings.h"

namespace nightjar::crawler {

struct RebuiltFrontier {
  std::uint64_t captures = 0;  // that spoke of a URL
  std::uint64_t urls = 0;      // known now, in any state
  std::uint64_t followed = 0;  // links of captures below this number are in it
};

// kUnavailable while a crawl runs. The new frontier is made beside the old one and put in its place at the
// end, in one step: whatever stops this, and whenever, leaves the old one. kUnavailable too when stopped.
[[nodiscard]] Result<RebuiltFrontier> RebuildFrontier(const config::Settings& settings, StopSignal& stop,
                                                      const Clock& clock = SystemClock());

}  // namespace nightjar::crawler
