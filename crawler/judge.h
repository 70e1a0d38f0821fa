// SPDX-License-Identifier: Apache-2.0
// What an exchange means for its URL and its route.
#pragma once

#include "archive/captures/record.h"
#include "crawler/frontier/frontier.h"

namespace nightjar::crawler {

// Done: a response that says something of the page, 404 included. Passing: the way there failed, or the
// service said that it is busy (429, 5xx). Final: trying again cannot help. `untrusted_head`: of the
// response, where it is at hand: a busy service may say there how long it wants to be left alone.
[[nodiscard]] frontier::Ending JudgeExchange(const captures::Record& record, ByteView untrusted_head = {});

// The seconds of a Retry-After field (RFC 9110, 10.2.3), at most a day; 0 where there is none. Its other
// form, a date, is taken for none: it would need the service's clock to be right.
[[nodiscard]] std::chrono::seconds RetryAfterOf(ByteView untrusted_head);

// The circuit is the suspect: take another for the next task.
[[nodiscard]] bool SuspectsRoute(captures::Outcome outcome);

}  // namespace nightjar::crawler
