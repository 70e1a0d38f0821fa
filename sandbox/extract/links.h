// SPDX-License-Identifier: Apache-2.0
// Where a page points to: absolute, normalised http(s) URLs without fragment, each once per kind, in page
// order. Links inside elements that are not shown are left out: they are bait for crawlers, and no person
// follows them.
#pragma once

#include <vector>

#include "base/url.h"
#include "sandbox/extract/visibility.h"
#include "sandbox/parse/page.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// The URL relative references count from: the page's own, or what its first <base href> makes of it.
[[nodiscard]] Url BaseOf(const parse::Page& page, const Url& own);

// `visibility` is that of the page's tree, nullptr where there is none.
[[nodiscard]] std::vector<wire::Link> ReadLinks(const parse::Page& page, const Url& own,
                                                const Visibility* visibility);

// Seconds of the first meta refresh, or -1.
[[nodiscard]] int RefreshDelay(const parse::Tree& tree);

}  // namespace nightjar::extract
