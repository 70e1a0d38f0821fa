// SPDX-License-Identifier: Apache-2.0
// Who sells: the name beside a label, else a link to a profile whose text is the name its address holds.
#pragma once

#include <optional>

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/surroundings.h"

namespace nightjar::extract {

struct NamedVendor {
  Range name;
  std::uint8_t confidence = 0;
};

// Within some lines of the page, or nothing.
[[nodiscard]] std::optional<NamedVendor> FindVendor(const Surroundings& at, Lines lines);

// Does a link's target look like somebody's profile?
[[nodiscard]] bool IsProfileLink(std::string_view href);

void ReadVendor(const Surroundings& at, FieldList& fields);

}  // namespace nightjar::extract
