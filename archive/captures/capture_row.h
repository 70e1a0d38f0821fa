// SPDX-License-Identifier: Apache-2.0
// A row of the captures table: everything about a capture but its body. For the files of this folder.
#pragma once

#include <string>

#include "archive/store/compression.h"
#include "base/bytes.h"
#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"

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

[[nodiscard]] Bytes EncodeRow(const StoredRow& row, store::Compressor& compressor);

// kCorrupt, naming the capture, unless the row's own digest, the commitment of its record and the form of its
// leaf hold.
[[nodiscard]] Result<StoredRow> DecodeRow(ByteView bytes, CaptureNumber number);

}  // namespace nightjar::captures
