// SPDX-License-Identifier: Apache-2.0
// How much room text takes on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::cli {

// Columns of valid UTF-8 text: two for wide East Asian characters and pictographs, none for combining marks
// (Unicode 15: UAX #11, general category Mn; the ranges that occur in practice).
[[nodiscard]] std::size_t WidthOf(std::string_view text);

// `text`, cut so that it takes at most `most` columns, the last one "…" where something was cut.
[[nodiscard]] std::string FitTo(std::string_view text, std::size_t most);

// Columns of the terminal on standard output; 0 where it is none, for then nothing need be cut.
[[nodiscard]] std::size_t TerminalWidth();

}  // namespace nightjar::cli
