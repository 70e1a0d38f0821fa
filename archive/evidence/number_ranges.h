// SPDX-License-Identifier: Apache-2.0
// Many numbers in few characters: "0-4,7,9-120", ascending, each once; "-" for none. One set has one
// spelling.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nightjar::evidence {

// First and last number of a run, both in it.
struct NumberRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

// As few ranges as can be; ascending, with a gap between any two.
class NumberRanges final {
 public:
  NumberRanges() = default;
  // `numbers` in any order; what is there twice counts once.
  [[nodiscard]] static NumberRanges Of(std::vector<std::uint64_t> numbers);
  // kCorrupt unless `text` is exactly what Format() writes.
  [[nodiscard]] static Result<NumberRanges> Parse(std::string_view text);
  [[nodiscard]] std::string Format() const;

  [[nodiscard]] bool Contains(std::uint64_t number) const;
  [[nodiscard]] std::uint64_t Count() const;
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] std::span<const NumberRange> ranges() const { return ranges_; }
  friend bool operator==(const NumberRanges&, const NumberRanges&) = default;

 private:
  std::vector<NumberRange> ranges_;
};

}  // namespace nightjar::evidence
