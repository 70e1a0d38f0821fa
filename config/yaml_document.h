// SPDX-License-Identifier: Apache-2.0
// A YAML file as a flat list of what stands in it: the part of YAML that settings need, and no more. The only
// place that sees yaml-cpp. Part of config; other rooms use config/settings.h.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace nightjar::config {

// A key of the file, with the keys it lies under: "crawl.limits.body_bytes".
struct Entry {
  enum class Kind { kPlain, kQuoted, kEmpty, kSection };
  std::string name;
  Kind kind = Kind::kEmpty;
  std::string value{};  // of kPlain and kQuoted
  int line = 0;         // from 1
};

inline constexpr std::size_t kMaxBytes = 1 << 20;

// "settings.yaml:12", the `where` of errors.
[[nodiscard]] std::string Place(const std::string& file, int line);

// Entries in the order of the file. kInvalidInput with "file:line": not YAML, not a mapping of mappings and
// scalars, a key twice, anchors, aliases, tags, more than one document. kFull over kMaxBytes. Never throws.
// The reading is by events, so that no alias is ever followed.
[[nodiscard]] Result<std::vector<Entry>> ReadYaml(const std::string& yaml, const std::string& file);

}  // namespace nightjar::config
