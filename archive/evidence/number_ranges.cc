// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/number_ranges.h"

#include <algorithm>

#include "base/decimal.h"

namespace nightjar::evidence {
namespace {

constexpr std::string_view kNone = "-";

tl::unexpected<Error> Malformed() {
  return Fail(Code::kCorrupt, "is no list of ascending numbers and ranges such as 0-4,7");
}

Result<NumberRange> ParseRange(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = ParseDecimal(text.substr(0, dash), UINT64_MAX);
  const auto last = dash == std::string_view::npos ? first : ParseDecimal(text.substr(dash + 1), UINT64_MAX);
  if (!first || !last || *first > *last) return Malformed();
  return NumberRange{*first, *last};
}

}  // namespace

NumberRanges NumberRanges::Of(std::vector<std::uint64_t> numbers) {
  std::ranges::sort(numbers);
  NumberRanges all;
  for (const std::uint64_t number : numbers) {
    if (!all.ranges_.empty() && number - all.ranges_.back().last <= 1)
      all.ranges_.back().last = number;
    else
      all.ranges_.push_back({number, number});
  }
  return all;
}

Result<NumberRanges> NumberRanges::Parse(std::string_view text) {
  NumberRanges all;
  if (text == kNone) return all;
  std::string_view rest = text;
  while (true) {
    const std::size_t comma = rest.find(',');
    ASSIGN_OR_RETURN(const NumberRange range, ParseRange(rest.substr(0, comma)));
    all.ranges_.push_back(range);
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  for (std::size_t i = 1; i < all.ranges_.size(); ++i)
    if (all.ranges_[i].first <= all.ranges_[i - 1].last || all.ranges_[i].first - all.ranges_[i - 1].last < 2)
      return Malformed();
  if (all.Format() != text) return Malformed();
  return all;
}

std::string NumberRanges::Format() const {
  std::string text;
  for (const NumberRange& range : ranges_) {
    if (!text.empty()) text += ',';
    text += std::to_string(range.first);
    if (range.last != range.first) text += '-' + std::to_string(range.last);
  }
  return text.empty() ? std::string(kNone) : text;
}

bool NumberRanges::Contains(std::uint64_t number) const {
  const auto range = std::ranges::lower_bound(ranges_, number, {}, &NumberRange::last);
  return range != ranges_.end() && range->first <= number;
}

std::uint64_t NumberRanges::Count() const {
  std::uint64_t count = 0;
  for (const NumberRange& range : ranges_) count += range.last - range.first + 1;
  return count;
}

}  // namespace nightjar::evidence
