// SPDX-License-Identifier: Apache-2.0
// One field of a site profile, from YAML. For the files of this folder.
#pragma once

#include <string>
#include <vector>

#include "config/yaml_map.h"
#include "sandbox/profile/profile.h"

namespace nightjar::config {

class FieldReader final {
 public:
  explicit FieldReader(const YamlMap& yaml) : yaml_(yaml) {}

  // "title: h1" or "title: {select: h1, ...}" for each; none where there is no node.
  [[nodiscard]] Result<std::vector<profile::FieldRule>> ReadAll(const YAML::Node& map) const;
  // One selector or a list, each of which css::ParseSelector() understands.
  [[nodiscard]] Result<std::vector<std::string>> Selectors(const YAML::Node& map,
                                                           const std::string& key) const;
  // A regular expression that RE2 understands.
  [[nodiscard]] Result<std::string> Pattern(const YAML::Node& map, const std::string& key) const;
  // A name of a field or kind: a-z, 0-9, '_'.
  [[nodiscard]] Result<std::string> Name(const YAML::Node& node) const;

 private:
  [[nodiscard]] Status ReadRule(const YAML::Node& node, profile::FieldRule& rule) const;
  [[nodiscard]] Status ReadWhere(const YAML::Node& map, profile::FieldRule& rule) const;
  [[nodiscard]] Status ReadHow(const YAML::Node& map, profile::FieldRule& rule) const;
  [[nodiscard]] Status ReadValues(const YAML::Node& map, profile::FieldRule& rule) const;
  [[nodiscard]] Status CheckTogether(const YAML::Node& map, const profile::FieldRule& rule) const;

  const YamlMap& yaml_;
};

}  // namespace nightjar::config
