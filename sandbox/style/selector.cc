// SPDX-License-Identifier: Apache-2.0
#include "sandbox/style/selector.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "sandbox/parse/ascii.h"
#include "sandbox/style/scan.h"

namespace nightjar::style {
namespace {

constexpr std::uint32_t kIdWeight = 1 << 16;
constexpr std::uint32_t kClassWeight = 1 << 8;
constexpr std::uint32_t kMostOfAKind = 255;  // kLongestSelector keeps each count below

constexpr std::array<std::string_view, 7> kActions = {
    "hover", "active", "focus", "focus-within", "focus-visible", "target", "target-within"};
constexpr std::array<std::string_view, 3> kStates = {"checked", "indeterminate", "open"};

class Parser final {
 public:
  explicit Parser(std::string_view text) : rest_(parse::Trim(text)) {}

  std::optional<Selector> Parse() {
    if (rest_.empty() || rest_.size() > kLongestSelector) return std::nullopt;
    char combinator = 0;
    do {
      Selector::Part part;
      part.combinator = combinator;
      action_here_ = false;
      if (selector_.parts.size() == kMostParts || !TakeCompound(part.compound)) return std::nullopt;
      selector_.parts.push_back(std::move(part));
    } while (TakeCombinator(combinator));
    if (!rest_.empty()) return std::nullopt;
    selector_.on_own_action = action_here_;
    std::ranges::reverse(selector_.parts);
    return std::move(selector_);
  }

 private:
  bool TakeCombinator(char& combinator) {
    const std::size_t before = rest_.size();
    rest_ = parse::Trim(rest_);
    if (rest_.empty()) return false;
    const char c = rest_.front();
    if (c == '>' || c == '+' || c == '~') {
      combinator = c;
      rest_ = parse::Trim(rest_.substr(1));
      return true;
    }
    combinator = ' ';
    return rest_.size() < before;
  }

  bool TakeCompound(Compound& compound) {
    const std::size_t before = rest_.size();
    if (rest_.starts_with('*')) {
      rest_.remove_prefix(1);
    } else {
      compound.type = parse::Lower(TakeName(rest_));
      if (!compound.type.empty()) selector_.specificity += 1;
    }
    while (!rest_.empty() && std::string_view("#.[:").find(rest_.front()) != std::string_view::npos) {
      if (!TakeTest(compound)) return false;
    }
    return rest_.size() < before;
  }

  bool TakeTest(Compound& compound) {
    const char kind = rest_.front();
    rest_.remove_prefix(1);
    if (kind == '[') return TakeAttributeTest(compound);
    if (kind == ':') return TakePseudoClass(compound);
    Test test;
    test.kind = kind == '#' ? Test::Kind::kId : Test::Kind::kClass;
    test.name = TakeName(rest_);
    selector_.specificity += kind == '#' ? kIdWeight : kClassWeight;
    const bool named = !test.name.empty();
    compound.tests.push_back(std::move(test));
    return named;
  }

