// SPDX-License-Identifier: Apache-2.0
// Erasure inside the archive. What is to go and what is to stay may lie under one key (one host in one case),
// so what stays is sealed anew under a fresh key, and the former key is destroyed: then nothing that the
// disk, old pages of the database or a backup without the keyring still hold of the erased can be read. Rows
// of erased captures keep their leaf alone; leaf numbers, tree and all proofs stay as they are.
//
//   one transaction   erased rows, rows and bodies sealed anew, the erasure's leaf, "erasing" = former keys
//   then              the keys destroyed in the keyring, "erasing" deleted; after a crash at the next start
//
// Costs a look at each row of the archive (some microseconds each), and reading and writing of what stays in
// the scopes concerned. For the files of this folder.
#pragma once

#include "archive/captures/capture_row.h"
#include "archive/evidence/erasure.h"
#include "archive/evidence/tree.h"

namespace nightjar::captures {

inline constexpr std::string_view kErasureReason = "no capture: captures were erased";

struct EraseContext {
  Vault& vault;
  keyring::ScopeNumber least_scope;
  Digest salt;  // of the erasure's leaf
};

// Does what `erasure` says in a write transaction it does not own, and grows `frontier` and `totals`. The
// fresh keys are durable when it returns. kInvalidInput: not a capture of this case, or erased already.
// kCorrupt: a capture that must stay is damaged and cannot be sealed anew.
[[nodiscard]] Status Erase(store::WriteTxn& txn, const EraseContext& context,
                           const evidence::Erasure& erasure, evidence::Frontier& frontier, Totals& totals);

// Destroys the keys of erasures whose transaction is committed.
[[nodiscard]] Status FinishErasing(store::Env& env, keyring::KeyRing& keys);

// What leaf `number` erased. kCorrupt where it is no erasure.
[[nodiscard]] Result<evidence::Erasure> ReadErasure(const store::ReadTxn& txn, CaptureNumber number);

}  // namespace nightjar::captures
