// SPDX-License-Identifier: Apache-2.0
// Characters that Unicode holds to be mere presentation forms of others (full width, mathematical, circled,
// ligatures, ...) as those others: Normalization Form KC, UAX #15, by ICU. Reads no file: its table is in
// libicudata, which PrepareConverters() maps.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::parse {

// `text`: valid UTF-8. The result may be eleven times as long.
[[nodiscard]] std::string CompatibilityForm(std::string_view text);

}  // namespace nightjar::parse
