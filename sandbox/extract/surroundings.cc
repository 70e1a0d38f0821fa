// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/surroundings.h"

#include <algorithm>

#include "sandbox/extract/words.h"
#include "sandbox/values/clock_time.h"
#include "sandbox/values/letters.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestDated = 120;  // bytes of a line that is looked at for its way of printing days

struct Votes {
  int day_first = 0, month_first = 0;
  int clocks = 0, past_noon = 0;
};

bool Is(const std::optional<values::Date>& date) { return date && date->precision != "year"; }

// A day in digits that stands for itself in one order only.
void VoteForOrder(std::string_view line, Votes& votes) {
  const auto in = [&](values::DateOrder order) {
    return values::FindDate(line, order, values::DateDetail::kDayOnly);
  };
  const auto certain = in(values::DateOrder::kUnknown);
  if (!Is(certain)) return;
  const std::string_view printed = line.substr(certain->begin, certain->end - certain->begin);
  const bool year_first = printed.substr(0, 4).find_first_not_of("0123456789") == std::string_view::npos;
  if (year_first || printed.find_first_not_of("0123456789/.- ") != std::string_view::npos) return;
  const auto day_first = in(values::DateOrder::kDayFirst);
  const auto month_first = in(values::DateOrder::kMonthFirst);
  const bool day = Is(day_first) && day_first->iso == certain->iso;
  const bool month = Is(month_first) && month_first->iso == certain->iso;
  votes.day_first += day && !month ? 1 : 0;
  votes.month_first += month && !day ? 1 : 0;
}

bool HasTwice(std::string_view text, char sign) {
  const std::size_t first = text.find(sign);
  return first != std::string_view::npos && text.find(sign, first + 1) != std::string_view::npos;
}

void Vote(std::string_view line, Votes& votes) {
  if (HasTwice(line, '/') || HasTwice(line, '.') || HasTwice(line, '-')) VoteForOrder(line, votes);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || !values::IsDigitAt(line, colon - 1)) return;
  const auto date = values::FindDate(line, values::DateOrder::kDayFirst);
  if (!date || (date->precision != "minute" && date->precision != "second")) return;
  const int hour = (date->iso[11] - '0') * 10 + (date->iso[12] - '0');
  const bool half = parse::FindNoCase(line, "am") != std::string_view::npos ||
                    parse::FindNoCase(line, "pm") != std::string_view::npos;
  ++votes.clocks;
  votes.past_noon += half || hour > 12 || hour == 0 ? 1 : 0;
}

}  // namespace

LineMoney FindLineMoney(const Layout& layout) {
  LineMoney money(layout.lines.size());
  for (std::size_t i = 0; i < layout.lines.size(); ++i) {
    const Line& line = layout.lines[i];
    if (!line.navigation && !line.control) money[i] = values::FindMoney(layout.At(line.range));
  }
  return money;
}

values::Habits FindHabits(const Layout& layout) {
  constexpr int kManyClocks = 6;
  Votes votes;
  for (const Line& line : layout.lines) {
    const std::string_view text = layout.At(line.range);
    if (text.size() <= kLongestDated && text.find_first_of("0123456789") != std::string_view::npos)
      Vote(text, votes);
  }
  values::Habits habits;
  if (votes.day_first > 0 && votes.month_first == 0) habits.order = values::DateOrder::kDayFirst;
  if (votes.month_first > 0 && votes.day_first == 0) habits.order = values::DateOrder::kMonthFirst;
  if (votes.clocks >= kManyClocks && votes.past_noon == 0) habits.detail = values::DateDetail::kDayOnly;
  return habits;
}

Lines LinesBelow(const Tree& tree, const Layout& layout, NodeIndex node) {
  const auto first_at = [&](NodeIndex wanted) {
    const auto found = std::lower_bound(
        layout.lines.begin(), layout.lines.end(), wanted,
        [&](const Line& line, NodeIndex at) { return layout.runs[line.first_run].node < at; });
    return static_cast<std::uint32_t>(found - layout.lines.begin());
  };
  return {first_at(node), first_at(tree[node].past)};
}

Range TextOf(const Layout& layout, Lines lines) {
  if (lines.first >= lines.past) return {};
  return {layout.lines[lines.first].range.begin, layout.lines[lines.past - 1].range.end};
}

std::span<const Pair> PairsIn(const Surroundings& at, Lines lines) {
  const auto before = [](const Pair& pair, std::uint32_t line) { return pair.line < line; };
  const auto first = std::lower_bound(at.pairs.begin(), at.pairs.end(), lines.first, before);
  const auto past = std::lower_bound(first, at.pairs.end(), lines.past, before);
  return {first, past};
}

Range TrimIn(const Layout& layout, Range range) {
  while (range.begin < range.end && parse::IsSpace(layout.text[range.begin])) ++range.begin;
  while (range.begin < range.end && parse::IsSpace(layout.text[range.end - 1])) --range.end;
  return range;
}

NodeIndex LinkAround(const Tree& tree, NodeIndex node) {
  for (int steps = 0; node != 0 && steps < 4; ++steps) {
    node = tree[node].parent;
    if (tree[node].tag == Tag::kA) return node;
  }
  return 0;
}

}  // namespace nightjar::extract
