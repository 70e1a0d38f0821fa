// SPDX-License-Identifier: Apache-2.0
// The ground truth: what a perfect crawler would know about the world. README.md has the schema.
#pragma once

#include <string>

#include "base/json.h"

namespace nightjar::world {

struct Truth {
  json::array sites, listings, vendors, threads, posts;

  [[nodiscard]] std::string ToJson(std::uint64_t seed) const;  // one value to a line, ends with a newline
};

}  // namespace nightjar::world
