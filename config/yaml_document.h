// SPDX-License-Identifier: Apache-2.0
// A YAML file as a flat list of what stands in it: the part of YAML that settings and job files need, and no
// more. The only place that sees yaml-cpp. Other rooms use config/settings.h for settings, and this for files
// of their own.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace nightjar::config {

// A key of the file, with the keys it lies under: "crawl.limits.body_bytes".
struct Entry {
  // A list is an entry kList and then one kItem, of the same name, for each of its scalars.
  enum class Kind { kPlain, kQuoted, kEmpty, kSection, kList, kItem };
  std::string name;
  Kind kind = Kind::kEmpty;
  std::string value{};  // of kPlain, kQuoted and kItem
  int line = 0;         // from 1
};

inline constexpr std::size_t kMaxBytes = 1 << 20;

// "settings.yaml:12", the `where` of errors.
[[nodiscard]] std::string Place(const std::string& file, int line);

enum class Lists { kRefused, kAllowed };  // of scalars; of anything else they never are

// Entries in the order of the file. kInvalidInput with "file:line": not YAML, not a mapping of mappings and
// scalars (and lists, where allowed), a key twice, anchors, aliases, tags, more than one document. kFull over
// kMaxBytes. Never throws. The reading is by events, so that no alias is ever followed.
[[nodiscard]] Result<std::vector<Entry>> ReadYaml(const std::string& yaml, const std::string& file,
                                                  Lists lists = Lists::kRefused);

}  // namespace nightjar::config
