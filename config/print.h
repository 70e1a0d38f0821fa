// SPDX-License-Identifier: Apache-2.0
// How a setting is written in YAML. Part of config; other rooms use config/settings.h.
#pragma once

#include <string>

#include "config/keys.h"

namespace nightjar::config {

// The value of `key` as it stands behind "name: "; quoted only where YAML needs it.
[[nodiscard]] std::string ValueText(const Key& key, const Settings& settings);

}  // namespace nightjar::config
