// SPDX-License-Identifier: Apache-2.0
// The table behind country.h.
#pragma once

#include <span>
#include <string_view>

namespace nightjar::values {

struct CountryRow {
  std::string_view alpha2, alpha3;
  std::string_view names;  // lower case, parted by '|'
};

[[nodiscard]] std::span<const CountryRow> Countries();

}  // namespace nightjar::values
