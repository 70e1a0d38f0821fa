// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/surroundings.h"

#include "sandbox/extract/words.h"

namespace nightjar::extract {

Range TrimIn(const Layout& layout, Range range) {
  while (range.begin < range.end && parse::IsSpace(layout.text[range.begin])) ++range.begin;
  while (range.begin < range.end && parse::IsSpace(layout.text[range.end - 1])) --range.end;
  return range;
}

NodeIndex LinkAround(const Tree& tree, NodeIndex node) {
  for (int steps = 0; node != 0 && steps < 4; ++steps) {
    node = tree[node].parent;
    if (tree[node].tag == Tag::kA) return node;
  }
  return 0;
}

}  // namespace nightjar::extract
