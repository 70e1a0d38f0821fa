// SPDX-License-Identifier: Apache-2.0
#include "crawler/scope/traps.h"

#include <algorithm>
#include <array>

#include "crawler/scope/path.h"

namespace nightjar::scope {
namespace {

using Segments = std::array<std::string_view, kMaxPathSegments>;

// At most as many segments as a path may have; longer paths are refused before anybody asks.
std::size_t Split(std::string_view path, Segments& segments) {
  std::size_t count = 0;
  if (path.starts_with('/')) path.remove_prefix(1);
  ForEachPiece(path, '/', [&](std::string_view segment) {
    if (!segment.empty() && count < segments.size()) segments.at(count++) = segment;
  });
  return count;
}

// The run of `length` segments that begins at `at` stands there more than kMostRepeats times in a row.
bool RunRepeats(const Segments& segments, std::size_t count, std::size_t at, std::size_t length) {
  const std::size_t needed = length * (kMostRepeats + 1);
  if (at + needed > count) return false;
  for (std::size_t i = at + length; i < at + needed; ++i)
    if (segments.at(i) != segments.at(i - length)) return false;
  return true;
}

}  // namespace

bool RepeatsSegments(std::string_view path) {
  Segments segments;
  const std::size_t count = Split(path, segments);
  const auto end = segments.begin() + static_cast<std::ptrdiff_t>(count);
  for (std::size_t at = 0; at + kMostRepeats < count; ++at) {
    const auto same = std::count(segments.begin(), end, segments.at(at));
    if (static_cast<std::size_t>(same) > kMostOfOneSegment) return true;
    for (std::size_t length = 1; length <= kLongestRepeatedRun; ++length)
      if (RunRepeats(segments, count, at, length)) return true;
  }
  return false;
}

Exclusion JudgeTraps(const Url& url, std::string_view name) {
  if (name.size() > kMaxUrlLength) return Exclusion::kUrlTooLong;
  if (!url.username().empty() || !url.password().empty()) return Exclusion::kCredentials;
  // "/" is one segment, and so is "/a": each slash begins one.
  if (static_cast<std::size_t>(std::ranges::count(url.path(), '/')) > kMaxPathSegments)
    return Exclusion::kPathTooDeep;
  if (RepeatsSegments(url.path())) return Exclusion::kRepeatedSegments;
  return Exclusion::kNone;
}

}  // namespace nightjar::scope
