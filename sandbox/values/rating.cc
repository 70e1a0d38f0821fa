// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/rating.h"

#include <array>

#include "sandbox/values/letters.h"
#include "sandbox/values/money.h"

namespace nightjar::values {
namespace {

constexpr std::size_t kLongestStars = 20;

// A row of star signs: full ones count, empty ones only make the scale. A lone row of full stars has no
// scale.
std::optional<Rating> StarsAt(std::string_view text, std::size_t begin) {
  constexpr std::string_view kFull = "★";
  constexpr std::string_view kEmpty = "☆";
  constexpr std::string_view kHalf = "⯨";
  std::size_t full = 0, half = 0, empty = 0, end = begin;
  for (;; end += kFull.size()) {
    const std::string_view sign = text.substr(end, kFull.size());
    if (sign != kFull && sign != kEmpty && sign != kHalf) break;
    full += sign == kFull ? 1 : 0;
    half += sign == kHalf ? 1 : 0;
    empty += sign == kEmpty ? 1 : 0;
  }
  const std::size_t all = full + half + empty;
  if (all < 2 || all > kLongestStars) return std::nullopt;
  const bool scaled = empty + half > 0 || all == 5;
  return Rating{std::to_string(full) + (half > 0 ? ".5" : ""), scaled ? std::to_string(all) : "", begin, end};
}

std::size_t NumberEnd(std::string_view text, std::size_t at) {
  while (IsDigitAt(text, at) ||
         (at < text.size() && (text[at] == '.' || text[at] == ',') && IsDigitAt(text, at + 1))) {
    ++at;
  }
  return at;
}

// "/5", "of 5", "out of 10", "%", "stars" behind a number that ends at `end`: its scale, and where it ends.
void ReadScale(std::string_view text, Rating& rating) {
  const std::size_t at = SkipBlanks(text, rating.end);
  if (text.substr(at, 1) == "%") {
    rating.scale = "100";
    rating.end = at + 1;
    return;
  }
  for (const std::string_view link : {"/", "of ", "out of ", "von ", "sur ", "из ", "de "}) {
    if (!text.substr(at).starts_with(link)) continue;
    const std::size_t number = SkipBlanks(text, at + link.size());
    const std::size_t end = NumberEnd(text, number);
    const bool date = text.substr(end, 1) == "/";  // 24/08/2018
    if (end == number || end - number > 3 || date) return;
    rating.scale = std::string(text.substr(number, end - number));
    rating.end = end;
  }
}

}  // namespace

std::optional<Rating> FindRating(std::string_view text) {
  std::optional<Rating> bare;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!IsDigitAt(text, at)) {
      if (text[at] != '\xE2') continue;
      if (auto stars = StarsAt(text, at)) return stars;
      continue;
    }
    const std::size_t end = NumberEnd(text, at);
    auto exact = IsWordBefore(text, at) ? std::nullopt : ExactDecimal(text.substr(at, end - at));
    if (exact) {
      Rating rating{std::move(*exact), {}, at, end};
      ReadScale(text, rating);
      if (!rating.scale.empty()) return rating;
      if (!bare) bare = std::move(rating);
    }
    at = end - 1;
  }
  return bare;
}

}  // namespace nightjar::values
