// SPDX-License-Identifier: Apache-2.0
// The reading rules of a site profile, from YAML: every selector and pattern is tried, so that a mistake is
// found here, with its line, and not in the jail. The language: config/PROFILES.md.
#pragma once

#include <set>
#include <string>

#include "config/yaml_map.h"
#include "sandbox/profile/profile.h"

namespace nightjar::config {

// The keys of a profile that are rules: signs, habits, classes, pages, every_page, generic.
[[nodiscard]] const std::set<std::string>& RuleKeys();

// Fills everything but name and hosts.
[[nodiscard]] Status ReadRules(const YamlMap& yaml, const YAML::Node& root, profile::Profile& profile);

}  // namespace nightjar::config
