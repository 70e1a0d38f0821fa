// SPDX-License-Identifier: Apache-2.0
// The words of the world: common English ones first, then invented ones without end, used as often as Zipf's
// law says. An index built over such text has the long tail of rare words that real text has.
#pragma once

#include <string>
#include <vector>

#include "tests/world/content/dice.h"

namespace nightjar::world {

// Immutable after construction; may be shared between threads.
class Vocabulary final {
 public:
  explicit Vocabulary(std::size_t words = 30000);  // bounded to [a few hundred, 512,000]

  // The word of a rank: lower-case ASCII; different ranks have different words.
  [[nodiscard]] static std::string Word(std::size_t rank);

  // 5 to 16 words with a capital and a full stop.
  [[nodiscard]] std::string Sentence(Dice& dice) const;
  [[nodiscard]] std::string Paragraph(Dice& dice, std::size_t sentences) const;

  // A rare, invented word with a capital, as a maker or a model would be called.
  [[nodiscard]] std::string Name(Dice& dice) const;

 private:
  Zipf ranks_;
};

}  // namespace nightjar::world
