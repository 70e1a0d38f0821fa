// SPDX-License-Identifier: Apache-2.0
// Steps that readers of rows share.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/rows.h"

namespace nightjar::extract {

// A link of a row: all runs of one target are one.
struct RowLink {
  const parse::Attribute* href = nullptr;
  Range text;               // its longest run that is no button's word
  std::uint32_t times = 0;  // how often the row links there
  std::uint32_t line = 0;
};

// At most kMostLinks, in order. Links without a target of their own ("#") are left out.
inline constexpr std::size_t kMostLinks = 32;
[[nodiscard]] std::vector<RowLink> LinksIn(const Surroundings& at, Lines lines);

// What is labelled inside the row, as fields, without the named ones.
void AddLabelled(const Surroundings& at, Lines lines, std::initializer_list<std::string_view> without,
                 FieldList& fields);

// A finished item.
[[nodiscard]] wire::Item MakeItem(const Surroundings& at, std::string_view kind, const Row& row,
                                  FieldList& fields);

// Takes groups whose rows mostly qualify and that share no row with a group taken before.
class Taken final {
 public:
  [[nodiscard]] bool Overlaps(const RowGroup& group) const;
  void Take(const RowGroup& group);

 private:
  std::map<std::uint32_t, std::uint32_t> taken_;  // first line of a row -> past it; disjoint
};

}  // namespace nightjar::extract
