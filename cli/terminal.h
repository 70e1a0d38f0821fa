// SPDX-License-Identifier: Apache-2.0
// Outside text on a terminal. Control characters there are commands, and direction marks reorder what a
// person reads.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::cli {

// `text` as valid UTF-8 with every control character (C0, DEL, C1) as a blank, and bidirectional and
// zero-width format characters written as <U+XXXX>, so that a page can neither drive the terminal nor
// disguise a word.
[[nodiscard]] std::string ForTerminal(std::string_view text);

}  // namespace nightjar::cli
