// SPDX-License-Identifier: Apache-2.0
#include "crawler/scope/exclusion.h"

namespace nightjar::scope {

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
    case Exclusion::kRepeatedSegments:
      return "repeated-segments";
    case Exclusion::kPatterns:
      return "patterns";
    case Exclusion::kShapeQuota:
      return "shape-quota";
    case Exclusion::kCalendar:
      return "calendar";
    case Exclusion::kHostQuota:
      return "host-quota";
    case Exclusion::kDropped:
      return "dropped";
    case Exclusion::kRobots:
      return "robots";
    case Exclusion::kBlocked:
      return "blocked";
  }
  return "unknown";
}

}  // namespace nightjar::scope
