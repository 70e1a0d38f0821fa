// SPDX-License-Identifier: Apache-2.0
#include "cli/doors.h"

#include "crawler/ways_out.h"

namespace nightjar::cli {

notary::Doors DoorsOf(const config::Settings& settings) {
  notary::Doors doors;
  for (const auto& way : crawler::WaysOf(settings, SystemClock())) {
    if (way.route == RouteClass::kOnion && doors.onion.empty()) doors.onion = way.socket;
    if (way.route == RouteClass::kClearnet && doors.clearnet.empty()) doors.clearnet = way.socket;
  }
  return doors;
}

}  // namespace nightjar::cli
