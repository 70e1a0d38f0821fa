// SPDX-License-Identifier: Apache-2.0
// A URL of the frontier that may not be asked for after all, by robots.txt or by the blocklist. That it was
// left out is evidence too, so a record is made of it like of any exchange: Outcome::kNotAttempted, no
// request, no response, and in `detail` which rule it was.
//
// The URL is leased and handed to a fetcher as a task that it must not carry out, only sign: so all records
// are signed by fetchers alone, and what holds for a page's record holds for this one. It is durable before
// the lease ends; whoever is killed in between makes it once more. After that the frontier knows the URL as
// excluded and does not lease it again, also not in later runs or under another robots.txt, until a person
// has it asked again. So there is one such record for each URL, job and such order.
#pragma once

#include <string>
#include <string_view>

#include "archive/captures/record.h"
#include "crawler/robots/robots.h"
#include "crawler/scope/exclusion.h"

namespace nightjar::crawler {

// How `detail` begins.
inline constexpr std::string_view kBlockedRefusal = "the host is on the blocklist";
inline constexpr std::string_view kRobotsRefusal = "robots.txt forbids it";

inline constexpr std::size_t kMostRuleText = 200;  // bytes of a rule that are shown

// "robots.txt forbids it: Disallow: /private". The rule is outside text: bytes that are not printable ASCII
// are percent-encoded, and it is cut. Its line is not numbered, for the jail's text has fewer empty lines
// than the captured file.
[[nodiscard]] std::string RobotsRefusal(const robots::Decision& decision);

// Why a record says that nothing was asked for; kNone where it says something else, or the fetcher refused by
// itself.
[[nodiscard]] scope::Exclusion RefusedFor(const captures::Record& record);

}  // namespace nightjar::crawler
