// SPDX-License-Identifier: Apache-2.0
// Is this the page that was asked for, or something in its place: a wall, a notice, an error? Rules that
// would rather say "content": a wall is a short page with the wall's machinery, or a notice that says little
// else, for vendors write about captchas and logins too, and threads about seizures.
#pragma once

#include <vector>

#include "base/url.h"
#include "sandbox/extract/layout.h"
#include "sandbox/parse/page.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

struct ClassSigns {
  const parse::Page& page;
  const Layout* layout = nullptr;  // nullptr where there is no tree
  std::string_view page_title;
  std::string_view text;
  const std::vector<wire::Form>& forms;
  const Url* own = nullptr;  // nullptr where the document's URL cannot be read
};

struct Classed {
  wire::PageClass page_class = wire::PageClass::kContent;
  wire::ClassDecision decision;  // reasons, the telling ones first; by generic rules
};

// `decision.proxy_suspect` does not change the class: see self_named.h.
[[nodiscard]] Classed DecideClass(const ClassSigns& signs);

}  // namespace nightjar::extract
