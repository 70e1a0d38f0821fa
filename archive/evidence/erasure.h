// SPDX-License-Identifier: Apache-2.0
// The text by which a log says that captures were erased: whose leaves they were, under which rule, who
// ordered it and who else approved, and nothing of what they held. It is a leaf of the log itself
// (LeafKind::kErasure) and readable for ever: with it a missing capture is lawfully erased, not broken.
//
//   nightjar-erasure/v1
//   case: owl-7
//   rule: BDSG s.75, retention class "standard"
//   ordered-by: Analyst 3
//   approved-by: Data protection officer
//   time: 2027-01-01T00:00:00.000000Z
//   erased: 0-4,7
//   restricted: 5-6
//
// Restricted are captures that were due too, but are held as evidence (Directive (EU) 2016/680, Art.
// 16(3)(b)): their bytes stay, out of sight.
#pragma once

#include <string>

#include "archive/evidence/number_ranges.h"
#include "base/clock.h"
#include "base/ids.h"

namespace nightjar::evidence {

inline constexpr std::size_t kMostErasureText = 512;  // bytes of rule, ordered-by, approved-by: each

struct Erasure {
  CaseId case_id;
  std::string rule;
  std::string ordered_by;
  std::string approved_by;
  UtcTime time;
  NumberRanges erased;
  NumberRanges restricted;
};

// kInvalidInput, naming it, unless `text` may stand in a line: 1 to kMostErasureText bytes of UTF-8 without
// control characters, no space at either end.
[[nodiscard]] Status CheckErasureLine(std::string_view name, std::string_view text);

// kInvalidInput names the line that cannot be written: empty or too long, control characters, not UTF-8, one
// person for both, a number in both lists, nothing in either.
[[nodiscard]] Status CheckErasure(const Erasure& erasure);
[[nodiscard]] std::string FormatErasure(const Erasure& erasure);
// kCorrupt unless `text` is exactly what FormatErasure writes of an erasure that CheckErasure accepts.
[[nodiscard]] Result<Erasure> ParseErasure(std::string_view text);

}  // namespace nightjar::evidence
