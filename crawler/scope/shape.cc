// SPDX-License-Identifier: Apache-2.0
#include "crawler/scope/shape.h"

#include <algorithm>
#include <optional>

namespace nightjar::scope {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// A piece is what programs make up in one go: letters and digits without a mark between them.
bool IsOfPiece(char c) { return IsDigit(c) || IsLetter(c); }

bool LooksRandom(std::string_view piece) {
  const auto digits = std::ranges::count_if(piece, IsDigit);
  if (digits == 0 || static_cast<std::size_t>(digits) == piece.size()) return false;
  if (piece.size() >= kLongHex && std::ranges::all_of(piece, IsHex)) return true;
  return piece.size() >= kLongRandom && digits >= 2;
}

// Finds dates while numbers go by in order: a year, then soon a month. "Soon": nothing but a mark or a
// parameter's name with its equals sign between them.
class CalendarWatch {
 public:
  void Number(std::string_view digits) {
    if (digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"))) {
      after_year_ = 0;
      return;
    }
    if (digits.size() == 8 && digits.starts_with("20") && IsMonth(digits.substr(4, 2))) found_ = true;
    if (after_year_ && IsMonth(digits)) found_ = true;
    after_year_.reset();
  }
  void Letter() {
    if (after_year_ && ++*after_year_ > kLongestName) after_year_.reset();
  }
  [[nodiscard]] bool found() const { return found_; }

 private:
  static constexpr int kLongestName = 5;  // "month"
  static bool IsMonth(std::string_view digits) {
    if (digits.empty() || digits.size() > 2) return false;
    const int month = digits.size() == 1 ? digits[0] - '0' : (digits[0] - '0') * 10 + (digits[1] - '0');
    return month >= 1 && month <= 12;
  }
  std::optional<int> after_year_;  // letters seen since the year
  bool found_ = false;
};

void FoldPiece(std::string_view piece, Shape& shape, CalendarWatch& calendar) {
  if (LooksRandom(piece)) {
    shape.text += '*';
    shape.folded = true;
    return;
  }
  while (!piece.empty()) {
    if (!IsDigit(piece.front())) {
      calendar.Letter();
      shape.text += piece.front();
      piece.remove_prefix(1);
      continue;
    }
    const auto end = std::ranges::find_if_not(piece, IsDigit);
    const auto length = static_cast<std::size_t>(end - piece.begin());
    calendar.Number(piece.substr(0, length));
    piece.remove_prefix(length);
    shape.text += '#';
    shape.folded = true;
  }
}

}  // namespace

Shape ShapeOf(std::string_view path_and_query) {
  Shape shape;
  shape.text.reserve(path_and_query.size());
  CalendarWatch calendar;
  while (!path_and_query.empty()) {
    const auto end = std::ranges::find_if_not(path_and_query, IsOfPiece);
    const auto length = static_cast<std::size_t>(end - path_and_query.begin());
    FoldPiece(path_and_query.substr(0, length), shape, calendar);
    path_and_query.remove_prefix(length);
    if (path_and_query.empty()) break;
    shape.text += path_and_query.front();
    path_and_query.remove_prefix(1);
  }
  shape.calendar = calendar.found();
  return shape;
}

}  // namespace nightjar::scope
