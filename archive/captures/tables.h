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

inline constexpr std::string_view kFormat = "nightjar-archive/2";

inline constexpr store::Table kCaptures{0};      // capture number -> capture row
inline constexpr store::Table kBodies{1};        // body number and piece -> a piece of the sealed body
inline constexpr store::Table kIdentities{2};    // identity of an exchange -> capture number
inline constexpr store::Table kNodes{3};         // storage position -> node hash
inline constexpr store::Table kCheckpoints{4};   // tree size -> note
inline constexpr store::Table kFetchers{5};      // key id -> public key
inline constexpr store::Table kMeta{6};          // the names below -> text or totals
inline constexpr store::Table kBodyNames{7};     // scope and keyed name of a body -> where it lies
inline constexpr store::Table kScopes{8};        // scope -> scope row
inline constexpr store::Table kDictionaries{9};  // scope, kind and version -> a sealed dictionary
inline constexpr store::Table kGrowth{10};       // day -> totals of that day

inline constexpr std::string_view kMetaFormat = "format";
inline constexpr std::string_view kMetaLogKey = "log-key";       // vkey
inline constexpr std::string_view kMetaRotations = "rotations";  // BE(leaf) for each, see log_leaf.h
inline constexpr std::string_view kMetaErasures = "erasures";    // the same
inline constexpr std::string_view kMetaErasing = "erasing";  // BE32(scope) for each key still to be destroyed
inline constexpr std::string_view kMetaTotals = "totals";
inline constexpr std::string_view kMetaPending = "pending-checkpoint";  // a note on its way, see reconcile.h

// The case that rejected hand-overs share; none of a person's can have this name.
inline constexpr std::string_view kRejectedCase = "_rejected";

// What was added, since the beginning or in a day.
struct Totals {
  std::uint64_t captures = 0;
  std::uint64_t bodies = 0;        // distinct in their scope
  std::uint64_t body_bytes = 0;    // raw, of those
  std::uint64_t stored_bytes = 0;  // the same, packed and sealed
  Totals& operator+=(const Totals& more);
  Totals& operator-=(const Totals& less);  // never below zero
  friend bool operator==(const Totals&, const Totals&) = default;
};
[[nodiscard]] Bytes Encode(const Totals& totals);
[[nodiscard]] Result<Totals> DecodeTotals(ByteView row);

// Of a scope, what its next body needs to know.
struct ScopeRow {
  std::uint64_t bodies = 0;           // ever stored
  std::uint32_t body_dictionary = 0;  // versions in use, 0 for none
  std::uint32_t text_dictionary = 0;
};
[[nodiscard]] Bytes Encode(const ScopeRow& row);
[[nodiscard]] Result<ScopeRow> DecodeScopeRow(ByteView row);

// Four big-endian bytes, as part of a key.
[[nodiscard]] Bytes BigEndian32(std::uint32_t value);

[[nodiscard]] store::Options StoreOptions(const ArchivePaths& paths, bool read_only);

[[nodiscard]] std::string KeyringFolder(const ArchivePaths& paths);
[[nodiscard]] std::string LogPath(const ArchivePaths& paths);  // of checkpoints.log

// One more than the highest number of a scope that ever was.
[[nodiscard]] Result<std::uint32_t> NextScope(const store::ReadTxn& txn);

// kCorrupt unless the archive is of this build's format.
[[nodiscard]] Status CheckFormat(const store::ReadTxn& txn);

// kCorrupt with `what` where a value that must be there is not.
[[nodiscard]] Result<std::string_view> Require(const store::ReadTxn& txn, store::Table table,
                                               std::string_view key, std::string_view what);

[[nodiscard]] Result<Totals> ReadTotals(const store::ReadTxn& txn);
[[nodiscard]] Status WriteTotals(store::WriteTxn& txn, const Totals& totals);

}  // namespace nightjar::captures
