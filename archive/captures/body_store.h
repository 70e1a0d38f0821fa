// SPDX-License-Identifier: Apache-2.0
// Bodies, each once in its scope, found by a name that only the scope's key can make: whoever has the disk
// but not the key cannot ask whether a page that he guesses is there.
//
// A sealed body lies in pieces of kPiece bytes, one after the other in the order of arrival: LMDB gives a
// value over half a page whole pages of its own, which would cost 2 KiB of air for each page of a market.
// For the files of this folder.
#pragma once

#include "archive/captures/vault.h"

namespace nightjar::captures {

inline constexpr std::size_t kPiece = 500;              // eight fill a page of LMDB to 99 %
inline constexpr std::size_t kMostInPieces = 64 << 10;  // a longer one is a single value: there air is cheap

// Where a body lies.
struct BodyPlace {
  std::uint64_t number = 0;
  std::uint32_t pieces = 0;
  CaptureNumber first;  // the capture that brought it
};
[[nodiscard]] Result<BodyPlace> DecodeBodyPlace(ByteView row);

// The key in kBodyNames.
[[nodiscard]] Bytes BodyName(const keyring::Scope& scope, const Digest& sha256);

// Nothing where the scope has it not.
[[nodiscard]] Result<std::optional<BodyPlace>> FindBody(const store::ReadTxn& txn,
                                                        const keyring::Scope& scope, const Digest& sha256);
// Returns how many bytes it takes. `number` follows on the last.
[[nodiscard]] Result<std::size_t> PutBody(store::WriteTxn& txn, Vault& vault, const OpenScope& scope,
                                          std::uint64_t number, CaptureNumber first, ByteView body,
                                          const Digest& sha256);
[[nodiscard]] Result<Bytes> LoadBody(const store::ReadTxn& txn, Vault& vault, const keyring::Scope& scope,
                                     const BodyPlace& place, std::size_t max_bytes);

struct DroppedBody {
  std::uint64_t bytes = 0;   // raw; 0 where it could not be read
  std::uint64_t stored = 0;  // packed and sealed
};
// Deletes its pieces; its name is the caller's.
[[nodiscard]] Result<DroppedBody> DropBody(store::WriteTxn& txn, Vault& vault, const keyring::Scope& scope,
                                           const BodyPlace& place);

// One more than the number of the last body.
[[nodiscard]] Result<std::uint64_t> NextBody(const store::ReadTxn& txn);

}  // namespace nightjar::captures
