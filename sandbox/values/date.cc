// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sandbox/values/clock_time.h"
#include "sandbox/values/numbers.h"

namespace nightjar::values {
namespace {

struct Day {
  int year = 0, month = 0, day = 0;  // day 0: only the month is printed
  std::size_t end = 0;
};

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysIn(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

bool Exists(const Day& day) {
  return day.year >= 1900 && day.year < 2100 && day.month >= 1 && day.month <= 12 && day.day >= 0 &&
         day.day <= DaysIn(day.year, day.month);
}

std::optional<Day> Existing(const Day& day) { return Exists(day) ? std::optional(day) : std::nullopt; }

std::optional<int> YearOf(const Number& number) {
  if (number.width == 4) return number.value;
  if (number.width != 2) return std::nullopt;
  return number.value + (number.value >= 69 ? 1900 : 2000);
}

class DayReader final {
 public:
  DayReader(std::string_view text, DateOrder order) : text_(text), order_(order) {}

  // A day that begins with the digits at `at`.
  [[nodiscard]] std::optional<Day> FromDigits(std::size_t at) const {
    const auto first = NumberAt(text_, at, 4);
    if (!first || first->width == 3) return std::nullopt;
    const char sign = first->end < text_.size() ? text_[first->end] : ' ';
    if (sign == '-' || sign == '/' || sign == '.') {
      if (auto day = FromThree(*first, sign)) return day;
    }
    return first->width <= 2 ? WithMonthName(*first) : std::nullopt;
  }

  // A day that begins with the name of a month, which ends at `at`.
  [[nodiscard]] std::optional<Day> FromName(int month, std::size_t at) const {
    if (text_.substr(at, 1) == ".") ++at;
    const std::size_t place = SkipBlanks(text_, at);
    const auto first =
        NumberAt(text_, text_.substr(at, 1) == "-" || text_.substr(at, 1) == "/" ? at + 1 : place, 4);
    if (!first) return std::nullopt;
    if (first->width == 4) return Ended({first->value, month, 0, first->end});
    if (first->width > 2 || first->value == 0) return std::nullopt;
    const auto year = YearAfter(SkipOrdinal(first->end));
    return year ? Ended({*YearOf(*year), month, first->value, year->end}) : std::nullopt;
  }

 private:
  // Three numbers with one sign between them ("24. 08. 2018" too), or a year and a month.
  [[nodiscard]] std::optional<Day> FromThree(const Number& first, char sign) const {
    const auto second = NumberAt(text_, AfterSign(first.end, sign), 2);
    if (!second) return std::nullopt;
    if (second->end >= text_.size() || text_[second->end] != sign) {
      const bool month = first.width == 4 && second->width == 2 && sign != '.';
      return month ? Ended({first.value, second->value, 0, second->end}) : std::nullopt;
    }
    const auto third = NumberAt(text_, AfterSign(second->end, sign), 4);
    if (!third ||
        (third->end < text_.size() && text_[third->end] == sign && IsDigitAt(text_, third->end + 1))) {
      return std::nullopt;
    }
    return InOrder(first, *second, *third);
  }

  [[nodiscard]] std::size_t AfterSign(std::size_t at, char sign) const {
    return sign == '.' && BlankAt(text_, at + 1) != 0 ? SkipBlanks(text_, at + 1) : at + 1;
  }

  [[nodiscard]] std::optional<Day> InOrder(const Number& a, const Number& b, const Number& c) const {
    if (a.width == 4 || order_ == DateOrder::kYearFirst) {
      const auto year = YearOf(a);
      if (!year || c.width > 2 || c.value == 0) return std::nullopt;
      return Ended({*year, b.value, c.value, c.end});
    }
    const auto year = YearOf(c);
    if (!year || a.value == 0 || b.value == 0) return std::nullopt;
    const Day day_first{*year, b.value, a.value, c.end};
    const Day month_first{*year, a.value, b.value, c.end};
    if (order_ == DateOrder::kDayFirst) return Ended(day_first);
    if (order_ == DateOrder::kMonthFirst) return Ended(month_first);
    if (a.value == b.value || !Exists(month_first)) return Ended(day_first);
    return Exists(day_first) ? std::nullopt : Ended(month_first);
  }

  // "25th of December 2019", "9-Dec-19", "5 марта 2020 г."
  [[nodiscard]] std::optional<Day> WithMonthName(const Number& day) const {
    std::size_t at = SkipOrdinal(day.end);
    at = text_.substr(at, 1) == "-" || text_.substr(at, 1) == "/" ? at + 1 : SkipLink(SkipBlanks(text_, at));
    const std::string_view word = WordAt(text_, at);
    const int month = MonthOf(word);
    if (month == 0 || day.value == 0) return std::nullopt;
    const auto year = YearAfter(at + word.size());
    return year ? Ended({*YearOf(*year), month, day.value, year->end}) : std::nullopt;
  }

  [[nodiscard]] std::size_t SkipOrdinal(std::size_t at) const {
    constexpr std::array<std::string_view, 8> kEndings = {"st", "nd", "rd", "th", "er", "º", "°", "."};
    for (const std::string_view ending : kEndings) {
      if (parse::StartsWithNoCase(text_.substr(at), ending) && !IsWordAt(text_, at + ending.size())) {
        return at + ending.size();
      }
    }
    return at;
  }

  // "of", "de", "del" between the parts.
  [[nodiscard]] std::size_t SkipLink(std::size_t at) const {
    const std::string_view word = WordAt(text_, at);
    const bool link = parse::EqualsNoCase(word, "of") || parse::EqualsNoCase(word, "de") ||
                      parse::EqualsNoCase(word, "del");
    return link ? SkipBlanks(text_, at + word.size()) : at;
  }

  [[nodiscard]] std::optional<Number> YearAfter(std::size_t at) const {
    while (at < text_.size() &&
           (text_[at] == '.' || text_[at] == ',' || text_[at] == '-' || text_[at] == '/'))
      ++at;
    at = SkipLink(SkipBlanks(text_, at));
    if (text_.substr(at, 1) == "'") ++at;
    const auto year = NumberAt(text_, at, 4);
    const bool clock = year && text_.substr(year->end, 1) == ":";
    return year && !clock && YearOf(*year) ? year : std::nullopt;
  }

  [[nodiscard]] std::optional<Day> Ended(const Day& day) const {
    const bool touches = IsDigitAt(text_, day.end) ||
                         (IsLetterAt(text_, day.end) && text_[day.end] != 'T' && text_[day.end] != 't');
    return touches ? std::nullopt : Existing(day);
  }

  std::string_view text_;
  DateOrder order_;
};

// Numbers that go on to the left ("1.2.2019" seen from its second number) begin no date.
bool BeginsNumber(std::string_view text, std::size_t at) {
  if (!IsDigitAt(text, at) || IsWordBefore(text, at)) return false;
  const bool joined = at >= 2 && IsDigitAt(text, at - 2) &&
                      (text[at - 1] == '.' || text[at - 1] == '/' || text[at - 1] == '-' ||
                       text[at - 1] == ',' || text[at - 1] == ':');
  return !joined;
}

// Does a number follow the word that ends at `at`, as it must where the word is a month? Asked first: most
// words are none.
bool LeadsToNumber(std::string_view text, std::size_t at) {
  if (text.substr(at, 1) == ".") ++at;
  if (text.substr(at, 1) == "-" || text.substr(at, 1) == "/") ++at;
  return IsDigitAt(text, SkipBlanks(text, at));
}

Date Written(std::string_view text, std::size_t begin, const Day& day, DateDetail detail) {
  Date date{.iso = fmt::format("{:04}-{:02}", day.year, day.month),
            .precision = "month",
            .begin = begin,
            .end = day.end};
  if (day.day == 0) return date;
  date.iso += fmt::format("-{:02}", day.day);
  date.precision = "day";
  if (detail == DateDetail::kDayOnly) return date;
  if (auto time = ClockTimeAt(text, day.end)) {
    date.iso += "T" + time->iso;
    date.precision = time->precision;
    date.end = time->end;
  }
  return date;
}

std::optional<Date> LoneYear(std::string_view text) {
  const std::size_t begin = SkipBlanks(text, 0);
  const auto year = NumberAt(text, begin, 4);
  if (!year || year->width != 4 || year->value < 1990 || year->value > 2099) return std::nullopt;
  if (SkipBlanks(text, year->end) != text.size()) return std::nullopt;
  return Date{
      .iso = std::string(text.substr(begin, 4)), .precision = "year", .begin = begin, .end = year->end};
}

}  // namespace

std::optional<Date> FindDate(std::string_view text, DateOrder order, DateDetail detail) {
  if (text.find_first_of("0123456789") == std::string_view::npos) return std::nullopt;
  const DayReader reader(text, order);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at + CharacterSize(text, at);
    std::optional<Day> day;
    if (BeginsNumber(text, at)) {
      day = reader.FromDigits(at);
    } else if (IsLetterAt(text, at)) {
      const std::string_view word = WordAt(text, at);
      next = at + word.size();
      const int month = IsWordBefore(text, at) || !LeadsToNumber(text, next) ? 0 : MonthOf(word);
      if (month != 0) day = reader.FromName(month, next);
    }
    if (day) return Written(text, at, *day, detail);
    at = next;
  }
  return LoneYear(text);
}

}  // namespace nightjar::values
