// SPDX-License-Identifier: Apache-2.0
// Two bundles of one case, handed out one after the other: does the log of the later one begin with that of
// the earlier? A log that was rewritten in between cannot show it, and its two signed checkpoints convict it.
#pragma once

#include <optional>
#include <string>

#include "archive/evidence/checkpoint.h"
#include "base/result.h"

namespace nightjar::bundle {

// `kept`: the earlier bundle's checkpoint, itself verified. `here`: the later one's. `proved`: the checkpoint
// that the later bundle proves consistency from, verified (evidence/consistency_file.h); nothing where it
// proves none. One sentence for people, or kCorrupt with the member's name: also where the later bundle
// proves nothing of the earlier (another export lay in between: then check bundle by bundle, in the order
// they were made).
[[nodiscard]] Result<std::string> CheckEarlier(const evidence::Checkpoint& kept,
                                               const evidence::Checkpoint& here,
                                               const std::optional<evidence::Checkpoint>& proved);

}  // namespace nightjar::bundle
