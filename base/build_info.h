// SPDX-License-Identifier: Apache-2.0
// Which build made a record: written into every capture, so that a finding can be repeated with the same
// program.
#pragma once

#include <string_view>

namespace nightjar {

inline constexpr std::string_view kVersion = "0.1.0";

// "nightjar/0.1.0 (<build id>)", where the build id is the source revision, or "unversioned" outside a
// checkout.
[[nodiscard]] std::string_view BuildId();

}  // namespace nightjar
