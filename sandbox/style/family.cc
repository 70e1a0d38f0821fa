// SPDX-License-Identifier: Apache-2.0
#include "sandbox/style/family.h"

namespace nightjar::style {

Family::Family(const parse::Tree& tree) : places(tree.nodes().size()) {
  places[0].position = 1;
  places[0].children = 0;
  for (parse::NodeIndex i = 1; i < places.size(); ++i) {
    if (tree[i].tag == parse::Tag::kText) continue;
    Place& parent = places[tree[i].parent];
    places[i].before = parent.last_child;
    places[i].position = ++parent.children;
    parent.last_child = i;
  }
}

}  // namespace nightjar::style
