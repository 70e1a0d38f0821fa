// SPDX-License-Identifier: Apache-2.0
// What every fuzz target defines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Runs the decoder on one input; aborts when a promise is broken. Always returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace nightjar::fuzz {

// Well-formed inputs to start from.
[[nodiscard]] std::vector<std::string> Seeds();

inline std::string_view Input(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Ends the process where a promise does not hold (the fuzzer keeps the input).
inline void Require(bool promise) {
  if (!promise) __builtin_trap();
}

}  // namespace nightjar::fuzz
