// SPDX-License-Identifier: Apache-2.0
// A second form of text for searching, in which letters that only look like others are those others:
// presentation forms (NFKC: full width, mathematical, circled, ...), Latin letters in disguise (small
// capitals, black circles), and foreign look-alikes in words that mix alphabets. A word all in one alphabet
// stays as it is: genuine Russian stays Russian.
//
// A word that mixes Latin with Cyrillic, Greek or the like is folded to Latin where each of its foreign
// letters has a Latin look-alike; else, where it is mostly Cyrillic and each of its Latin letters looks like
// a Cyrillic one, to Cyrillic; else as far as look-alikes go, to Latin. Source of the letters: fold_table.h.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::extract {

// Lines stay lines. Empty where nothing changes. `text`: valid UTF-8.
[[nodiscard]] std::string FoldLookAlikes(std::string_view text);

}  // namespace nightjar::extract
