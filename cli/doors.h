// SPDX-License-Identifier: Apache-2.0
// Tor's sockets for what is not crawling: the notary.
#pragma once

#include "archive/notary/post.h"
#include "config/settings.h"

namespace nightjar::cli {

[[nodiscard]] notary::Doors DoorsOf(const config::Settings& settings);

}  // namespace nightjar::cli
