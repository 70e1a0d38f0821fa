// SPDX-License-Identifier: Apache-2.0
// The body of add-checkpoint (C2SP tlog-witness): what a log asks of its witness. Pure functions.
//
//   old 20852014
//   <consistency proof: up to 63 hashes, one base64 line each>
//   <empty line>
//   <checkpoint, verbatim>
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace nightjar::witness {

inline constexpr std::size_t kMaxProof = 63;          // hashes, as the specification says
inline constexpr std::size_t kMaxRequest = 32 << 10;  // 63 hashes, and a note with 16 signatures

struct AddRequest {
  std::uint64_t old_size = 0;  // of the witness's newest checkpoint of the log, as the client believes
  std::vector<Digest> proof;   // from old_size to the checkpoint's size
  std::string note;            // signed; untrusted
};

[[nodiscard]] std::string FormatAddCheckpoint(const AddRequest& request);
// Strict inverse; says nothing of the note. kInvalidInput.
[[nodiscard]] Result<AddRequest> ParseAddCheckpoint(std::string_view untrusted_body);

}  // namespace nightjar::witness
