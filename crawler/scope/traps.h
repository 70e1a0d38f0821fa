// SPDX-License-Identifier: Apache-2.0
// What no job asks for, whatever its rules: the shapes of crawler traps. Sources: hostile.md 2.4 (length,
// depth); Heritrix's PathologicalPathDecideRule (segments that repeat: a run of segments three times in a
// row, its default) and TooManyPathSegmentsDecideRule.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/url.h"
#include "crawler/scope/exclusion.h"

namespace nightjar::scope {

inline constexpr std::size_t kMaxUrlLength = 2048;
inline constexpr std::size_t kMaxPathSegments = 16;
inline constexpr std::size_t kLongestRepeatedRun = 4;  // segments: /a/b/c/d/a/b/c/d/a/b/c/d is found
inline constexpr std::size_t kMostRepeats = 2;         // the third in a row is one too many
inline constexpr std::size_t kMostOfOneSegment = 5;    // anywhere in the path

// `name` is UrlMatcher::NameOf(url).
[[nodiscard]] Exclusion JudgeTraps(const Url& url, std::string_view name);

[[nodiscard]] bool RepeatsSegments(std::string_view path);

}  // namespace nightjar::scope
