// SPDX-License-Identifier: Apache-2.0
// Fields under construction: a rule names a value and where it stands; the list adds the raw text and the
// span.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/extract/layout.h"
#include "sandbox/parse/page.h"
#include "sandbox/values/typed.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

struct Reading {
  std::string_view name;
  wire::FieldType type = wire::FieldType::kText;
  std::string value;
  std::string_view unit{};
  std::uint8_t confidence = 0;
};

class FieldList final {
 public:
  FieldList(const parse::Page& page, const Layout& layout) : page_(page), layout_(layout) {}

  // A value read from the visible text.
  void Add(Reading reading, Range raw);
  // The first value of the type in a range of the visible text; false where it holds none. Counts and ratings
  // must stand at its beginning, and a country that is not known is kept as printed.
  bool AddTyped(std::string_view name, wire::FieldType type, Range within, std::uint8_t confidence,
                values::Habits habits);
  // A finished one.
  void Add(wire::Field field) { fields_.push_back(std::move(field)); }
  // A value read from an attribute.
  void AddFromAttribute(Reading reading, const parse::Attribute& attribute);

  [[nodiscard]] bool Has(std::string_view name) const;
  [[nodiscard]] const std::vector<wire::Field>& fields() const { return fields_; }
  [[nodiscard]] std::vector<wire::Field> Take() { return std::move(fields_); }

 private:
  const parse::Page& page_;
  const Layout& layout_;
  std::vector<wire::Field> fields_;
};

}  // namespace nightjar::extract
