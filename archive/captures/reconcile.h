// SPDX-License-Identifier: Apache-2.0
// The way of a checkpoint into its two places, and what a writer checks before its first leaf: that tree,
// stored checkpoints and checkpoints.log tell one story. For the files of this folder.
//
// A checkpoint is (1) committed to LMDB as pending, (2) appended to checkpoints.log, (3) moved to the table
// of checkpoints, where readers look. Each step is durable before the next, so a crash leaves either no
// pending note and two equal places, or a pending note and a log that ends before it, inside it or with it.
// Everything else was done by hand.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "archive/captures/checkpoint_log.h"
#include "archive/captures/tables.h"
#include "archive/evidence/checkpoint.h"
#include "archive/evidence/rotation.h"
#include "archive/evidence/tree.h"

namespace nightjar::captures {

struct KnownState {
  evidence::Frontier frontier;
  std::optional<evidence::SignedCheckpoint> newest;   // in both places
  std::optional<evidence::SignedCheckpoint> pending;  // after step (1) or (2)
};

// kCorrupt, saying which two disagree, when they do not tell one story.
[[nodiscard]] Result<KnownState> Reconcile(const store::ReadTxn& txn, const CheckpointLog& log,
                                           const evidence::KeyChain& log_keys);

// kCorrupt unless the tree of `tree_size` leaves still holds what others attested.
[[nodiscard]] Status CheckAttested(const store::ReadTxn& txn, std::uint64_t tree_size,
                                   std::span<const evidence::Checkpoint> attested);

// Step (1).
[[nodiscard]] Status MakePending(store::Env& env, const evidence::SignedCheckpoint& checkpoint);
// Steps (2) and (3), as far as they are still to be done.
[[nodiscard]] Status CompletePending(store::Env& env, const CheckpointLog& log,
                                     const evidence::SignedCheckpoint& pending);

}  // namespace nightjar::captures
