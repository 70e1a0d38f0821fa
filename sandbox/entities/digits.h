// SPDX-License-Identifier: Apache-2.0
// Numbers: payment cards, and telephone numbers without "+" (phones.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/entities/scan.h"

namespace nightjar::entities {

struct Card {
  std::string masked;  // "411111******1111": the whole number leaves this room nowhere (PCI DSS 3.4.1)
  std::string_view brand;
};

// `digits`: 13 to 19. Nothing where Luhn's digit (ISO/IEC 7812-1, annex B) is wrong or no brand issues
// numbers of that beginning and length (ISO/IEC 7812 ranges as the brands publish them).
[[nodiscard]] std::optional<Card> CheckCard(std::string_view digits);

// A word of digits at [begin, end). Cards stand in one word or in groups as they are embossed (4-4-4-4,
// 4-4-4-4-3, 4-6-5, 4-6-4) with the same blank or "-" between all.
void ReadDigits(Scan& scan, std::size_t begin, std::size_t end);

}  // namespace nightjar::entities
