// SPDX-License-Identifier: Apache-2.0
// A snippet's private marks taken apart, so that no view has to know them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nightjar::api {

struct SnippetPart {
  std::string text;
  bool match = false;
};

// In order; no empty parts. A begin mark without end marks to the end.
[[nodiscard]] std::vector<SnippetPart> SplitSnippet(std::string_view snippet);

}  // namespace nightjar::api
