// SPDX-License-Identifier: Apache-2.0
// What the reader made of a page, in plain words: what it took it for and why, what stands on it that a
// person would not see, and which part of its text is the site's and not the page's.
#pragma once

#include <string_view>

#include "sandbox/wire/facts.h"
#include "search/web/view.h"

namespace nightjar::web {

inline constexpr std::size_t kShownText = 256 << 10;   // bytes; the rest is in the download
inline constexpr std::size_t kShownHidden = 32 << 10;  // bytes

// Sets "reading" (taken_for, reasons, marks, hidden, hidden_cut), "suspect" and "text" (pieces: words,
// furniture), "has_furniture" and "cut". `url`: of the capture.
void SetReading(View& view, const wire::Facts& facts, std::string_view url);

}  // namespace nightjar::web
