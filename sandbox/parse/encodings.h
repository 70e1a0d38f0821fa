// SPDX-License-Identifier: Apache-2.0
// The encodings of the web by their labels. Source: WHATWG Encoding Standard, section 4.2 "Names and labels".
// Not kept: iso-8859-16 and x-user-defined (no ICU converter; their labels count as no declaration).
#pragma once

#include <string_view>

namespace nightjar::parse {

struct Encoding {
  std::string_view
      name;  // WHATWG name in lower case; "replacement" stands for encodings too dangerous to decode
  const char* converter;  // ICU's name for the same table
};

// The encoding a page means by `label` (any case, white space around), or nullptr. Lives for ever.
[[nodiscard]] const Encoding* EncodingFor(std::string_view label);

}  // namespace nightjar::parse
