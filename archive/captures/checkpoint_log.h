// SPDX-License-Identifier: Apache-2.0
// checkpoints.log: the second place of every checkpoint, a plain file that only grows. One line per
// checkpoint: the note as a JSON string (`tail -1 checkpoints.log | jq -r .` prints it). For the files of
// this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"

namespace nightjar::captures {

// A note as a line, without the line end.
[[nodiscard]] std::string LogLine(std::string_view note);

class CheckpointLog final {
 public:
  explicit CheckpointLog(std::string path) : path_(std::move(path)) {}

  struct Tail {
    std::optional<std::string> newest;  // note of the last whole line
    bool torn = false;                  // bytes follow the last whole line, or it has zeros in it
    std::uint64_t whole_bytes = 0;      // up to the end of the last whole line
  };
  // Of an absent file: an empty tail. kCorrupt when the last whole line is no note. A last line with zeros in
  // it is one that was being written when the power was cut, and counts as torn whether it has an end or not.
  [[nodiscard]] Result<Tail> ReadTail() const;

  // Cuts off a torn line, appends `note` and fsyncs. Durable when it returns OK; after an error the file is
  // as before, or ends torn.
  [[nodiscard]] Status Append(const std::string& note) const;
  // What can be read is durable when it returns OK: a writer that died may have written without fsync.
  [[nodiscard]] Status Sync() const;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace nightjar::captures
