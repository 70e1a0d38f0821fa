// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/digit_pattern.h"

#include <cstdint>

#include "sandbox/entities/letters.h"

namespace nightjar::entities {
namespace {

using Places = std::uint32_t;  // bit n: the first n digits are matched

class Matcher final {
 public:
  Matcher(std::string_view pattern, std::string_view digits) : pattern_(pattern), digits_(digits) {}

  // Alternatives from `at` up to the end or the group's parenthesis, where `at` is left.
  Places Alternatives(std::size_t& at, Places from) {
    Places reached = Sequence(at, from);
    while (At(pattern_, at) == '|') reached |= Sequence(++at, from);
    return reached;
  }

 private:
  struct Count {
    int least = 1, most = 1;
  };

  Places Sequence(std::size_t& at, Places from) {
    while (at < pattern_.size() && pattern_[at] != '|' && pattern_[at] != ')') {
      const std::size_t atom = at;
      at = EndOfAtom(at);
      const Count count = TakeCount(at);
      Places reached = count.least == 0 ? from : 0;
      for (int times = 1; times <= count.most && from != 0; ++times) {
        from = Atom(atom, from);
        if (times >= count.least) reached |= from;
      }
      from = reached;
    }
    return from;
  }

  [[nodiscard]] std::size_t EndOfAtom(std::size_t at) const {
    if (pattern_[at] == '\\') return at + 2;
    if (pattern_[at] == '[') return pattern_.find(']', at) + 1;
    if (pattern_[at] != '(') return at + 1;
    for (int depth = 0; at < pattern_.size(); ++at) {
      if (pattern_[at] == '(') ++depth;
      if (pattern_[at] == ')' && --depth == 0) return at + 1;
    }
    return at;
  }

  Count TakeCount(std::size_t& at) const {
    if (At(pattern_, at) == '?') {
      ++at;
      return {0, 1};
    }
    if (At(pattern_, at) != '{') return {};
    Count count{TakeNumber(++at), 0};
    count.most = At(pattern_, at) == ',' ? TakeNumber(++at) : count.least;
    ++at;
    return count;
  }

  int TakeNumber(std::size_t& at) const {
    int number = 0;
    for (; IsDigit(At(pattern_, at)); ++at) number = number * 10 + (pattern_[at] - '0');
    return number;
  }

  Places Atom(std::size_t atom, Places from) {
    if (pattern_[atom] == '(') {
      atom += 3;  // "(?:"
      return Alternatives(atom, from);
    }
    const std::uint32_t wanted = DigitsOf(atom);
    Places reached = 0;
    for (std::size_t i = 0; i < digits_.size(); ++i)
      if ((from >> i & 1) != 0 && (wanted >> (digits_[i] - '0') & 1) != 0) reached |= Places{2} << i;
    return reached;
  }

  // The digits a one-digit atom stands for, as bits.
  [[nodiscard]] std::uint32_t DigitsOf(std::size_t atom) const {
    if (pattern_[atom] == '\\') return 0x3ff;
    if (pattern_[atom] != '[') return 1U << (pattern_[atom] - '0');
    std::uint32_t bits = 0;
    for (std::size_t at = atom + 1; pattern_[at] != ']'; ++at) {
      const bool range = pattern_[at + 1] == '-';
      const char last = range ? pattern_[at + 2] : pattern_[at];
      for (char c = pattern_[at]; c <= last; ++c) bits |= 1U << (c - '0');
      if (range) at += 2;
    }
    return bits;
  }

  std::string_view pattern_, digits_;
};

}  // namespace

bool MatchesDigits(std::string_view pattern, std::string_view digits, bool prefix) {
  if (digits.size() > kMaxPatternDigits || !All(digits, IsDigit)) return false;
  std::size_t at = 0;
  const Places reached = Matcher(pattern, digits).Alternatives(at, 1);
  return prefix ? reached != 0 : (reached >> digits.size() & 1) != 0;
}

}  // namespace nightjar::entities
