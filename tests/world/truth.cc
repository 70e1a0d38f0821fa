// SPDX-License-Identifier: Apache-2.0
#include "tests/world/truth.h"

#include <array>
#include <utility>

namespace nightjar::world {

std::string Truth::ToJson(std::uint64_t seed, int day) const {
  const auto tables = std::to_array<std::pair<const char*, const json::array*>>({{"sites", &sites},
                                                                                 {"listings", &listings},
                                                                                 {"vendors", &vendors},
                                                                                 {"threads", &threads},
                                                                                 {"posts", &posts},
                                                                                 {"users", &users},
                                                                                 {"links", &links},
                                                                                 {"gone", &gone},
                                                                                 {"changes", &changes}});
  std::string out = "{\"format\":\"nightjar-world-truth/1\",\n\"seed\":" + std::to_string(seed) +
                    ",\n\"day\":" + std::to_string(day);
  for (const auto& [name, rows] : tables) {
    out += std::string(",\n\"") + name + "\":[";
    const char* separator = "\n";
    for (const json::value& row : *rows) out += std::exchange(separator, ",\n") + json::serialize(row);
    out += "\n]";
  }
  return out + "}\n";
}

}  // namespace nightjar::world
