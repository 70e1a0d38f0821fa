// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/limits.h"

#include <algorithm>

namespace nightjar::frontier {

std::string_view ExclusionName(Exclusion exclusion) {
  switch (exclusion) {
    case Exclusion::kNone:
      return "none";
    case Exclusion::kUrlTooLong:
      return "url-too-long";
    case Exclusion::kPathTooDeep:
      return "path-too-deep";
    case Exclusion::kCredentials:
      return "credentials-in-url";
    case Exclusion::kTooFarFromSeed:
      return "too-far-from-seed";
  }
  return "unknown";
}

Exclusion Judge(const Url& url, std::uint32_t depth, std::uint32_t max_depth) {
  if (url.WithoutFragment().size() > kMaxUrlLength) return Exclusion::kUrlTooLong;
  if (!url.username().empty() || !url.password().empty()) return Exclusion::kCredentials;
  // "/" is one segment, and so is "/a": each slash begins one.
  if (static_cast<std::size_t>(std::ranges::count(url.path(), '/')) > kMaxPathSegments)
    return Exclusion::kPathTooDeep;
  if (depth > max_depth) return Exclusion::kTooFarFromSeed;
  return Exclusion::kNone;
}

}  // namespace nightjar::frontier
