// SPDX-License-Identifier: Apache-2.0
// The table of settings: each key described once. Reading, printing, example.yaml and the "did you mean" of
// errors all come from it. Part of config; other rooms use config/settings.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/settings.h"

namespace nightjar::config {

// A whole number in the unit its key names; `least` and `most` are both allowed.
struct Number {
  std::uint64_t least;
  std::uint64_t most;
  std::uint64_t (*get)(const Settings&);
  void (*set)(Settings&, std::uint64_t);
};

struct Text {
  std::string_view form;  // what is allowed, as a phrase: "an absolute path"
  bool (*allowed)(std::string_view);
  const std::string& (*get)(const Settings&);
  void (*set)(Settings&, std::string_view);
};

struct Key {
  std::string_view name;     // with the names of its sections: "crawl.limits.body_bytes"
  std::string_view comment;  // for a person, a sentence without its full stop
  std::variant<Number, Text> value;
};

struct Section {
  std::string_view name;
  std::string_view comment;
};

// What two settings must be to each other. `key` is the one to blame.
struct Rule {
  std::string_view key;
  bool (*holds)(const Settings&);
  std::string_view demand;
};

// In the order of example.yaml; the keys of a section stand together.
[[nodiscard]] const std::vector<Key>& Keys();
[[nodiscard]] const std::vector<Section>& Sections();
[[nodiscard]] const std::vector<Rule>& Rules();

[[nodiscard]] const Key* FindKey(std::string_view name);

// The known name that is the fewest edits away from `name`, or whose last word is.
[[nodiscard]] std::string_view NearestKey(std::string_view name);
[[nodiscard]] std::string_view NearestSection(std::string_view name);

// "a whole number from 1 to 10", "an absolute path".
[[nodiscard]] std::string FormOf(const Key& key);

}  // namespace nightjar::config
