// SPDX-License-Identifier: Apache-2.0
// Every option every transfer has. They are set once, on a handle that is then copied for each transfer, so
// there is one list to review and a refused option is found before the first page.
#pragma once

#include "crawler/fetcher/curl_handles.h"
#include "crawler/handover/messages.h"

namespace nightjar::fetcher {

struct PatternOptions {
  const handover::Limits& limits;
  curl_slist* header;  // must outlive the handle and all its copies
  RouteClass route = RouteClass::kOnion;
  // PEM certificates of authorities, for kClearnet: an exit relay may lie, so there TLS is verified. Copied.
  std::string authorities = {};
};
[[nodiscard]] Easy MakePattern(const PatternOptions& options);

// What a host of the clear net is checked against; read before the walls stand, for there is no file behind
// them.
[[nodiscard]] Result<std::string> ReadAuthorities();

// The lines of a header profile as libcurl takes them.
[[nodiscard]] HeaderList MakeHeader(const std::vector<std::string>& lines);

}  // namespace nightjar::fetcher
