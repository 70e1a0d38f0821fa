// SPDX-License-Identifier: Apache-2.0
// What services, proxies, environments and tasks can try, to make a fetcher speak past Tor. Sources: the
// threats and the scenario list of the project's threat notes ("Leak protection on Tor"), libcurl's own
// features, RFC 9110, and CVEs of the past.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "archive/captures/record.h"
#include "tests/leak/tor_stub.h"

namespace nightjar::leak {

struct Scenario {
  std::string name;
  captures::Outcome outcome = captures::Outcome::kOk;  // how its one record must say that it ended
  std::string url = {};                                // of the task; a good onion's when empty
  Service service = {};                                // what the service does
  int socks_reply = 0;                                 // what the proxy answers
  std::string raw_socks = {};  // what a broken proxy sends instead of any SOCKS at all
  std::map<std::string, std::string> environment = {};
};

[[nodiscard]] std::vector<Scenario> AllScenarios();

// Serves one response to each request.
[[nodiscard]] Service Answering(const std::string& response);

}  // namespace nightjar::leak
