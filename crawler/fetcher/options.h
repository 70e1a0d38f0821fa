// SPDX-License-Identifier: Apache-2.0
// Every option every transfer has. They are set once, on a handle that is then copied for each transfer, so
// there is one list to review and a refused option is found before the first page.
#pragma once

#include "crawler/fetcher/curl_handles.h"
#include "crawler/handover/messages.h"

namespace nightjar::fetcher {

// `header` must outlive the handle and all its copies.
[[nodiscard]] Easy MakePattern(const handover::Limits& limits, curl_slist* header);

// The lines of a header profile as libcurl takes them.
[[nodiscard]] HeaderList MakeHeader(const std::vector<std::string>& lines);

}  // namespace nightjar::fetcher
