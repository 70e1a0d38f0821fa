// SPDX-License-Identifier: Apache-2.0
#include "sandbox/css/selector.h"

#include <fmt/format.h>

#include <array>

#include "sandbox/css/scanner.h"

namespace nightjar::css {
namespace {

class Parser final {
 public:
  explicit Parser(std::string_view text) : in_(text) {}

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
        ASSIGN_OR_RETURN(compound.id, Name("an id"));
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
      if (in_.Take('i') || in_.Take('I')) test.any_case = true;
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
    if (name == "scope")
      compound.scope = true;
    else if (name == "empty")
      compound.empty = true;
    else if (name == "first-child")
      compound.nth.push_back({0, 1, false, false});
    else if (name == "last-child")
      compound.nth.push_back({0, 1, true, false});
    else if (name == "first-of-type")
      compound.nth.push_back({0, 1, false, true});
    else if (name == "last-of-type")
      compound.nth.push_back({0, 1, true, true});
    else if (name == "only-child")
      compound.nth.insert(compound.nth.end(), {{0, 1, false, false}, {0, 1, true, false}});
    else
      return in_.Wrong(fmt::format("follows :{}, which is not known here", name));
    return {};
  }

  Status ParseFunction(const std::string& name, Compound& compound, int depth) {
    in_.SkipSpace();
    if (name == "contains") {
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
};

}  // namespace

Result<SelectorList> ParseSelector(std::string_view text) {
  if (text.size() > kMaxSelector)
    return Fail(Code::kInvalidInput, fmt::format("the selector is longer than {} bytes", kMaxSelector));
  return Parser(text).ParseAll();
}

}  // namespace nightjar::css
