// SPDX-License-Identifier: Apache-2.0
#include "tests/world/content/dice.h"

#include <algorithm>

#include "base/codec.h"
#include "base/digest.h"

namespace nightjar::world {
namespace {

std::uint64_t SeedOf(std::uint64_t seed, std::string_view what, std::uint64_t number) {
  const Digest digest = Sha256(Encoder().U64(seed).Str(what).U64(number).bytes());
  return FromBigEndianKey(digest.View().substr(0, 8));
}

constexpr std::uint64_t kScale = 1ULL << 40;

}  // namespace

Dice::Dice(std::uint64_t seed, std::string_view what, std::uint64_t number)
    : random_(SeedOf(seed, what, number)) {}

Zipf::Zipf(std::size_t ranks) {
  cumulative_.reserve(ranks);
  std::uint64_t sum = 0;
  for (std::size_t rank = 0; rank < ranks; ++rank) cumulative_.push_back(sum += kScale / (rank + 3));
}

std::size_t Zipf::Draw(Dice& dice) const {
  const std::uint64_t point = dice.Below(cumulative_.back());
  return static_cast<std::size_t>(std::upper_bound(cumulative_.begin(), cumulative_.end(), point) -
                                  cumulative_.begin());
}

}  // namespace nightjar::world
