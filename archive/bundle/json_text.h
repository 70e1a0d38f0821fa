// SPDX-License-Identifier: Apache-2.0
// JSON strings in the one spelling that the texts of a bundle use.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::bundle {

// A JSON string in ASCII, quotes included, spelled as Python's json.dumps spells it. Invalid UTF-8 becomes
// U+FFFD.
[[nodiscard]] std::string QuotedJson(std::string_view untrusted_text);

}  // namespace nightjar::bundle
