// SPDX-License-Identifier: Apache-2.0
// Which elements of a page a CSS selector means: those of a site's profile and those of the page's own rules.
// Elements are found by an index of ids, classes and names, so a hundred selectors cost little more than
// their matches; all work of one page is bounded, because a page and a selector together can be quadratic
// (":has", "~").
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sandbox/css/selector.h"
#include "sandbox/parse/tree.h"

namespace nightjar::match {

// Steps for one page: about 20 ms. The largest real page with the largest profile takes 2 % of it.
inline constexpr std::int64_t kBudget = 4'000'000;

class Selection final {
 public:
  // `budget`: steps of matching, for all that is asked of this page.
  explicit Selection(const parse::Tree& tree, std::int64_t budget = kBudget);

  // Is `node` one that the selector means, counted from `scope`? Needs no index.
  [[nodiscard]] bool Matches(const css::Complex& complex, parse::NodeIndex node, parse::NodeIndex scope = 0);

  // Nodes [begin, end).
  struct Place {
    parse::NodeIndex begin = 0, end = UINT32_MAX;
  };

  // In document order, those in `within`. A selector counts from `scope`: its descendants, or what its first
  // combinator leads to; `scope` itself only where the selector says :scope.
  [[nodiscard]] std::vector<parse::NodeIndex> FindAll(const css::SelectorList& selectors,
                                                      parse::NodeIndex scope, Place within);
  [[nodiscard]] std::vector<parse::NodeIndex> FindAll(const css::SelectorList& selectors,
                                                      parse::NodeIndex scope = 0) {
    return FindAll(selectors, scope, Place{});
  }
  [[nodiscard]] std::optional<parse::NodeIndex> FindFirst(const css::SelectorList& selectors,
                                                          parse::NodeIndex scope = 0);

  // Takes work that somebody does with what was found from the budget.
  void Charge(std::size_t steps) { budget_ -= static_cast<std::int64_t>(steps); }
  // The work of the page is used up: from here on nothing is found.
  [[nodiscard]] bool IsExhausted() const { return budget_ <= 0; }

 private:
  struct Sibling {  // of each element; counted among elements from 1
    parse::NodeIndex before = 0;
    std::uint32_t number = 0;
    std::uint32_t from_end = 0;
  };
  void NumberSiblings();
  void BuildIndex();
  [[nodiscard]] const Sibling& SiblingOf(parse::NodeIndex node);
  [[nodiscard]] std::span<const parse::NodeIndex> Candidates(const css::Compound& compound) const;
  [[nodiscard]] Place PlaceOf(const css::Complex& complex, parse::NodeIndex scope) const;
  // Calls take(node) for each match in `within` until it says false.
  template <typename Take>
  void FindComplex(const css::Complex& complex, parse::NodeIndex scope, Place within, Take take);
  bool MatchesSteps(const css::Complex& complex, std::size_t step, parse::NodeIndex node,
                    parse::NodeIndex scope);
  bool MatchesCompound(const css::Compound& compound, parse::NodeIndex node, parse::NodeIndex scope);
  bool MatchesLists(const css::Compound& compound, parse::NodeIndex node, parse::NodeIndex scope);
  bool MatchesNames(const css::Compound& compound, const parse::Node& node);
  bool MatchesAttributes(const css::Compound& compound, const parse::Node& node);
  std::string_view Charged(std::string_view value);
  bool MatchesNth(const css::NthTest& test, parse::NodeIndex node);
  bool MatchesAny(const css::SelectorList& selectors, parse::NodeIndex node, parse::NodeIndex scope);
  bool ContainsText(const std::string& text, parse::NodeIndex node);

  static constexpr std::size_t kBuckets = 4096;
  const parse::Tree& tree_;
  std::vector<Sibling> siblings_;                 // by node; made when first asked for
  std::vector<parse::NodeIndex> elements_;        // all, in order; with the index, when first asked for
  std::array<std::uint32_t, kBuckets + 1> ends_;  // bucket b: indexed_[ends_[b] .. ends_[b + 1])
  std::vector<parse::NodeIndex> indexed_;
  std::int64_t budget_;
};

}  // namespace nightjar::match
