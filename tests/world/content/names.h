// SPDX-License-Identifier: Apache-2.0
// Names that stand for one thing only in the whole world: titles of listings and threads, handles of people.
#pragma once

#include <string>
#include <unordered_set>

#include "tests/world/content/goods.h"
#include "tests/world/content/vocabulary.h"

namespace nightjar::world {

// Gives each name once. One thread; the order of calls is part of the world.
class Names final {
 public:
  explicit Names(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  [[nodiscard]] std::string ListingTitle(Dice& dice, const Leaf& leaf);  // "Blue ceramic owl, set of 4"
  [[nodiscard]] std::string ThreadTitle(Dice& dice);  // "Question about a walnut barometer"
  [[nodiscard]] std::string Handle(Dice& dice);       // "quiet_heron41": [a-z0-9_] only

 private:
  [[nodiscard]] std::string Once(std::string name, std::string_view counted);

  const Vocabulary& vocabulary_;
  std::unordered_set<std::string> given_;
};

}  // namespace nightjar::world
