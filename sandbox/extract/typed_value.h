// SPDX-License-Identifier: Apache-2.0
// A printed text as the type that a rule gives it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/profile/profile.h"
#include "sandbox/values/typed.h"

namespace nightjar::extract {

using values::Typed;

// Nothing where the text does not hold such a value.
[[nodiscard]] std::optional<Typed> TypedValue(const profile::FieldRule& rule, const profile::Habits& habits,
                                              std::string_view text);

}  // namespace nightjar::extract
