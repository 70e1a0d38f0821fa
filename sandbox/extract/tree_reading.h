// SPDX-License-Identifier: Apache-2.0
// Everything that is read from a page's tree, in one pass of steps.
#pragma once

#include <string>

#include "base/url.h"
#include "sandbox/extract/profiles.h"
#include "sandbox/parse/page.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// The page must have a tree. Fills `facts`; returns the main text, without menus and footers.
[[nodiscard]] std::string ReadTree(const parse::Page& page, const Url& own, const Profiles& profiles,
                                   wire::Facts& facts);

}  // namespace nightjar::extract
