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

class CheckpointLog final {
 public:
  explicit CheckpointLog(std::string path) : path_(std::move(path)) {}

  struct Tail {
    std::optional<std::string> newest;  // note of the last whole line
    bool torn = false;                  // bytes follow the last whole line
    std::uint64_t whole_bytes = 0;      // up to the end of the last whole line
  };
  // Of an absent file: an empty tail. kCorrupt when the last whole line is no note.
  [[nodiscard]] Result<Tail> ReadTail() const;

  // Cuts off a torn line, appends `note` and fsyncs. Durable when it returns OK.
  [[nodiscard]] Status Append(const std::string& note) const;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace nightjar::captures
