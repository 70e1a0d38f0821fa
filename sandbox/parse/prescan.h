// SPDX-License-Identifier: Apache-2.0
// Measures a page before the tree builder meets it. Gumbo needs quadratic time for deep trees (200,000 <div>:
// over a minute), many attributes (40,000: 3.2 s), and memory for every tag; this pass is linear and its
// answer is never much smaller than the depth the tree builder would reach (open_elements.h): what passes is
// at most kMaxDepth * (1 + kMaxOddForeignEnds) deep. The caps are those of browsers where they have one:
// depth 512 (Blink, WebKit).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/wire/facts.h"

namespace nightjar::parse {

inline constexpr std::size_t kMaxDepth = 512;
inline constexpr std::size_t kMaxAttributes = 400;    // of one tag
inline constexpr std::size_t kMaxTagBytes = 1 << 20;  // embedded pictures make honest tags long
inline constexpr std::size_t kMaxTags = 1 << 18;      // 262,144 elements are about 100 MB of tree

// Of svg and math that other tags end: honest pages close theirs, and each may hide kMaxDepth open elements.
inline constexpr std::size_t kMaxOddForeignEnds = 16;

struct Excess {
  wire::Verdict verdict;
  std::string reason;
};

// The first cap the page breaks; nothing for a page fit for the tree builder.
[[nodiscard]] std::optional<Excess> FindExcess(std::string_view markup);

}  // namespace nightjar::parse
