// SPDX-License-Identifier: Apache-2.0
// Leaves of the evidence log. A leaf names nothing: only its kind, the time, and a salted commitment, so that
// after an erasure nobody can guess from the log which page had been captured.
//
//   nightjar-leaf/v1
//   capture 1767225600
//   <64 hex digits: commitment>
#pragma once

#include <cstdint>
#include <string>

#include "base/digest.h"
#include "base/result.h"

namespace nightjar::evidence {

enum class LeafKind : std::uint8_t {
  kCapture,   // an exchange
  kRejected,  // a hand-over the archive did not believe
  kRotation,  // the log's key was replaced (rotation.h)
  kErasure,   // captures were erased (erasure.h)
};

struct Leaf {
  LeafKind kind = LeafKind::kCapture;
  std::int64_t unix_time = 0;  // seconds, UTC: when the archive accepted it
  Digest commitment;
};

// SHA-256("nightjar-commit/v1\n" ‖ salt ‖ SHA-256(record text)).
[[nodiscard]] Digest Commitment(const Digest& salt, const Digest& record_digest);

[[nodiscard]] std::string FormatLeaf(const Leaf& leaf);
[[nodiscard]] Result<Leaf> ParseLeaf(std::string_view text);  // strict inverse

}  // namespace nightjar::evidence
