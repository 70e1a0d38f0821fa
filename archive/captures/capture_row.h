// SPDX-License-Identifier: Apache-2.0
// A row of the captures table: everything about a capture but its body. Its leaf and the number of its scope
// lie open; the rest is sealed with the scope's key. Rows about the log itself (rotations of its key) speak
// of nobody and lie open whole: they must be readable for ever. For the files of this folder.
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

[[nodiscard]] Result<Bytes> EncodeRow(const store::ReadTxn& txn, Vault& vault, const OpenScope& scope,
                                      const StoredRow& row, CaptureNumber number);

// Of the log itself, not of a capture.
[[nodiscard]] Bytes EncodeOpenRow(const StoredRow& row);
[[nodiscard]] Result<StoredRow> DecodeOpenRow(ByteView bytes, CaptureNumber number);

struct OpenedRow {
  std::optional<keyring::Scope> scope;  // nothing for a row of the log itself
  StoredRow row;
};
// kCorrupt, naming the capture, unless its key is in the keyring, the row opens at its place, and the
// commitment of its record and the form of its leaf hold.
[[nodiscard]] Result<OpenedRow> DecodeRow(const store::ReadTxn& txn, Vault& vault, ByteView bytes,
                                          CaptureNumber number);

}  // namespace nightjar::captures
