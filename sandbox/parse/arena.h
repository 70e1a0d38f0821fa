// SPDX-License-Identifier: Apache-2.0
// Memory for one page's tree: handed out in order, given back all at once. Makes Gumbo about a fifth faster,
// and makes gumbo_destroy_output() unnecessary, which is recursive on deep trees.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace nightjar::parse {

// One thread. Memory is aligned for any type and lives as long as the arena. Out of memory ends the process:
// in the jail that is a verdict, not an accident.
class Arena final {
 public:
  [[nodiscard]] void* Take(std::size_t size) {
    constexpr std::size_t kAlignment = alignof(std::max_align_t);
    const std::size_t rounded = (size + kAlignment - 1) & ~(kAlignment - 1);
    if (rounded > left_) Grow(rounded);
    void* taken = next_;
    next_ += rounded;
    left_ -= rounded;
    return taken;
  }

 private:
  void Grow(std::size_t at_least);

  static constexpr std::size_t kFirstBlock = 128 << 10;
  static constexpr std::size_t kLargestBlock = 4 << 20;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t block_size_ = kFirstBlock;
};

}  // namespace nightjar::parse
