// SPDX-License-Identifier: Apache-2.0
// The words of a control port line. Source: control-spec 2.1.1 (QuotedString) and 2.4 (KEY=value arguments);
// Tor escapes quoted text as C does (esc_for_log): \n \r \t \" \\ \' and up to three octal digits.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nightjar::tor_control {

struct Words {
  std::vector<std::string> plain;            // in order; quotes off
  std::map<std::string, std::string> named;  // KEY=value, quotes off; the first of equal keys

  // The plain word at `index`, the value of `key`; empty where there is none.
  [[nodiscard]] std::string_view At(std::size_t index) const;
  [[nodiscard]] std::string_view Of(const std::string& key) const;
};

// Never fails: what has no end quote ends with the line. A key is letters, digits and '_', starting with a
// letter (so the older hop form "$FINGERPRINT=nickname" is a plain word); with '/' too where GETINFO names
// its answers.
[[nodiscard]] Words SplitWords(std::string_view line);

}  // namespace nightjar::tor_control
