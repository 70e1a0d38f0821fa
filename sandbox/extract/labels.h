// SPDX-License-Identifier: Apache-2.0
// What markets call the same thing: printed labels and the field they stand for.
#pragma once

#include <string_view>

#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// The field a printed label stands for ("Dispatch from:" -> "ships_from"), or empty. White space, case, a
// trailing colon and decoration around the words do not count.
[[nodiscard]] std::string_view FieldForLabel(std::string_view printed);

// How a field's value is written; kText for those that are only text.
[[nodiscard]] wire::FieldType TypeOfField(std::string_view field);

}  // namespace nightjar::extract
