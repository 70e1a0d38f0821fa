// SPDX-License-Identifier: Apache-2.0
// Tables on a terminal, as wide as what stands in them.
#pragma once

#include <string>
#include <vector>

namespace nightjar::cli {

class Table final {
 public:
  // Column titles; numbers stand to the right where the title ends in '>', which is not printed.
  explicit Table(const std::vector<std::string>& titles);
  void Add(
      std::vector<std::string> row);  // as many cells as titles; outside text goes through ForTerminal first
  [[nodiscard]] std::string Format() const;  // every line ended; no blanks at line ends

 private:
  std::vector<std::vector<std::string>> rows_;  // the first one: the titles
  std::vector<bool> right_;
};

}  // namespace nightjar::cli
