// SPDX-License-Identifier: Apache-2.0
// A row of the captures table: everything about a capture but its body. Its leaf and the number of its scope
// lie open; the rest is sealed with the scope's key. Rows about the log itself (rotations of its key) speak
// of nobody and lie open whole: they must be readable for ever. Of an erased capture only the leaf is left,
// and which leaf says so. For the files of this folder.
#pragma once

#include <string>

#include "archive/captures/vault.h"

namespace nightjar::captures {

struct StoredRow {
  Digest salt;
  Bytes leaf;
  Bytes signature;
  std::string rejected;  // reason, or empty
  Bytes record;
  Bytes request;
  Bytes head;
};

// `restricted_by`: the erasure that found it held as evidence, if any.
[[nodiscard]] Result<Bytes> EncodeRow(const store::ReadTxn& txn, Vault& vault, const OpenScope& scope,
                                      const StoredRow& row, CaptureNumber number,
                                      std::optional<CaptureNumber> restricted_by = {});

// What is left of a capture after erasure `erased_by`.
[[nodiscard]] Bytes EncodeErasedRow(ByteView leaf, CaptureNumber erased_by);

// Of the log itself, not of a capture.
[[nodiscard]] Bytes EncodeOpenRow(const StoredRow& row);
[[nodiscard]] Result<StoredRow> DecodeOpenRow(ByteView bytes, CaptureNumber number);

struct OpenedRow {
  std::optional<keyring::Scope> scope;  // nothing for an erased row, and one of the log itself
  StoredRow row;                        // of an erased one, `leaf` and `rejected` only
  std::optional<CaptureNumber> erased_by = {};
  std::optional<CaptureNumber> restricted_by = {};
};
// kCorrupt, naming the capture, unless its key is in the keyring, the row opens at its place, and the
// commitment of its record and the form of its leaf hold.
[[nodiscard]] Result<OpenedRow> DecodeRow(const store::ReadTxn& txn, Vault& vault, ByteView bytes,
                                          CaptureNumber number);

// The leaf in any row, which is there even where nothing else of it can be read.
[[nodiscard]] Result<Bytes> LeafOfRow(ByteView bytes, CaptureNumber number);

// The scope that a row is sealed in, by the row's own word; nothing for an erased row, and one of the log.
[[nodiscard]] std::optional<keyring::ScopeNumber> ScopeOfRow(ByteView bytes);

}  // namespace nightjar::captures
