// SPDX-License-Identifier: Apache-2.0
// Hosts of which every capture was erased leave the crawler's stores too: frontier, sessions, availability,
// robots.txt, alerts. What people wrote (jobs with their seeds, orders, the list of exports) stays.
#pragma once

#include <span>
#include <string>

#include "base/stop.h"
#include "config/settings.h"

namespace nightjar::crawler {

// No process may have these stores open: kUnavailable names one that has. The frontier is derived anew, with
// what frontier_rebuild.h says is lost by that. After a crash call again: what was done is done again. The
// control store is left to be compacted by the caller, who has it open.
[[nodiscard]] Status ForgetHosts(const config::Settings& settings, std::span<const std::string> hosts,
                                 StopSignal& stop);

}  // namespace nightjar::crawler
