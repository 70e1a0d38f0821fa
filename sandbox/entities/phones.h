// SPDX-License-Identifier: Apache-2.0
// Telephone numbers in international form. Valid is what libphonenumber calls valid: its number plans
// (phone_plans.txt) are used, its code is not. On Debian 12 libphonenumber-dev needs Boost 1.74's headers,
// which cannot be installed beside the 1.81 that the rest of Nightjar is built with; and it would load
// protobuf, ICU and 200 kB of packed plans into every worker. tests/unit/sandbox/entities checks that both
// say the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/entities/scan.h"

namespace nightjar::entities {

struct Phone {
  std::string number;  // E.164: "+4915112345678"
  std::string note;    // region and kind of line: "DE mobile", "US fixed or mobile", "GB other"
};

// `digits`: calling code and national number, nothing else. At most 15 (E.164), or no number.
[[nodiscard]] std::optional<Phone> CheckPhone(std::string_view digits);

// "+" at `plus` and a number after it, in groups or not: the longest valid one. "(0)" is left out.
// Where Signal or WhatsApp was named just before, the number is an account there as well.
void ReadPhone(Scan& scan, std::size_t plus);

// Digits at `begin` without "+": only after a word that asks for a number ("tel", "WhatsApp"), behind "00" or
// as ten digits and more that are valid with their calling code.
void ReadBarePhone(Scan& scan, std::size_t begin);

}  // namespace nightjar::entities
