// SPDX-License-Identifier: Apache-2.0
// Room that is left on a disk: work pauses while there is too little, before LMDB or Xapian meet the wall.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace nightjar::store {

// Bytes that may still be written below `folder` by this user (statvfs(3)).
[[nodiscard]] Result<std::uint64_t> FreeBytes(const std::string& folder);

// One thread.
class Watermark final {
 public:
  using Ask = std::function<Result<std::uint64_t>(const std::string&)>;

  // Work pauses below `pause_below` bytes and goes on from a quarter more, so that it does not begin and end
  // with every file that somebody deletes. 0: it never pauses.
  Watermark(std::string folder, std::uint64_t pause_below, const Clock& clock, Ask ask = &FreeBytes)
      : folder_(std::move(folder)), pause_below_(pause_below), clock_(clock), ask_(std::move(ask)) {}

  // Looks at the disk at most once a second; says in the log when work pauses and when it goes on. A disk
  // that cannot be asked changes nothing.
  [[nodiscard]] bool Low();

 private:
  const std::string folder_;
  const std::uint64_t pause_below_;
  const Clock& clock_;
  const Ask ask_;
  MonoTime next_look_;
  bool low_ = false;
};

}  // namespace nightjar::store
