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

#include "archive/evidence/note.h"
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

// Text of a checkpoint without signatures: the three lines above the empty one.
[[nodiscard]] std::string FormatCheckpoint(const Checkpoint& checkpoint);
// Strict inverse. Extension lines are refused: Nightjar signs none, and they would escape the log's audit.
[[nodiscard]] Result<Checkpoint> ParseCheckpoint(std::string_view text);

// Signed under the name of its origin, which must have passed CheckKeyName.
[[nodiscard]] SignedCheckpoint Sign(const Checkpoint& checkpoint, const SigningKey& key);

// The checkpoint in `note` if OpenNote accepts it for `key` and its origin is the key's name. kCorrupt
// otherwise.
[[nodiscard]] Result<SignedCheckpoint> VerifyNote(std::string_view note, const NoteKey& key);

}  // namespace nightjar::evidence
