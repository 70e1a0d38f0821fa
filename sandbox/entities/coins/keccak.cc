// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/coins/keccak.h"

#include <array>
#include <bit>

namespace nightjar::coins {
namespace {

using State = std::array<std::uint64_t, 25>;  // lane x, y at x + 5 * y

constexpr int kRounds = 24;
constexpr std::size_t kRate = 136;

// The Keccak reference, version 3.0, section 1.2: round constants; rotations and the order in which rho and
// pi visit the lanes.
constexpr std::array<std::uint64_t, kRounds> kRoundConstants = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000A, 0x000000008000808B, 0x800000000000008B, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};
constexpr std::array<int, 24> kRotations = {1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
                                            27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44};
constexpr std::array<std::size_t, 24> kLanes = {10, 7,  11, 17, 18, 3, 5,  16, 8,  21, 24, 4,
                                                15, 23, 19, 13, 12, 2, 20, 14, 22, 9,  6,  1};

void Theta(State& state) {
  std::array<std::uint64_t, 5> column{};
  for (std::size_t i = 0; i < state.size(); ++i) column[i % 5] ^= state[i];
  for (std::size_t i = 0; i < state.size(); ++i)
    state[i] ^= column[(i + 4) % 5] ^ std::rotl(column[(i + 1) % 5], 1);
}

void RhoAndPi(State& state) {
  std::uint64_t moved = state[1];
  for (std::size_t i = 0; i < kLanes.size(); ++i) {
    const std::uint64_t next = state[kLanes[i]];
    state[kLanes[i]] = std::rotl(moved, kRotations[i]);
    moved = next;
  }
}

void Chi(State& state) {
  for (std::size_t row = 0; row < state.size(); row += 5) {
    const std::array<std::uint64_t, 5> old = {state[row], state[row + 1], state[row + 2], state[row + 3],
                                              state[row + 4]};
    for (std::size_t x = 0; x < 5; ++x) state[row + x] = old[x] ^ (~old[(x + 1) % 5] & old[(x + 2) % 5]);
  }
}

void Permute(State& state) {
  for (const std::uint64_t constant : kRoundConstants) {
    Theta(state);
    RhoAndPi(state);
    Chi(state);
    state[0] ^= constant;
  }
}

void Absorb(State& state, std::size_t place, std::uint8_t byte) {
  state[place / 8] ^= std::uint64_t{byte} << (8 * (place % 8));
}

}  // namespace

Digest Keccak256(ByteView bytes) {
  State state{};
  std::size_t place = 0;
  for (const char c : bytes) {
    Absorb(state, place, static_cast<std::uint8_t>(c));
    if (++place < kRate) continue;
    Permute(state);
    place = 0;
  }
  Absorb(state, place, 0x01);
  Absorb(state, kRate - 1, 0x80);
  Permute(state);
  Digest digest;
  for (std::size_t i = 0; i < Digest::kSize; ++i)
    digest.bytes[i] = static_cast<std::uint8_t>(state[i / 8] >> (8 * (i % 8)));
  return digest;
}

}  // namespace nightjar::coins
