// SPDX-License-Identifier: Apache-2.0
#include "search/api/snippet_parts.h"

#include <algorithm>

#include "indexer/query/query.h"

namespace nightjar::api {

std::vector<SnippetPart> SplitSnippet(std::string_view snippet) {
  constexpr char kMarks[] = {query::kMatchBegin, query::kMatchEnd};
  std::vector<SnippetPart> parts;
  bool match = false;
  while (!snippet.empty()) {
    const std::size_t mark = std::min(snippet.find_first_of(kMarks, 0, sizeof kMarks), snippet.size());
    if (mark > 0) parts.push_back({std::string(snippet.substr(0, mark)), match});
    if (mark == snippet.size()) break;
    match = snippet[mark] == query::kMatchBegin;
    snippet.remove_prefix(mark + 1);
  }
  return parts;
}

}  // namespace nightjar::api
