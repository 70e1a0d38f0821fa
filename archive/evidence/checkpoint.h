// SPDX-License-Identifier: Apache-2.0
// Checkpoints of the evidence log (C2SP tlog-checkpoint) inside signed notes (C2SP signed-note), Ed25519
// only.
//
//   unit.example/nightjar/2026a        <- origin
//   42                                 <- tree size
//   <base64 root>
//
//   — unit.example/nightjar/2026a <base64(key id ‖ signature)>
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "base/signature.h"

namespace nightjar::evidence {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root;
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// A checkpoint with the note text it was signed in. `note` is what is stored, shown and exported, verbatim.
struct SignedCheckpoint {
  Checkpoint checkpoint;
  std::string note;
};

// A named public key in the vkey form "name+<hex key id>+<base64(0x01 ‖ key)>".
struct NoteKey {
  std::string name;
  VerifyKey key;
};
[[nodiscard]] std::string FormatVkey(const NoteKey& key);
[[nodiscard]] Result<NoteKey> ParseVkey(std::string_view text);

[[nodiscard]] SignedCheckpoint Sign(const Checkpoint& checkpoint, const SigningKey& key);

// The checkpoint in `note` if at least one signature is by `key` and none by `key` is bad; signatures of
// other keys are ignored, up to 16 lines are accepted. kCorrupt otherwise.
[[nodiscard]] Result<SignedCheckpoint> VerifyNote(std::string_view note, const NoteKey& key);

}  // namespace nightjar::evidence
