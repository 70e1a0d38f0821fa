// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace nightjar::scope {

// Calls `take(piece)` for each piece between separators, empty ones too.
template <typename Take>
void ForEachPiece(std::string_view text, char separator, const Take& take) {
  for (;;) {
    const std::size_t end = text.find(separator);
    take(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace nightjar::scope
