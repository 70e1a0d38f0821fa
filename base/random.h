// SPDX-License-Identifier: Apache-2.0
// Randomness as a parameter. Production uses the kernel; a simulation gives one seed and replays.
#pragma once

#include <atomic>
#include <cstdint>

#include "base/bytes.h"

namespace nightjar {

// Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  [[nodiscard]] virtual Bytes Take(std::size_t count) = 0;
  [[nodiscard]] std::uint64_t Next();                                                    // 64 uniform bits
  [[nodiscard]] double Unit() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }  // [0, 1)
};

// getrandom(2): fit for salts and passwords. Aborts when the kernel has none to give, for there is no safe
// way on.
[[nodiscard]] Random& SystemRandom();

// SplitMix64 (Steele, Lea, Flood 2014) from a seed: for tests and simulations only.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  [[nodiscard]] Bytes Take(std::size_t count) override;

 private:
  std::atomic<std::uint64_t> state_;
};

}  // namespace nightjar
