// SPDX-License-Identifier: Apache-2.0
// An alert as other programs and people get it. Pure functions.
#pragma once

#include <string>

#include "indexer/watch/saved_search.h"

namespace nightjar::sinks {

// One JSON object: {"version": 1, "key", "alert", "search", "owner", "what", "why", "case", "capture",
// "item", "url", "title", "seen", "raised"}; absent values are left out, times are RFC 3339 in UTC.
[[nodiscard]] std::string AlertJson(const watch::Alert& alert);

// A whole message (RFC 5322, MIME: RFC 2045, header words: RFC 2047), lines ended by CRLF. Its Message-ID is
// made of the idempotency key, which also stands in X-Nightjar-Key. No page can write a header: outside text
// is encoded.
[[nodiscard]] std::string AlertMail(const watch::Alert& alert, const std::string& from,
                                    const std::string& to);

}  // namespace nightjar::sinks
