// SPDX-License-Identifier: Apache-2.0
// Strict reading of nested YAML for the files of this folder: every complaint names "file:line" and what is
// wanted.
#pragma once

#include <yaml-cpp/yaml.h>

#include <set>
#include <string>
#include <vector>

#include "base/result.h"

namespace nightjar::config {

class YamlMap final {
 public:
  explicit YamlMap(const std::string& file) : file_(file) {}

  // Refuses keys that are not known or come twice, and what is no mapping.
  [[nodiscard]] Status CheckKeys(const YAML::Node& map, const std::set<std::string>& known) const;
  // A printable text of 1 to `max` bytes.
  [[nodiscard]] Result<std::string> Scalar(const YAML::Node& node, const std::string& what,
                                           std::size_t max = 512) const;
  [[nodiscard]] Result<std::string> Text(const YAML::Node& map, const std::string& key) const;
  // One text or a list of them; none where the key is missing.
  [[nodiscard]] Result<std::vector<std::string>> Texts(const YAML::Node& map, const std::string& key,
                                                       std::size_t max) const;
  // "true" or "false"; false where the key is missing.
  [[nodiscard]] Result<bool> Flag(const YAML::Node& map, const std::string& key) const;

  [[nodiscard]] tl::unexpected<Error> Refuse(const YAML::Node& node, std::string text) const;

 private:
  const std::string& file_;
};

}  // namespace nightjar::config
