// SPDX-License-Identifier: Apache-2.0
// One printed text as a value of a field's type: what a reader of fields asks when it knows what it looks at.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/values/date.h"
#include "sandbox/wire/facts.h"

namespace nightjar::values {

struct Typed {
  std::string value, unit;         // as wire::FieldType says
  std::size_t begin = 0, end = 0;  // of what was read, in the text
};

struct Habits {  // of a site
  DateOrder order = DateOrder::kUnknown;
  DateDetail detail = DateDetail::kDayAndTime;
};

// The first value of the type in the text. Money without a printed currency has an empty unit. Texts, links,
// enums and armored blocks are taken as they stand, white space at the ends apart. Nothing when the text
// holds no such value.
[[nodiscard]] std::optional<Typed> ReadAs(wire::FieldType type, std::string_view text, Habits habits = {});

}  // namespace nightjar::values
