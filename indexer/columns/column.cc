// SPDX-License-Identifier: Apache-2.0
#include "indexer/columns/column.h"

namespace nightjar::columns {

std::string JoinList(const std::vector<std::string>& values) {
  std::string list;
  for (const std::string& value : values) {
    if (!list.empty()) list.push_back(kListSeparator);
    list += value;
  }
  return list;
}

std::vector<std::string> SplitList(std::string_view list) {
  std::vector<std::string> values;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(kListSeparator), list.size());
    if (end > 0) values.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return values;
}

}  // namespace nightjar::columns
