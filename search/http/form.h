// SPDX-License-Identifier: Apache-2.0
// application/x-www-form-urlencoded, strictly (WHATWG URL Standard, section 5.1, but bad escapes are
// refused).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nightjar::http {

using Form = std::map<std::string, std::string, std::less<>>;

// kInvalidInput: a bad escape, invalid UTF-8, a name twice, or more than 20 names.
[[nodiscard]] Result<Form> ParseForm(std::string_view text);

}  // namespace nightjar::http
