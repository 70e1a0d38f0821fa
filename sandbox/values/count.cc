// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/count.h"

#include <algorithm>

#include "sandbox/values/letters.h"
#include "sandbox/values/money.h"

namespace nightjar::values {
namespace {

std::size_t NumberEnd(std::string_view text, std::size_t at) {
  while (IsDigitAt(text, at) ||
         (at < text.size() && (text[at] == '.' || text[at] == ',') && IsDigitAt(text, at + 1))) {
    ++at;
  }
  return at;
}

// Zeros that a letter behind the number stands for: k 3, M 6.
std::size_t Magnitude(std::string_view text, std::size_t at) {
  if (at >= text.size() || IsWordAt(text, at + 1)) return 0;
  if (text[at] == 'k' || text[at] == 'K') return 3;
  return text[at] == 'M' ? 6 : 0;
}

// "12.5" times 1000 is "12500": the point moves, nothing is computed.
std::string Shifted(std::string_view decimal, std::size_t places) {
  const std::size_t point = decimal.find('.');
  std::string fraction(point == std::string_view::npos ? "" : decimal.substr(point + 1));
  std::string whole(decimal.substr(0, point));
  fraction.resize(std::max(fraction.size(), places), '0');
  whole += fraction.substr(0, places);
  fraction.erase(0, places);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  while (fraction.ends_with('0')) fraction.pop_back();
  return fraction.empty() ? whole : whole + "." + fraction;
}

}  // namespace

std::optional<Count> LocateCount(std::string_view text, Fractions fractions) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!IsDigitAt(text, at)) continue;
    const std::size_t end = NumberEnd(text, at);
    const std::size_t magnitude = Magnitude(text, end);
    const bool word = IsWordBefore(text, at) || (magnitude == 0 && IsLetterAt(text, end));
    auto exact = word ? std::nullopt : ExactDecimal(text.substr(at, end - at));
    if (exact && magnitude != 0) exact = Shifted(*exact, magnitude);
    if (exact && (fractions == Fractions::kTaken || exact->find('.') == std::string::npos)) {
      std::size_t past = end + (magnitude != 0 ? 1 : 0);
      if (text.substr(past, 1) == "+") ++past;
      return Count{std::move(*exact), at, past};
    }
    at = end - 1;
  }
  return std::nullopt;
}

std::optional<std::string> FindCount(std::string_view text, Fractions fractions) {
  auto count = LocateCount(text, fractions);
  if (!count) return std::nullopt;
  return std::move(count->digits);
}

}  // namespace nightjar::values
