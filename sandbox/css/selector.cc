// SPDX-License-Identifier: Apache-2.0
#include "sandbox/css/selector.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sandbox/css/scanner.h"

namespace nightjar::css {
namespace {

constexpr std::uint32_t kIdWeight = 1 << 16;
constexpr std::uint32_t kClassWeight = 1 << 8;  // kMaxSelector keeps each count below 256
constexpr std::array<std::string_view, 7> kActions = {
    "hover", "active", "focus", "focus-within", "focus-visible", "target", "target-within"};
constexpr std::array<std::string_view, 3> kStates = {"checked", "indeterminate", "open"};

std::uint32_t WeightOf(const Complex& complex);

// :not(), :is() and :has() weigh what the heaviest of their list does.
std::uint32_t WeightOf(const std::vector<SelectorList>& lists) {
  std::uint32_t weight = 0;
  for (const SelectorList& list : lists) {
    std::uint32_t heaviest = 0;
    for (const Complex& complex : list) heaviest = std::max(heaviest, WeightOf(complex));
    weight += heaviest;
  }
  return weight;
}

std::uint32_t WeightOf(const Complex& complex) {
  std::uint32_t weight = 0;
  for (const Step& step : complex.steps) {
    const Compound& compound = step.compound;
    const auto nth = static_cast<std::size_t>(std::ranges::count(compound.nth, false, &NthTest::also));
    const std::size_t classes = compound.classes.size() + compound.attributes.size() + nth +
                                (compound.empty ? 1 : 0) + (compound.root ? 1 : 0) + (compound.link ? 1 : 0) +
                                (compound.never ? 1 : 0);
    weight += static_cast<std::uint32_t>(compound.ids.size()) * kIdWeight +
              static_cast<std::uint32_t>(classes) * kClassWeight + (compound.element.empty() ? 0 : 1) +
              WeightOf(compound.is_not) + WeightOf(compound.is_any) + WeightOf(compound.has);
  }
  return weight;
}

class Parser final {
 public:
  explicit Parser(std::string_view text, bool of_sheet = false) : in_(text), of_sheet_(of_sheet) {}

  Result<SheetSelector> ParseOfSheet() {
    SheetSelector selector;
    in_.SkipSpace();
    ASSIGN_OR_RETURN(selector.complex, ParseComplex(0));
    if (!in_.AtEnd()) return in_.Wrong("is not expected here");
    const std::vector<Step>& steps = selector.complex.steps;
    if (steps.front().combinator != Combinator::kNone || steps.size() > kMaxSheetSteps)
      return in_.Wrong("ends what is no selector of a style rule");
    selector.specificity = WeightOf(selector.complex) + (actions_ + states_) * kClassWeight;
    selector.on_action = actions_ + states_ > 0;
    selector.on_own_action = action_here_;
    return selector;
  }

  Result<SelectorList> ParseAll() {
    ASSIGN_OR_RETURN(SelectorList list, ParseList(0));
    if (!in_.AtEnd()) return in_.Wrong("is not expected here");
    return list;
  }

 private:
  Result<SelectorList> ParseList(int depth) {
    if (depth > kMaxNesting) return in_.Wrong("is nested too deeply");
    SelectorList list;
    do {
      in_.SkipSpace();
      ASSIGN_OR_RETURN(Complex complex, ParseComplex(depth));
      list.push_back(std::move(complex));
    } while (in_.Take(','));
    return list;
  }

  Combinator TakeCombinator() {
    const bool space = in_.SkipSpace();
    Combinator combinator = space ? Combinator::kDescendant : Combinator::kNone;
    if (in_.Take('>'))
      combinator = Combinator::kChild;
    else if (in_.Take('+'))
      combinator = Combinator::kNext;
    else if (in_.Take('~'))
      combinator = Combinator::kLater;
    in_.SkipSpace();
    return combinator;
  }

  [[nodiscard]] bool AtComplexEnd() const { return in_.AtEnd() || in_.Sees(',') || in_.Sees(')'); }

  Result<Complex> ParseComplex(int depth) {
    Complex complex;
    Combinator combinator = TakeCombinator();
    do {
      ASSIGN_OR_RETURN(Compound compound, ParseCompound(depth));
      complex.steps.push_back({combinator, std::move(compound)});
      combinator = TakeCombinator();
    } while (!AtComplexEnd() && combinator != Combinator::kNone);
    if (combinator > Combinator::kDescendant) return in_.Wrong("follows a combinator that leads nowhere");
    return complex;
  }

  Result<Compound> ParseCompound(int depth) {
    Compound compound;
    action_here_ = action_here_ && depth > 0;
    bool any = in_.Take('*');
    if (!any && in_.SeesName()) {
      compound.element = AsciiLower(in_.TakeName());
      any = true;
    }
    for (;; any = true) {
      if (in_.Take('.')) {
        ASSIGN_OR_RETURN(std::string name, Name("a class"));
        compound.classes.push_back(std::move(name));
      } else if (in_.Take('#')) {
        ASSIGN_OR_RETURN(std::string name, Name("an id"));
        compound.ids.push_back(std::move(name));
      } else if (in_.Take('[')) {
        RETURN_IF_ERROR(ParseAttribute(compound));
      } else if (in_.Take(':')) {
        RETURN_IF_ERROR(ParsePseudo(compound, depth));
      } else {
        break;
      }
    }
    if (!any) return in_.Wrong("is no selector");
    return compound;
  }

