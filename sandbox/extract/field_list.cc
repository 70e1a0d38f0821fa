// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/field_list.h"

#include <algorithm>

namespace nightjar::extract {

void FieldList::Add(Reading reading, Range raw) {
  const Range markup = LocateInMarkup(*page_.tree, layout_, raw);
  fields_.push_back({.name = std::string(reading.name),
                     .type = reading.type,
                     .value = std::move(reading.value),
                     .unit = std::string(reading.unit),
                     .raw = std::string(layout_.At(raw)),
                     .span = page_.SpanOf(markup.begin, markup.end),
                     .confidence = reading.confidence});
}

bool FieldList::AddTyped(std::string_view name, wire::FieldType type, Range within, std::uint8_t confidence,
                         values::Habits habits) {
  constexpr std::size_t kLongestText = 2048;
  const std::string_view text = layout_.At(within);
  const bool as_it_stands = type == wire::FieldType::kText || type == wire::FieldType::kPgp;
  if (text.empty() || (!as_it_stands && text.size() > kLongestText)) return false;
  auto typed = values::ReadAs(type, text, habits);
  if (!typed && type == wire::FieldType::kCountry) typed = values::ReadAs(wire::FieldType::kText, text);
  if (!typed) return false;
  constexpr std::size_t kNearBeginning = 24;
  const bool number = type == wire::FieldType::kCount || type == wire::FieldType::kRating;
  if (number && typed->begin > kNearBeginning) return false;
  Add({.name = name,
       .type = type,
       .value = std::move(typed->value),
       .unit = typed->unit,
       .confidence = confidence},
      {within.begin + static_cast<std::uint32_t>(typed->begin),
       within.begin + static_cast<std::uint32_t>(typed->end)});
  return true;
}

void FieldList::AddFromAttribute(Reading reading, const parse::Attribute& attribute) {
  fields_.push_back({.name = std::string(reading.name),
                     .type = reading.type,
                     .value = std::move(reading.value),
                     .unit = std::string(reading.unit),
                     .raw = std::string(attribute.value),
                     .span = page_.SpanOf(attribute.begin, attribute.end),
                     .confidence = reading.confidence});
}

bool FieldList::Has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [&](const wire::Field& field) { return field.name == name; });
}

}  // namespace nightjar::extract
