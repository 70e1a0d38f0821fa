// SPDX-License-Identifier: Apache-2.0
// `nightjar archive rotate-key`: a new key for the log, on disk and in the log, so that a crash at any point
// leaves a state from which the same call goes on.
//
//   1. <keys>/log-next.pem is made (or found, from a call that was cut short)
//   2. Writer::Rotate: from here on the archive belongs to the new key
//   3. <keys>/log.pem is kept as <keys>/log-<key id>.retired.pem, then replaced by log-next.pem
#pragma once

#include <string>

#include "archive/captures/archive.h"

namespace nightjar::captures {

struct RotatedKey {
  evidence::NoteKey old_key;
  evidence::NoteKey new_key;
  std::uint64_t leaf = 0;
  std::string retired_path;  // of the old private key, to be taken off this machine
};

// `new_origin` is what the settings now say. kInvalidInput when the log bears that name already, or log.pem
// is not its key; kUnavailable while a crawl runs.
[[nodiscard]] Result<RotatedKey> RotateLogKey(const ArchivePaths& paths, const std::string& keys_folder,
                                              const std::string& new_origin);

}  // namespace nightjar::captures
