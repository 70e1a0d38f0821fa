// SPDX-License-Identifier: Apache-2.0
// Identifiers as types of their own, so that a capture number is never passed where a tree size belongs.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "base/result.h"

namespace nightjar {

template <typename Tag, typename T>
struct Id {
  T value{};
  friend auto operator<=>(const Id&, const Id&) = default;
};

// Position of a capture in the archive and of its leaf in the evidence log; from 0, dense, never reused.
using CaptureNumber = Id<struct CaptureNumberTag, std::uint64_t>;

// Names a person chooses: 1 to 64 characters of [a-z0-9._-], starting with a letter or digit.
using CaseId = Id<struct CaseIdTag, std::string>;
using JobId = Id<struct JobIdTag, std::string>;

// Checks the rule above; `kind` ("case", "job") appears in the message.
[[nodiscard]] Status CheckName(std::string_view kind, std::string_view name);

}  // namespace nightjar

template <typename Tag, typename T>
struct std::hash<nightjar::Id<Tag, T>> {
  std::size_t operator()(const nightjar::Id<Tag, T>& id) const noexcept { return std::hash<T>{}(id.value); }
};
