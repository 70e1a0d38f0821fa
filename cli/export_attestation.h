// SPDX-License-Identifier: Apache-2.0
// What others say of the checkpoint that an export proves its captures against.
#pragma once

#include <optional>
#include <vector>

#include "archive/bundle/bundle.h"
#include "config/settings.h"

namespace nightjar::cli {

// Asks the witness and the time stamp authority, where they are set, for something fresh first; says so on
// standard error where they gave nothing. Then the best attested checkpoint that holds all chosen captures.
// Nothing where even the newest attested one is too old, or there is none: then the archive's own newest
// checkpoint has to do. kCorrupt: the archive contradicts what was attested.
[[nodiscard]] Result<std::optional<bundle::Attestation>> FreshAttestation(
    const config::Settings& settings, const std::vector<CaptureNumber>& chosen);

}  // namespace nightjar::cli
