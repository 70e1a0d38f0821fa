// SPDX-License-Identifier: Apache-2.0
// Top-level domains that exist (tlds.txt: the ICANN part of the Public Suffix List of 2023-02-09, which
// follows the IANA root zone). Compiled in: the jail opens no files.
#pragma once

#include <string_view>

namespace nightjar::entities {

// `label`: any case, without dot; other scripts in punycode ("xn--...").
[[nodiscard]] bool IsTld(std::string_view label);

// Builds the sorted list that IsTld() would build at its first call.
void PrepareTlds();

}  // namespace nightjar::entities
