// SPDX-License-Identifier: Apache-2.0
#include "tests/world/server/access_log.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <iterator>

#include "base/file.h"

namespace nightjar::world {

Result<AccessLog> AccessLog::Open(const std::string& path, const Clock& clock) {
  if (path.empty()) return AccessLog(path, UniqueFd(), clock);
  UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (!fd) return FailErrno("cannot open the access log", path);
  return AccessLog(path, std::move(fd), clock);
}

void AccessLog::Add(std::string_view host, std::string_view target, int status, std::size_t bytes) {
  if (!fd_) return;
  fmt::format_to(std::back_inserter(pending_), "{}\t{}\t{}\t{}\t{}\n", FormatUtc(clock_->Utc()), host, target,
                 status, bytes);
}

Status AccessLog::Flush() {
  if (pending_.empty()) return {};
  RETURN_IF_ERROR(WriteAll(fd_.get(), pending_, path_));
  pending_.clear();
  return {};
}

}  // namespace nightjar::world
