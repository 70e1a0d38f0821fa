// SPDX-License-Identifier: Apache-2.0
// What keeps the crawl role from storing, for `nightjar status` to show: <data>/crawl-trouble, a file of 4
// KiB that is reserved while there is room and overwritten in place, because the trouble is most often a disk
// with no room left, on which no store could say so. (Where a file system copies on write, or the disk
// refuses every write, it may stay empty; the log says it then.)
//
// Content: "nightjar-trouble/1", the Unix microseconds since when, and one sentence, each with a line end,
// then zeros; only zeros when all is well. All in the first sector of 512 bytes, which disks write whole.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace nightjar::crawler {

struct Trouble {
  UtcTime since;
  std::string text;  // what was refused, where and why; printable
};

// Thread-safe. One process writes, any may read.
class TroubleFile final {
 public:
  explicit TroubleFile(std::string path) : path_(std::move(path)) {}

  // Makes the file if there is none.
  [[nodiscard]] Status Reserve();

  // Trouble that is there already keeps its `since`.
  [[nodiscard]] Status Set(const Error& error, UtcTime now);
  // All is well. No-op when it was before.
  [[nodiscard]] Status Clear();

  // Nothing when all is well, or nobody ever crawled. kCorrupt: the file is none of ours.
  [[nodiscard]] static Result<std::optional<Trouble>> Read(const std::string& path);

 private:
  [[nodiscard]] Status Write(const std::string& text) const;

  const std::string path_;
  std::mutex mutex_;              // guards what follows, and the file
  std::optional<bool> is_clear_;  // nothing: not known yet
};

}  // namespace nightjar::crawler
