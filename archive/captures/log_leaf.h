// SPDX-License-Identifier: Apache-2.0
// A leaf of the log itself: its key was replaced, captures were erased. Its row is a capture row without
// bytes that lies open; `rejected` says what it is, so that whoever follows captures passes it by. For the
// files of this folder.
#pragma once

#include "archive/captures/tables.h"
#include "archive/evidence/leaf.h"
#include "archive/evidence/tree.h"

namespace nightjar::captures {

struct LogLeaf {
  evidence::LeafKind kind;
  UtcTime time;
  Digest salt;
  Bytes text;            // what it says
  Bytes signature;       // may be empty: the checkpoint vouches for it
  std::string rejected;  // what it is, in a few words
};

// Adds row and leaf to a write transaction it does not own, and its number to the list in meta row `list`.
[[nodiscard]] Status PutLogLeaf(store::WriteTxn& txn, evidence::Frontier& frontier, LogLeaf leaf,
                                std::string_view list);

// The numbers in that list, ascending.
[[nodiscard]] Result<std::vector<CaptureNumber>> LogLeaves(const store::ReadTxn& txn, std::string_view list);

struct ReadLogLeaf {
  Bytes text;
  Bytes signature;
};
// kCorrupt unless the row is whole and its leaf of this kind and in the tree.
[[nodiscard]] Result<ReadLogLeaf> GetLogLeaf(const store::ReadTxn& txn, CaptureNumber number,
                                             evidence::LeafKind kind);

}  // namespace nightjar::captures
