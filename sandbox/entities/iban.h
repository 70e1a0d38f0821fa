// SPDX-License-Identifier: Apache-2.0
// International bank account numbers: ISO 13616-1 and SWIFT's IBAN registry (release 95) for each country's
// length and structure; ISO/IEC 7064 MOD 97-10 for the check digits.
#pragma once

#include <optional>
#include <string_view>

#include "sandbox/entities/scan.h"

namespace nightjar::entities {

// `packed`: upper case, no blanks. The country, or nothing where length, structure or check digits are wrong.
[[nodiscard]] std::optional<std::string_view> CheckIban(std::string_view packed);

// A word that may begin one: in one word, or in groups of four with blanks or "-" between.
void ReadIban(Scan& scan, std::size_t begin, std::size_t end);

}  // namespace nightjar::entities
