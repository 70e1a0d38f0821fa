// SPDX-License-Identifier: Apache-2.0
// The piece of a page's text that shows why it was found.
#pragma once

#include <xapian.h>

#include <string>

#include "sandbox/wire/facts.h"

namespace nightjar::query {

// Plain text around the matches of `hits`' query, at most about `kSnippetBytes`, with kMatchBegin and
// kMatchEnd around matched words, from the page's furniture only where nothing else matches; where no word of
// the text matched, the beginning of the page's description or of its longest line. Control characters of the
// page become spaces first, so no page can forge a mark. Throws Xapian::Error.
inline constexpr std::size_t kSnippetBytes = 280;
[[nodiscard]] std::string CutSnippet(const Xapian::MSet& hits, const wire::Facts& facts);

}  // namespace nightjar::query
