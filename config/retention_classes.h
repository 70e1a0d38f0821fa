// SPDX-License-Identifier: Apache-2.0
// How long captures are kept, by class: the setting retention.classes, "standard:180:730 long:365:3650".
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nightjar::config {

inline constexpr std::uint32_t kMostRetentionDays = 36'525;  // a hundred years

// A job names its class; counted from when the archive took it.
struct RetentionClass {
  std::string name;
  std::chrono::days review{};  // a person looks whether it is still needed
  std::chrono::days erase{};   // then it must go, unless it is held as evidence; not before the review
  friend bool operator==(const RetentionClass&, const RetentionClass&) = default;
};

// kInvalidInput: not name:days:days, a name twice, erase before review, more than 64 classes.
[[nodiscard]] Result<std::vector<RetentionClass>> ParseRetentionClasses(std::string_view text);

}  // namespace nightjar::config
