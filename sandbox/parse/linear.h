// SPDX-License-Identifier: Apache-2.0
// Reads a page without a tree: words, title and link targets in one linear pass. Poorer than the real reading
// (it knows nothing of hidden elements) but it cannot be made slow or large.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nightjar::parse {

struct LinearLink {
  std::string_view href;  // as written
  std::string text;
};

struct LinearPage {
  std::string title;
  std::string text;  // tags are line breaks or blanks; white space folded
  std::vector<LinearLink> links;
};

inline constexpr std::size_t kMaxLinearLinks = 4096;

[[nodiscard]] LinearPage ReadLinear(std::string_view markup);

}  // namespace nightjar::parse
