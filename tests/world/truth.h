// SPDX-License-Identifier: Apache-2.0
// The ground truth: what a perfect crawler would know about the world of one day. README.md has the schema.
#pragma once

#include <string>

#include "base/json.h"

namespace nightjar::world {

struct Truth {
  json::array sites, listings, vendors, threads, posts, users, links;
  json::array gone;     // what was taken down, and what answers in its place
  json::array changes;  // since the day before: truth_changes.h

  // One value to a line, ends with a newline.
  [[nodiscard]] std::string ToJson(std::uint64_t seed, int day) const;
};

}  // namespace nightjar::world
