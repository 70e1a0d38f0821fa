// SPDX-License-Identifier: Apache-2.0
// A printed text as the type that a rule gives it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/profile/profile.h"

namespace nightjar::extract {

struct Typed {
  std::string value;
  std::string unit;                // as wire::Field::unit; empty where none was printed
  std::size_t begin = 0, end = 0;  // of the part of the text that says it
};

// Nothing where the text does not hold such a value.
[[nodiscard]] std::optional<Typed> TypedValue(const profile::FieldRule& rule, const profile::Habits& habits,
                                              std::string_view text);

}  // namespace nightjar::extract
