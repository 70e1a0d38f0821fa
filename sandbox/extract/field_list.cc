// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/field_list.h"

#include <algorithm>

namespace nightjar::extract {

void FieldList::Add(Reading reading, Range raw) {
  const Range markup = LocateInMarkup(*page_.tree, layout_, raw);
  fields_.push_back({.name = std::string(reading.name),
                     .value = std::move(reading.value),
                     .unit = std::string(reading.unit),
                     .raw = std::string(layout_.At(raw)),
                     .span = page_.SpanOf(markup.begin, markup.end),
                     .confidence = reading.confidence});
}

void FieldList::AddFromAttribute(Reading reading, const parse::Attribute& attribute) {
  fields_.push_back({.name = std::string(reading.name),
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