  Result<std::string> Name(std::string_view what) {
    if (!in_.SeesName()) return in_.Wrong(fmt::format("is not the name of {}", what));
    return in_.TakeName();
  }

  Status ParseAttribute(Compound& compound) {
    AttributeTest test;
    in_.SkipSpace();
    ASSIGN_OR_RETURN(std::string name, Name("an attribute"));
    test.name = AsciiLower(name);
    in_.SkipSpace();
    if (!in_.Sees(']')) {
      ASSIGN_OR_RETURN(test.how, TakeOperator());
      in_.SkipSpace();
      ASSIGN_OR_RETURN(test.value, in_.TakeValue());
      in_.SkipSpace();
      if (in_.Take('i') || in_.Take('I'))
        test.any_case = true;
      else
        (void)(in_.Take('s') || in_.Take('S'));  // letter case counts: so it does anyway
      in_.SkipSpace();
    }
    if (!in_.Take(']')) return in_.Wrong("stands where ']' should close an attribute");
    compound.attributes.push_back(std::move(test));
    return {};
  }

  Result<AttributeTest::How> TakeOperator() {
    using How = AttributeTest::How;
    static constexpr std::array<std::pair<char, How>, 5> kOperators = {
        {{'~', How::kWord}, {'|', How::kDash}, {'^', How::kPrefix}, {'$', How::kSuffix}, {'*', How::kPart}}};
    How how = How::kEquals;
    for (const auto& [sign, meaning] : kOperators)
      if (in_.Take(sign)) how = meaning;
    if (!in_.Take('=')) return in_.Wrong("is no operator; = ~= |= ^= $= *= are");
    return how;
  }

  Status ParsePseudo(Compound& compound, int depth) {
    ASSIGN_OR_RETURN(const std::string printed, Name("a pseudo-class"));
    const std::string name = AsciiLower(printed);
    if (in_.Take('(')) return ParseFunction(name, compound, depth);
    if (of_sheet_ && TakeOfSheet(name, compound, depth)) return {};
    if (name == "scope" && !of_sheet_)
      compound.scope = true;
    else if (name == "empty")
      compound.empty = true;
    else if (name == "first-child")
      compound.nth.push_back({0, 1, false, false, false});
    else if (name == "last-child")
      compound.nth.push_back({0, 1, true, false, false});
    else if (name == "first-of-type")
      compound.nth.push_back({0, 1, false, true, false});
    else if (name == "last-of-type")
      compound.nth.push_back({0, 1, true, true, false});
    else if (name == "only-child")
      compound.nth.insert(compound.nth.end(), {{0, 1, false, false, false}, {0, 1, true, false, true}});
    else
      return in_.Wrong(fmt::format("follows :{}, which is not known here", name));
    return {};
  }

  bool TakeOfSheet(std::string_view name, Compound& compound, int depth) {
    const auto among = [&](const auto& names) { return std::ranges::find(names, name) != names.end(); };
    if (depth == 0 && among(kActions)) {
      ++actions_;
      action_here_ = true;
    } else if (depth == 0 && among(kStates)) {
      ++states_;
    } else if (name == "root") {
      compound.root = true;
    } else if (name == "link" || name == "any-link") {
      compound.link = true;
    } else if (name == "visited") {
      compound.never = true;
    } else {
      return false;
    }
    return true;
  }

  Status ParseFunction(const std::string& name, Compound& compound, int depth) {
    in_.SkipSpace();
    if (name == "contains" && !of_sheet_) {
      ASSIGN_OR_RETURN(const std::string text, in_.TakeValue());
      compound.contains.push_back(FoldSpace(text));
    } else if (name == "nth-child" || name == "nth-last-child" || name == "nth-of-type") {
      ASSIGN_OR_RETURN(NthTest test, in_.TakeNth());
      test.from_end = name == "nth-last-child";
      test.of_type = name == "nth-of-type";
      compound.nth.push_back(test);
    } else if (name == "not" || name == "is" || name == "has") {
      ASSIGN_OR_RETURN(SelectorList list, ParseList(depth + 1));
      auto& lists = name == "not" ? compound.is_not : name == "is" ? compound.is_any : compound.has;
      lists.push_back(std::move(list));
    } else {
      return in_.Wrong(fmt::format("follows :{}(, which is not known here", name));
    }
    in_.SkipSpace();
    if (!in_.Take(')')) return in_.Wrong(fmt::format("stands where ')' should close :{}", name));
    return {};
  }

  Scanner in_;
  bool of_sheet_;
  std::uint32_t actions_ = 0, states_ = 0;
  bool action_here_ = false;  // in the compound that was read last
};

}  // namespace

Result<SheetSelector> ParseSheetSelector(std::string_view text) {
  if (text.size() > kMaxSelector) return Fail(Code::kInvalidInput, "the selector is too long");
  return Parser(text, true).ParseOfSheet();
}

Result<SelectorList> ParseSelector(std::string_view text) {
  if (text.size() > kMaxSelector)
    return Fail(Code::kInvalidInput, fmt::format("the selector is longer than {} bytes", kMaxSelector));
  return Parser(text).ParseAll();
}

}  // namespace nightjar::css
