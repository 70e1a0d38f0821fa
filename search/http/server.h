// SPDX-License-Identifier: Apache-2.0
// The serve role: the HTTP service over index and archive (both read only). Boost.Beast with coroutines.
#pragma once

#include "base/stop.h"
#include "config/settings.h"

namespace nightjar::http {

// Runs until `stop`; then finishes answers under way (at most 5 s) and returns OK.
[[nodiscard]] Status RunServe(const config::Settings& settings, StopSignal& stop);

}  // namespace nightjar::http
