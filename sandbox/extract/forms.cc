// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/forms.h"

#include "sandbox/extract/layout.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

wire::FormInput ReadInput(const Tree& tree, NodeIndex index) {
  const parse::Node& node = tree[index];
  wire::FormInput input;
  input.name = tree.Value(node, "name");
  input.value = tree.Value(node, "value");
  if (node.tag == Tag::kInput) {
    input.type = parse::Lower(tree.Value(node, "type"));
    if (input.type.empty()) input.type = "text";
  } else if (node.tag == Tag::kButton) {
    input.type = "button";
    if (input.value.empty()) input.value = Folded(tree.TextBelow(index));
  } else {
    input.type = node.tag == Tag::kSelect ? "select" : "textarea";
  }
  return input;
}

bool IsInput(Tag tag) {
  return tag == Tag::kInput || tag == Tag::kSelect || tag == Tag::kTextarea || tag == Tag::kButton;
}

}  // namespace

std::vector<wire::Form> ReadForms(const Tree& tree, const Url& base) {
  std::vector<wire::Form> forms;
  for (NodeIndex i = 0; i < tree.nodes().size() && forms.size() < wire::kMaxForms; ++i) {
    const parse::Node& node = tree[i];
    if (node.tag != Tag::kForm) continue;
    wire::Form& form = forms.emplace_back();
    // An empty action sends to the page itself; a reference that is no URL sends nowhere.
    const auto action = Url::Parse(parse::Trim(tree.Value(node, "action")), &base);
    if (action) form.action = action->WithoutFragment();
    form.method = parse::EqualsNoCase(tree.Value(node, "method"), "post") ? "post" : "get";
    for (NodeIndex at = i + 1; at < node.past && form.inputs.size() < wire::kMaxInputs; ++at) {
      if (IsInput(tree[at].tag)) form.inputs.push_back(ReadInput(tree, at));
    }
  }
  return forms;
}

}  // namespace nightjar::extract
