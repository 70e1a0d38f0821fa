// SPDX-License-Identifier: Apache-2.0
// Is this the page that was asked for, or something in its place: a wall, a notice, an error? Simple rules
// that would rather say "content": a wall is a short page with the wall's machinery, never just its words,
// for vendors write about captchas and logins too.
#pragma once

#include <vector>

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
};

[[nodiscard]] wire::PageClass DecideClass(const ClassSigns& signs);

}  // namespace nightjar::extract
