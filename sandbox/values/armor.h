// SPDX-License-Identifier: Apache-2.0
// OpenPGP's ASCII armour (RFC 4880 section 6.2), as pages print it.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::values {

// The empty line that ends the armour headers, put back where a page's layout swallowed it: without one GnuPG
// refuses the block. Anything that begins otherwise than with an armour line is returned as it is.
[[nodiscard]] std::string WithHeaderEnd(std::string_view block);

}  // namespace nightjar::values
