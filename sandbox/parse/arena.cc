// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/arena.h"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace nightjar::parse {

void Arena::Grow(std::size_t at_least) {
  const std::size_t block = std::max(block_size_, at_least);
  // Not make_unique: that would clear the block. Not throwing: the caller is C code.
  blocks_.emplace_back(new (std::nothrow) std::byte[block]);
  if (blocks_.back() == nullptr) std::abort();
  next_ = blocks_.back().get();
  left_ = block;
  block_size_ = std::min(block_size_ * 2, kLargestBlock);
}

}  // namespace nightjar::parse
