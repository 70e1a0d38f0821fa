// SPDX-License-Identifier: Apache-2.0
// What a page says of itself for machines, in page order.
//   "meta"       <meta name|property content>: the name in lower case ("description", "twitter:title")
//   "og"         the same where the name is one of Open Graph's (https://ogp.me: og:, article:, product:,
//   ...) "microdata"  itemprop, as a path from its outermost item's type: "Product.offers.price" (HTML
//   section 5) "json-ld"    <script type="application/ld+json">, flattened: the same kind of path; an array's
//   elements share
//                its path (JSON-LD 1.1; contexts are not resolved)
// Bounds: wire::kMaxStatements in all, kMostJson bytes of a script, kMostSteps of a path. What is not strict
// JSON says nothing.
#pragma once

#include <vector>

#include "sandbox/parse/tree.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

inline constexpr std::size_t kMostJson = 256 << 10;
inline constexpr std::size_t kMostSteps = 16;

struct Stated {
  std::vector<wire::Statement> all;
  std::vector<parse::NodeIndex> nodes;  // of each: the element that states it (<meta>, itemprop, <script>)
};

[[nodiscard]] Stated ReadStatements(const parse::Tree& tree);

}  // namespace nightjar::extract
