// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_map.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/log.h"

namespace nightjar::config {

Status YamlMap::CheckKeys(const YAML::Node& map, const std::set<std::string>& known) const {
  if (!map.IsMap()) return Refuse(map, "this is a mapping of keys");
  std::set<std::string> seen;
  for (const auto& entry : map) {
    const auto key = entry.first.as<std::string>();
    if (!known.contains(key))
      return Refuse(entry.first,
                    fmt::format("unknown key '{}'; here stand {}", log::Safe(key), fmt::join(known, ", ")));
    if (!seen.insert(key).second) return Refuse(entry.first, "the key '" + key + "' is there twice");
  }
  return {};
}

Result<std::string> YamlMap::Scalar(const YAML::Node& node, const std::string& what, std::size_t max) const {
  if (!node.IsScalar()) return Refuse(node, what + " is a text");
  auto text = node.as<std::string>();
  const bool printable =
      std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (text.empty() || text.size() > max || !printable || !IsValidUtf8(text))
    return Refuse(node, fmt::format("{} is empty, longer than {} bytes or not printable UTF-8", what, max));
  return text;
}

Result<std::string> YamlMap::Text(const YAML::Node& map, const std::string& key) const {
  if (!map[key]) return Refuse(map, "the key '" + key + "' is missing");
  return Scalar(map[key], "'" + key + "'");
}

Result<std::vector<std::string>> YamlMap::Texts(const YAML::Node& map, const std::string& key,
                                                std::size_t max) const {
  constexpr std::size_t kMost = 64;
  std::vector<std::string> texts;
  const YAML::Node node = map[key];
  if (!node) return texts;
  if (!node.IsSequence()) {
    ASSIGN_OR_RETURN(std::string text, Scalar(node, "'" + key + "'", max));
    texts.push_back(std::move(text));
    return texts;
  }
  if (node.size() == 0 || node.size() > kMost)
    return Refuse(node, fmt::format("'{}' is a text or a list of 1 to {} texts", key, kMost));
  for (const auto& item : node) {
    ASSIGN_OR_RETURN(std::string text, Scalar(item, "'" + key + "'", max));
    texts.push_back(std::move(text));
  }
  return texts;
}

Result<bool> YamlMap::Flag(const YAML::Node& map, const std::string& key) const {
  if (!map[key]) return false;
  ASSIGN_OR_RETURN(const std::string text, Text(map, key));
  if (text != "true" && text != "false") return Refuse(map[key], "'" + key + "' is true or false");
  return text == "true";
}

tl::unexpected<Error> YamlMap::Refuse(const YAML::Node& node, std::string text) const {
  return Fail(Code::kInvalidInput, std::move(text), file_ + ":" + std::to_string(node.Mark().line + 1));
}

}  // namespace nightjar::config
