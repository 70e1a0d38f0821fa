// SPDX-License-Identifier: Apache-2.0
// The log's keys as the archive holds them: the newest in the meta table, the rotations that led to it as
// leaves of the log (log_leaf.h) whose signature is both keys'. For the files of this folder.
#pragma once

#include "archive/captures/tables.h"
#include "archive/evidence/rotation.h"
#include "archive/evidence/tree.h"
#include "base/signature.h"

namespace nightjar::captures {

inline constexpr std::string_view kRotationReason = "no capture: the log's key was replaced";

// kCorrupt unless each rotation is good, is the leaf it says, and all lead to the newest key.
[[nodiscard]] Result<evidence::KeyChain> ReadKeyChain(const store::ReadTxn& txn);

// kInvalidInput unless `key` has a good name that the log never had.
[[nodiscard]] Status CheckNewKey(const evidence::KeyChain& keys, const evidence::NoteKey& key);

struct RotationInput {
  evidence::Rotation rotation;
  const SigningKey& old_key;
  const SigningKey& new_key;
  Digest salt;
};
// Adds row, leaf and meta rows to a write transaction it does not own.
[[nodiscard]] Status PutRotation(store::WriteTxn& txn, evidence::Frontier& frontier,
                                 const RotationInput& input);

}  // namespace nightjar::captures
