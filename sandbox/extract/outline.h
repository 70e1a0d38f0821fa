// SPDX-License-Identifier: Apache-2.0
// The page in outline: its headings, its pictures, and its main text (without menus, side bars, page headers
// and footers).
#pragma once

#include <string>
#include <vector>

#include "base/url.h"
#include "sandbox/extract/layout.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Visible ones, in order; the lines of one heading are joined by a blank.
[[nodiscard]] std::vector<wire::Heading> ReadHeadings(const Tree& tree, const Layout& layout);

// Every <img>, seen or not, in order. Nothing is fetched; a source that is no http(s) URL (data:) leaves the
// URL empty.
[[nodiscard]] std::vector<wire::Image> ReadImages(const Tree& tree, const Url& base);

// Lines outside the furniture, separated by '\n'.
[[nodiscard]] std::string MainText(const Layout& layout);

}  // namespace nightjar::extract
