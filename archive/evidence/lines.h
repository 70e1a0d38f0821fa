// SPDX-License-Identifier: Apache-2.0
// Line by line through a text format. A line ends in '\n'; what follows the last one is no line.
#pragma once

#include <optional>
#include <string_view>

namespace nightjar::evidence {

class Lines final {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  // The next line without its '\n'; nothing when no whole line is left.
  [[nodiscard]] std::optional<std::string_view> Next() {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }
  // The next line after `prefix`, nothing when it does not start so.
  [[nodiscard]] std::optional<std::string_view> NextAfter(std::string_view prefix) {
    auto line = Next();
    if (!line || !line->starts_with(prefix)) return std::nullopt;
    return line->substr(prefix.size());
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace nightjar::evidence
