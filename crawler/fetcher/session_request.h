// SPDX-License-Identifier: Apache-2.0
// What a session adds to a request: cookies and forms. The rest of the header stays the profile's.
#pragma once

#include "base/url.h"
#include "crawler/fetcher/curl_handles.h"
#include "crawler/handover/messages.h"

namespace nightjar::fetcher {

// The wall in front of everything that could change something at a service: POST only for a login or a
// person's answer to a wall, a form only with POST, and no byte in cookies or form that could begin another
// line of the request. kRefused says which.
[[nodiscard]] Status CheckSessionPart(const handover::Task& untrusted_task);

// True when the task needs a header of its own beside the profile's.
[[nodiscard]] bool HasSessionPart(const handover::Task& task);

// The profile with the lines of the session in the places where Firefox puts them: form lines after
// Accept-Encoding, Cookie after Connection.
[[nodiscard]] HeaderList MakeSessionHeader(const std::vector<std::string>& profile,
                                           const handover::Task& task, const Url& url);

}  // namespace nightjar::fetcher
