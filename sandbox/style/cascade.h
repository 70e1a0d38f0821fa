// SPDX-License-Identifier: Apache-2.0
// What a page's own rules and style attributes declare for each element, after the cascade: importance, then
// style attribute, then specificity, then order (CSS Cascading and Inheritance 3, section 6; one origin).
//
// Time: rules are found by the id, class or type of their last compound; matching a selector may walk up and
// sideways, and every step is counted against a budget that is linear in the page. When it is used up no rule
// is matched any more, and Exhausted() says so.
#pragma once

#include <array>
#include <bitset>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sandbox/match/selection.h"
#include "sandbox/parse/tree.h"
#include "sandbox/style/sheet.h"

namespace nightjar::style {

inline constexpr std::size_t kProperties = static_cast<std::size_t>(Property::kCount);

// The winning value of each property that is declared at all.
class Values final {
 public:
  [[nodiscard]] bool Has(Property property) const { return declared_[Index(property)]; }
  [[nodiscard]] bool Empty() const { return declared_.none(); }
  // kUnknown where it is not declared.
  [[nodiscard]] Value Of(Property property) const {
    return Has(property) ? values_[Index(property)] : Value{};
  }
  // The number of a kCode value, or `otherwise`.
  [[nodiscard]] int Code(Property property, int otherwise) const {
    const Value value = Of(property);
    return value.unit == Unit::kCode ? static_cast<int>(value.number) : otherwise;
  }
  void Set(Property property, Value value) {
    values_[Index(property)] = value;
    declared_.set(Index(property));
  }
  void Clear() { declared_.reset(); }

 private:
  static constexpr std::size_t Index(Property property) { return static_cast<std::size_t>(property); }
  std::array<Value, kProperties> values_;
  std::bitset<kProperties> declared_;
};

struct Styles {
  Values still;       // as the page stands
  Values touched;     // what rules of action (:hover, :checked, ...) would make of some properties
  bool acts = false;  // `touched` holds anything
};

// Reads all <style> elements of the tree, which must outlive it.
class Cascade final {
 public:
  explicit Cascade(const parse::Tree& tree);

  // Replaces `out` by the styles of an element.
  void Find(parse::NodeIndex element, Styles& out);

  // Were there more rules, or more matching, than the caps allow?
  [[nodiscard]] bool Exhausted() const { return sheet_.cut || selection_.IsExhausted(); }
  // No rules and so nothing to find but style attributes.
  [[nodiscard]] bool HasRules() const { return !sheet_.rules.empty(); }

 private:
  using Bucket = std::vector<std::uint32_t>;  // rules, in order
  using Index = std::unordered_map<std::string_view, Bucket>;
  struct Found {
    std::uint64_t priority;
    const Declaration* declaration;
    bool on_action, on_own_action;
  };

  void IndexRules();
  // The rules of each class in `value`, once.
  void AddClasses(std::string_view value, parse::NodeIndex element);
  void AddMatching(const Index& index, std::string_view key, parse::NodeIndex element);
  void AddMatching(const Bucket& bucket, parse::NodeIndex element);
  void AddInline(std::string_view style);
  void Settle(Styles& out);

  const parse::Tree& tree_;
  Sheet sheet_;
  match::Selection selection_;
  Index by_id_, by_class_, by_type_;
  Bucket any_;
  std::vector<Found> found_;         // of the element at hand
  std::vector<Declaration> inline_;  // likewise
};

}  // namespace nightjar::style
