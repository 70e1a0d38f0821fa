// SPDX-License-Identifier: Apache-2.0
// What an exchange means for its URL and its route.
#pragma once

#include "archive/captures/record.h"
#include "crawler/frontier/frontier.h"

namespace nightjar::crawler {

// Done: a response that says something of the page, 404 included. Passing: the way there failed, or the
// service said that it is busy (429, 5xx). Final: trying again cannot help.
[[nodiscard]] frontier::Ending JudgeExchange(const captures::Record& record);

// The circuit is the suspect: take another for the next task.
[[nodiscard]] bool SuspectsRoute(captures::Outcome outcome);

}  // namespace nightjar::crawler
