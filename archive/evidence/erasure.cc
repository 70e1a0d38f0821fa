// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/erasure.h"

#include <algorithm>

#include "archive/evidence/lines.h"
#include "base/bytes.h"

namespace nightjar::evidence {
namespace {

constexpr std::string_view kFirstLine = "nightjar-erasure/v1";

tl::unexpected<Error> Malformed() { return Fail(Code::kCorrupt, "is no erasure of captures"); }

bool SamePerson(std::string_view a, std::string_view b) {
  const auto lower = [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool Overlap(const NumberRanges& a, const NumberRanges& b) {
  return std::ranges::any_of(a.ranges(), [&](const NumberRange& one) {
    return std::ranges::any_of(b.ranges(), [&](const NumberRange& other) {
      return one.first <= other.last && other.first <= one.last;
    });
  });
}

}  // namespace

Status CheckErasureLine(std::string_view name, std::string_view text) {
  const bool printable =
      std::ranges::none_of(text, [](unsigned char byte) { return byte < ' ' || byte == 0x7F; });
  const bool trimmed = !text.empty() && text.front() != ' ' && text.back() != ' ';
  if (trimmed && printable && text.size() <= kMostErasureText && IsValidUtf8(text)) return {};
  return Fail(Code::kInvalidInput,
              "must be one line of 1 to " + std::to_string(kMostErasureText) +
                  " bytes of UTF-8 that neither begins nor ends with a space",
              std::string(name));
}

Status CheckErasure(const Erasure& erasure) {
  RETURN_IF_ERROR(CheckName("case", erasure.case_id.value));
  RETURN_IF_ERROR(CheckErasureLine("rule", erasure.rule));
  RETURN_IF_ERROR(CheckErasureLine("ordered-by", erasure.ordered_by));
  RETURN_IF_ERROR(CheckErasureLine("approved-by", erasure.approved_by));
  if (SamePerson(erasure.ordered_by, erasure.approved_by))
    return Fail(Code::kInvalidInput, "must be another person than the one who ordered it", "approved-by");
  if (erasure.erased.empty() && erasure.restricted.empty())
    return Fail(Code::kInvalidInput, "there is nothing to erase or restrict", "erased");
  if (Overlap(erasure.erased, erasure.restricted))
    return Fail(Code::kInvalidInput, "names captures that are erased", "restricted");
  return {};
}

std::string FormatErasure(const Erasure& erasure) {
  return std::string(kFirstLine) + "\ncase: " + erasure.case_id.value + "\nrule: " + erasure.rule +
         "\nordered-by: " + erasure.ordered_by + "\napproved-by: " + erasure.approved_by +
         "\ntime: " + FormatUtc(erasure.time) + "\nerased: " + erasure.erased.Format() +
         "\nrestricted: " + erasure.restricted.Format() + "\n";
}

Result<Erasure> ParseErasure(std::string_view text) {
  Lines lines(text);
  if (lines.Next() != kFirstLine) return Malformed();
  Erasure erasure;
  const auto take = [&](std::string_view prefix) {
    return std::string(lines.NextAfter(prefix).value_or(std::string_view()));
  };
  erasure.case_id = {take("case: ")};
  erasure.rule = take("rule: ");
  erasure.ordered_by = take("ordered-by: ");
  erasure.approved_by = take("approved-by: ");
  const auto time = ParseUtc(take("time: "));
  const auto erased = NumberRanges::Parse(take("erased: "));
  const auto restricted = NumberRanges::Parse(take("restricted: "));
  if (!time || !erased || !restricted) return Malformed();
  erasure.time = *time;
  erasure.erased = *erased;
  erasure.restricted = *restricted;
  if (!CheckErasure(erasure) || FormatErasure(erasure) != text) return Malformed();
  return erasure;
}

}  // namespace nightjar::evidence
