// SPDX-License-Identifier: Apache-2.0
// The forms of a page: where they send, how, and their inputs. Hidden forms and inputs count: a login wall
// may hide its form from sight and show it by a style sheet.
#pragma once

#include <vector>

#include "base/url.h"
#include "sandbox/parse/page.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

[[nodiscard]] std::vector<wire::Form> ReadForms(const parse::Tree& tree, const Url& base);

}  // namespace nightjar::extract
