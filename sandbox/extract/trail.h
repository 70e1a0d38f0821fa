// SPDX-License-Identifier: Apache-2.0
// The trail of links above a page's matter that says where in the site it stands: "Home » Figures » Owls".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/extract/layout.h"

namespace nightjar::extract {

struct Trail {
  std::string path;  // "Figures > Owls"
  Range range;       // from its first step to its last
};

// The first trail of the page: lines that call themselves breadcrumbs, or links of a menu with arrows between
// them. Its first step is left out where it is the site itself, its last where it is the page (`title`).
[[nodiscard]] std::optional<Trail> FindTrail(const Tree& tree, const Layout& layout, std::string_view title);

}  // namespace nightjar::extract
