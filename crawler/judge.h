// SPDX-License-Identifier: Apache-2.0
// What an exchange means for its URL and its route.
#pragma once

#include <optional>

#include "archive/captures/record.h"
#include "crawler/availability/timeline.h"
#include "crawler/frontier/frontier.h"
#include "crawler/routes/routes.h"

namespace nightjar::crawler {

// Done: a response that says something of the page, 404 included. Passing: the way there failed, or the
// service said that it is busy (429, 5xx). Final: trying again cannot help. Excluded: it was a refusal
// (refusal.h). `untrusted_head`: of the response, where it is at hand: a busy service may say there how long
// it wants to be left alone.
[[nodiscard]] frontier::Ending JudgeExchange(const captures::Record& record, ByteView untrusted_head = {});

// The seconds of a Retry-After field (RFC 9110, 10.2.3), at most a day; 0 where there is none. Its other
// form, a date, is taken for none: it would need the service's clock to be right.
[[nodiscard]] std::chrono::seconds RetryAfterOf(ByteView untrusted_head);

// Why the circuit is the suspect, so that the next task takes another; nothing where it is not.
[[nodiscard]] std::optional<routes::Why> SuspectsRoute(captures::Outcome outcome);

// What an exchange says of its host; nothing where it never came so far.
[[nodiscard]] std::optional<availability::Cause> SpeaksOfHost(const captures::Record& record);

}  // namespace nightjar::crawler
