// SPDX-License-Identifier: Apache-2.0
#include "archive/store/watermark.h"

#include <sys/statvfs.h>

#include "base/log.h"

namespace nightjar::store {
namespace {

constexpr std::chrono::seconds kLookEvery{1};

}  // namespace

Result<std::uint64_t> FreeBytes(const std::string& folder) {
  struct statvfs disk {};
  if (::statvfs(folder.c_str(), &disk) != 0) return FailErrno("cannot ask for free space", folder);
  return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

bool Watermark::Low() {
  const MonoTime now = clock_.Mono();
  if (pause_below_ == 0 || now < next_look_) return low_;
  next_look_ = now + kLookEvery;
  const auto free = ask_(folder_);
  if (!free) return low_;
  const bool low = *free < (low_ ? pause_below_ + pause_below_ / 4 : pause_below_);
  if (low != low_)
    log::warn("{}: {} MiB are free on the disk of {}", low ? "PAUSED, the disk is nearly full" : "going on",
              *free >> 20, folder_);
  low_ = low;
  return low_;
}

}  // namespace nightjar::store
