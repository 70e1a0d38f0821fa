// SPDX-License-Identifier: Apache-2.0
// What was asked of the world's sites: one line per answer, "time TAB host TAB target TAB status TAB bytes".
// From it tests read how politely a crawler behaved.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/unique_fd.h"

namespace nightjar::world {

// One thread. Lines are gathered and written by Flush(); after a kill the gathered ones are lost.
class AccessLog final {
 public:
  // Appends to the file at `path`; an empty path logs nothing.
  [[nodiscard]] static Result<AccessLog> Open(const std::string& path, const Clock& clock);

  // `bytes` is the size of the whole answer, headers included.
  void Add(std::string_view host, std::string_view target, int status, std::size_t bytes);
  [[nodiscard]] Status Flush();

 private:
  AccessLog(std::string path, UniqueFd fd, const Clock& clock)
      : path_(std::move(path)), fd_(std::move(fd)), clock_(&clock) {}

  std::string path_;
  UniqueFd fd_;
  const Clock* clock_;
  std::string pending_;
};

}  // namespace nightjar::world
