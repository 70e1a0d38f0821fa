// SPDX-License-Identifier: Apache-2.0
// How each way out is just now, asked of the sockets themselves: for `nightjar status` and `doctor`. True
// whether or not a crawl runs, except that a Tor which Nightjar runs itself is there only while one does.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "config/settings.h"

namespace nightjar::cli {

struct WayState {
  std::string name;   // "Tor at /run/tor/socks"
  std::string route;  // RouteClassName
  bool ready = false;
  bool managed = false;
  int progress = -1;  // Tor's bootstrap, per cent; -1 where there is no control socket to ask
  std::string text;   // what it says, or what is wrong and what to do
};

// Waits for each at most two seconds.
[[nodiscard]] std::vector<WayState> AskWays(const config::Settings& settings);

[[nodiscard]] json::array ToJson(const std::vector<WayState>& ways);

}  // namespace nightjar::cli
