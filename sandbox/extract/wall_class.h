// SPDX-License-Identifier: Apache-2.0
// The walls that are known by their machinery: a form for a password, a picture with a place for its answer,
// a refresh with words about waiting.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sandbox/extract/page_says.h"

namespace nightjar::extract {

struct ClassGuess {
  wire::PageClass page_class = wire::PageClass::kContent;
  std::uint8_t confidence = 0;
  std::string reason;  // one short sentence
};

[[nodiscard]] std::optional<ClassGuess> GuessWall(const PageSays& page);

}  // namespace nightjar::extract
