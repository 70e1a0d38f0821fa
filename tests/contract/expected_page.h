// SPDX-License-Identifier: Apache-2.0
// What a person read off a page (expected.json of ../shared/real-pages) beside what the reader says.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "sandbox/extract/extract.h"

namespace nightjar::contract {

struct Score {
  int right = 0, total = 0;
  std::vector<std::string> misses;
};

[[nodiscard]] Score Compare(const json::object& expected, const wire::Facts& facts);

// The class, and for content the kind, is the expected one or the second one that is no error either.
[[nodiscard]] bool ClassIsRight(const json::object& expected, const wire::Facts& facts);
[[nodiscard]] std::string ClassOf(const wire::Facts& facts);

}  // namespace nightjar::contract
