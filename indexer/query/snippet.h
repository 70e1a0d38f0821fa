// SPDX-License-Identifier: Apache-2.0
// The piece of a page's text that shows why it was found.
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>

namespace nightjar::query {

// Plain text around the matches of `hits`' query, at most about `kSnippetBytes`, with kMatchBegin and
// kMatchEnd around matched words. Control characters of the page become spaces first, so no page can forge a
// mark. Throws Xapian::Error.
inline constexpr std::size_t kSnippetBytes = 280;
[[nodiscard]] std::string CutSnippet(const Xapian::MSet& hits, std::string_view text);

}  // namespace nightjar::query
