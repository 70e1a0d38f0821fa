// SPDX-License-Identifier: Apache-2.0
// The parts of the archive as the settings place them. Whoever opens the archive asks here, so that no role
// and no verb looks for a part where another did not put it.
#pragma once

#include "archive/captures/archive.h"
#include "config/settings.h"

namespace nightjar::places {

[[nodiscard]] captures::ArchivePaths ArchiveOf(const config::Settings& settings);

}  // namespace nightjar::places
