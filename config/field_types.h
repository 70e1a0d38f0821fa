// SPDX-License-Identifier: Apache-2.0
// The fields that have a meaning for everybody (the field schema), and how their values are written unless a
// profile says otherwise. A profile may name other fields: they are text.
#pragma once

#include <optional>
#include <string_view>

#include "sandbox/wire/facts.h"

namespace nightjar::config {

[[nodiscard]] wire::FieldType UsualTypeOf(std::string_view field);
// "money", "date", ... as wire::FieldTypeName.
[[nodiscard]] std::optional<wire::FieldType> FieldTypeNamed(std::string_view name);

}  // namespace nightjar::config
