// SPDX-License-Identifier: Apache-2.0
// Choices that depend on nothing but a seed and the name of the thing chosen for. Every vendor, listing and
// post throws its own dice, so that adding one more thing to the world leaves the others as they are.
// Integers only: the same world has the same bytes on every machine.
#pragma once

#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace nightjar::world {

// One thread at a time. Never throw twice within one call's arguments or around one operator: their order is
// the compiler's choice, and the world would depend on it.
class Dice final {
 public:
  Dice(std::uint64_t seed, std::string_view what, std::uint64_t number = 0);

  // Uniform in [0, bound) but for a bias under 2^-32 at the bounds used here; bound > 0.
  [[nodiscard]] std::uint64_t Below(std::uint64_t bound) { return random_.Next() % bound; }
  [[nodiscard]] std::uint64_t Between(std::uint64_t least, std::uint64_t most) {
    return least + Below(most - least + 1);
  }
  [[nodiscard]] bool OneIn(std::uint64_t n) { return Below(n) == 0; }

  template <typename Range>
  [[nodiscard]] const auto& Pick(const Range& range) {
    return range[Below(std::size(range))];
  }

  [[nodiscard]] Bytes Take(std::size_t count) { return random_.Take(count); }

 private:
  SeededRandom random_;
};

// Ranks drawn with a probability that falls as 1 / (rank + 3): Zipf's law with Mandelbrot's shift, which is
// how words, categories and sellers are really used.
class Zipf final {
 public:
  explicit Zipf(std::size_t ranks);
  [[nodiscard]] std::size_t Draw(Dice& dice) const;  // [0, ranks)
  [[nodiscard]] std::size_t ranks() const { return cumulative_.size(); }

 private:
  std::vector<std::uint64_t> cumulative_;
};

}  // namespace nightjar::world