  // After the bracket: name, operator, word or string, flag; white space of any kind between them.
  bool TakeAttributeTest(Compound& compound) {
    const std::size_t end = FindOutside(rest_, "]");
    if (end == std::string_view::npos) return false;
    std::string_view inside = parse::Trim(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    Test test;
    test.kind = Test::Kind::kAttribute;
    test.name = parse::Lower(TakeName(inside));
    inside = parse::Trim(inside);
    if (!inside.empty() && !TakeAttributeValue(inside, test)) return false;
    selector_.specificity += kClassWeight;
    const bool named = !test.name.empty();
    compound.tests.push_back(std::move(test));
    return named;
  }

  static bool TakeAttributeValue(std::string_view inside, Test& test) {
    test.match = inside.front();
    if (std::string_view("=~|^$*").find(test.match) == std::string_view::npos) return false;
    inside.remove_prefix(1);
    if (test.match != '=') {
      if (!inside.starts_with('=')) return false;
      inside.remove_prefix(1);
    }
    inside = parse::Trim(inside);
    if (inside.empty()) return false;
    const char quote = inside.front();
    if (quote == '"' || quote == '\'') {
      const std::size_t close = inside.rfind(quote);
      if (close == 0) return false;
      test.value = Unescaped(inside.substr(1, close - 1));
      inside.remove_prefix(close + 1);
    } else {
      test.value = TakeName(inside);
      if (test.value.empty()) return false;
    }
    const std::string_view flag = parse::Trim(inside);
    test.any_case = flag == "i" || flag == "I";
    return flag.empty() || test.any_case || flag == "s" || flag == "S";
  }

  bool TakePseudoClass(Compound& compound) {
    const std::string name = parse::Lower(TakeName(rest_));
    std::string_view inside;
    if (rest_.starts_with('(')) {
      const std::size_t end = FindOutside(rest_, ")", 1);
      if (end == std::string_view::npos) return false;
      inside = parse::Trim(rest_.substr(1, end - 1));
      rest_.remove_prefix(end + 1);
    }
    if (std::ranges::find(kActions, name) != kActions.end()) {
      selector_.on_action = action_here_ = true;
      selector_.specificity += kClassWeight;
      return true;
    }
    if (std::ranges::find(kStates, name) != kStates.end()) {
      selector_.on_action = true;
      selector_.specificity += kClassWeight;
      return true;
    }
    return AddPseudoTest(name, inside, compound);
  }

  bool AddPseudoTest(std::string_view name, std::string_view inside, Compound& compound) {
    if (name == "not") return AddNot(inside, compound);
    selector_.specificity += kClassWeight;
    const auto add = [&](Test::Kind kind, int step, int offset) {
      Test test;
      test.kind = kind;
      test.step = step;
      test.offset = offset;
      compound.tests.push_back(std::move(test));
      return true;
    };
    if (name == "root") return add(Test::Kind::kRoot, 0, 0);
    if (name == "link" || name == "any-link") return add(Test::Kind::kLink, 0, 0);
    if (name == "visited") return add(Test::Kind::kNever, 0, 0);
    if (name == "first-child") return add(Test::Kind::kNthChild, 0, 1);
    if (name == "last-child") return add(Test::Kind::kNthLastChild, 0, 1);
    if (name == "only-child") return add(Test::Kind::kNthChild, 0, 1) && add(Test::Kind::kNthLastChild, 0, 1);
    int step = 0;
    int offset = 0;
    const bool from_end = name == "nth-last-child";
    if ((name != "nth-child" && !from_end) || !ParseStep(inside, step, offset)) return false;
    return add(from_end ? Test::Kind::kNthLastChild : Test::Kind::kNthChild, step, offset);
  }

  // A list of compounds; its weight is that of the heaviest (Level 4), which for one is Level 3's rule.
  bool AddNot(std::string_view inside, Compound& compound) {
    Test test;
    test.kind = Test::Kind::kNot;
    std::uint32_t heaviest = 0;
    for (bool more = true; more;) {
      const std::size_t comma = FindOutside(inside, ",");
      more = comma != std::string_view::npos;
      auto one = Parser(inside.substr(0, comma)).ParseWithoutNot();
      if (!one) return false;
      heaviest = std::max(heaviest, one->specificity);
      test.alternatives.push_back(std::move(one->parts.front().compound));
      inside.remove_prefix(more ? comma + 1 : inside.size());
    }
    selector_.specificity += heaviest;
    compound.tests.push_back(std::move(test));
    return true;
  }

  // One compound, no :not() within :not(): so reading never nests.
  std::optional<Selector> ParseWithoutNot() {
    if (parse::FindNoCase(rest_, ":not(") != std::string_view::npos) return std::nullopt;
    auto parsed = Parse();
    if (!parsed || parsed->parts.size() != 1 || parsed->on_action) return std::nullopt;
    return parsed;
  }

  // "odd", "even", "3", "2n+1", "-n + 3".
  static bool ParseStep(std::string_view text, int& step, int& offset) {
    std::string tight;
    for (const char c : text) {
      if (!parse::IsSpace(c)) tight.push_back(parse::LowerOf(c));
    }
    if (tight == "odd") tight = "2n+1";
    if (tight == "even") tight = "2n";
    const std::size_t n = tight.find('n');
    std::string_view number(tight);
    if (n != std::string::npos) {
      const std::string_view a = number.substr(0, n);
      step = a.empty() || a == "+" ? 1 : a == "-" ? -1 : 0;
      if (step == 0 && !ParseInteger(a, step)) return false;
      number.remove_prefix(n + 1);
      if (number.empty()) return true;
    }
    return ParseInteger(number, offset);
  }

  static bool ParseInteger(std::string_view text, int& out) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [past, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && past == text.data() + text.size() && std::abs(out) < 1'000'000;
  }

  std::string_view rest_;
  Selector selector_;
  bool action_here_ = false;
};

static_assert(kLongestSelector / 2 <= kMostOfAKind + 1);

}  // namespace

std::optional<Selector> ParseSelector(std::string_view text) { return Parser(text).Parse(); }

}  // namespace nightjar::style
