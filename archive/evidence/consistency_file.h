// SPDX-License-Identifier: Apache-2.0
// A proof of consistency as a file of its own: that the log an older checkpoint signed is the beginning of
// the log a newer one signs. C2SP has no such file; this one is shaped like its tlog-proof, with the *older*
// checkpoint in it, so that whoever kept that checkpoint can compare it byte by byte:
//
//   nightjar-consistency/v1
//   <hashes, one base64 line each; none when both are the same tree>
//
//   <the older checkpoint's note verbatim>
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/evidence/checkpoint.h"
#include "base/digest.h"
#include "base/result.h"

namespace nightjar::evidence {

struct ConsistencyFile {
  std::vector<Digest> hashes;
  std::string note;  // of the older checkpoint; its signature is not checked by parsing
};

[[nodiscard]] std::string FormatConsistencyFile(const ConsistencyFile& file);

// Strict inverse: FormatConsistencyFile(ParseConsistencyFile(text)) == text, else kCorrupt. At most 128
// hashes.
[[nodiscard]] Result<ConsistencyFile> ParseConsistencyFile(std::string_view text);

// The older checkpoint, if `log` signed it and its tree is the beginning of `newer`'s. `newer` is verified
// already. kCorrupt otherwise.
[[nodiscard]] Result<SignedCheckpoint> CheckConsistencyFile(std::string_view text, const Checkpoint& newer,
                                                            const NoteKey& log);

}  // namespace nightjar::evidence
