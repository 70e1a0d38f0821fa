// SPDX-License-Identifier: Apache-2.0
// Is this the page that was asked for, or something in its place: a wall, a notice, an error? Rules that
// would rather say "content": a wall is a short page with the wall's machinery, or a notice that says little
// else, for vendors write about captchas and logins too, and threads about seizures.
#pragma once

#include "sandbox/extract/page_says.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

struct Classed {
  wire::PageClass page_class = wire::PageClass::kContent;
  wire::ClassDecision decision;  // reasons, the telling ones first; by generic rules
};

// `decision.proxy_suspect` does not change the class: see self_named.h.
[[nodiscard]] Classed DecideClass(const ClassSigns& signs);

}  // namespace nightjar::extract
