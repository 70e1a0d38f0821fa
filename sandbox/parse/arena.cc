// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/arena.h"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace nightjar::parse {

void* Arena::Take(std::size_t size) {
  constexpr std::size_t kAlignment = alignof(std::max_align_t);
  const std::size_t rounded = (size + kAlignment - 1) & ~(kAlignment - 1);
  if (rounded > left_) {
    const std::size_t block = std::max(block_size_, rounded);
    // Not make_unique: that would clear the block. Not throwing: the caller is C code.
    blocks_.emplace_back(new (std::nothrow) std::byte[block]);
    if (blocks_.back() == nullptr) std::abort();
    next_ = blocks_.back().get();
    left_ = block;
    block_size_ = std::min(block_size_ * 2, kLargestBlock);
  }
  void* taken = next_;
  next_ += rounded;
  left_ -= rounded;
  return taken;
}

}  // namespace nightjar::parse
