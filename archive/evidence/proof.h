// SPDX-License-Identifier: Apache-2.0
// Proofs over an RFC 6962 (= RFC 9162 section 2.1) Merkle tree with SHA-256, and their file form (C2SP
// tlog-proof). Pure functions: no storage here, so a verifier links nothing else.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace nightjar::evidence {

[[nodiscard]] Digest LeafHash(ByteView leaf);                            // SHA-256(0x00 ‖ leaf)
[[nodiscard]] Digest NodeHash(const Digest& left, const Digest& right);  // SHA-256(0x01 ‖ left ‖ right)
[[nodiscard]] Digest EmptyRoot();                                        // SHA-256("")

struct InclusionProof {
  std::uint64_t index = 0;
  std::uint64_t tree_size = 0;
  std::vector<Digest> hashes;  // leaf to root
};

// kCorrupt unless `leaf_hash` is the leaf at proof.index of the tree with this root.
[[nodiscard]] Status VerifyInclusion(const InclusionProof& proof, const Digest& leaf_hash,
                                     const Digest& root);

// kCorrupt unless the tree of `old_size` is a prefix of the tree of `new_size`. A proof from the empty tree
// is refused (it would prove nothing), as the reference vectors want.
[[nodiscard]] Status VerifyConsistency(std::uint64_t old_size, std::uint64_t new_size,
                                       std::span<const Digest> hashes, const Digest& old_root,
                                       const Digest& new_root);

// "c2sp.org/tlog-proof@v1\nindex N\n<hashes>\n\n<checkpoint note verbatim>".
[[nodiscard]] std::string FormatProofFile(const InclusionProof& proof, std::string_view checkpoint_note);
struct ProofFile {
  InclusionProof proof;  // tree_size is 0 here: it comes from the checkpoint once its signature is checked
  std::string note;
};
[[nodiscard]] Result<ProofFile> ParseProofFile(std::string_view text);

}  // namespace nightjar::evidence
