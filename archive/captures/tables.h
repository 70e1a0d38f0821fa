// SPDX-License-Identifier: Apache-2.0
// The tables of the archive. Keys and values, with one complete example, are in archive/FORMAT.md; a change
// of any of them changes kFormat.
#pragma once

#include <string>
#include <vector>

#include "archive/captures/archive.h"
#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::captures {

inline constexpr std::string_view kFormat = "nightjar-archive/1";

inline constexpr store::Table kCaptures{0};     // capture number -> capture row
inline constexpr store::Table kBodies{1};       // SHA-256 of a body -> the body, packed
inline constexpr store::Table kIdentities{2};   // identity of an exchange -> capture number
inline constexpr store::Table kNodes{3};        // storage position -> node hash
inline constexpr store::Table kCheckpoints{4};  // tree size -> note
inline constexpr store::Table kFetchers{5};     // key id -> public key
inline constexpr store::Table kMeta{6};         // the names below -> text or totals

inline constexpr std::string_view kMetaFormat = "format";
inline constexpr std::string_view kMetaLogKey = "log-key";       // vkey
inline constexpr std::string_view kMetaRotations = "rotations";  // BE(leaf) for each, see log_keys.h
inline constexpr std::string_view kMetaTotals = "totals";
inline constexpr std::string_view kMetaPending = "pending-checkpoint";  // a note on its way, see reconcile.h

// Running sums over the bodies table.
struct Totals {
  std::uint64_t body_bytes = 0;
  std::uint64_t stored_bytes = 0;
};

[[nodiscard]] store::Options StoreOptions(const ArchivePaths& paths, bool read_only);

// kCorrupt unless the archive is of this build's format.
[[nodiscard]] Status CheckFormat(const store::ReadTxn& txn);

// kCorrupt with `what` where a value that must be there is not.
[[nodiscard]] Result<std::string_view> Require(const store::ReadTxn& txn, store::Table table,
                                               std::string_view key, std::string_view what);

[[nodiscard]] Result<Totals> ReadTotals(const store::ReadTxn& txn);
[[nodiscard]] Status WriteTotals(store::WriteTxn& txn, const Totals& totals);

}  // namespace nightjar::captures
