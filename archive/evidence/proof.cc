// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/proof.h"

#include <bit>

#include "archive/evidence/lines.h"
#include "base/decimal.h"

namespace nightjar::evidence {
namespace {

constexpr std::string_view kProofFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::size_t kMaxHashes = 64;  // a path in a tree of 2^64 leaves

tl::unexpected<Error> Wrong(std::string text) { return Fail(Code::kCorrupt, std::move(text)); }
tl::unexpected<Error> MalformedFile() { return Wrong("is not a proof of the form c2sp.org/tlog-proof@v1"); }

}  // namespace

Digest LeafHash(ByteView leaf) {
  Sha256Stream hash;
  hash.Update(std::string_view("\0", 1));
  hash.Update(leaf);
  return hash.Finish();
}

Digest NodeHash(const Digest& left, const Digest& right) {
  Sha256Stream hash;
  hash.Update("\x01");
  hash.Update(left.View());
  hash.Update(right.View());
  return hash.Finish();
}

Digest EmptyRoot() { return Sha256({}); }

// RFC 9162, section 2.1.3.2. `at` and `last` are fn and sn there.
Status VerifyInclusion(const InclusionProof& proof, const Digest& leaf_hash, const Digest& root) {
  if (proof.index >= proof.tree_size) return Wrong("the leaf's index lies outside the tree");
  std::uint64_t at = proof.index;
  std::uint64_t last = proof.tree_size - 1;
  Digest hash = leaf_hash;
  for (const Digest& sibling : proof.hashes) {
    if (last == 0) return Wrong("the inclusion proof is too long");
    if ((at & 1) != 0 || at == last) {
      hash = NodeHash(sibling, hash);
      while ((at & 1) == 0 && at != 0) {
        at >>= 1;
        last >>= 1;
      }
    } else {
      hash = NodeHash(hash, sibling);
    }
    at >>= 1;
    last >>= 1;
  }
  if (last != 0) return Wrong("the inclusion proof is too short");
  if (hash != root) return Wrong("the inclusion proof does not lead to the root");
  return {};
}

// RFC 9162, section 2.1.4.2. `at` and `last` are fn and sn, `from_old` and `from_new` are fr and sr there.
Status VerifyConsistency(std::uint64_t old_size, std::uint64_t new_size, std::span<const Digest> hashes,
                         const Digest& old_root, const Digest& new_root) {
  if (old_size == 0) return Wrong("a proof from the empty tree would prove nothing");
  if (old_size > new_size) return Wrong("the old tree is larger than the new one");
  if (old_size == new_size) {
    if (!hashes.empty()) return Wrong("a proof between equal sizes has no hashes");
    if (old_root != new_root) return Wrong("trees of one size have different roots");
    return {};
  }
  std::uint64_t at = old_size - 1;
  std::uint64_t last = new_size - 1;
  const int shared_levels = std::countr_one(at);
  at >>= shared_levels;
  last >>= shared_levels;
  const bool starts_with_old_root = std::has_single_bit(old_size);
  if (hashes.empty()) return Wrong("the consistency proof is too short");
  Digest from_old = starts_with_old_root ? old_root : hashes.front();
  Digest from_new = from_old;
  for (const Digest& sibling : hashes.subspan(starts_with_old_root ? 0 : 1)) {
    if (last == 0) return Wrong("the consistency proof is too long");
    if ((at & 1) != 0 || at == last) {
      from_old = NodeHash(sibling, from_old);
      from_new = NodeHash(sibling, from_new);
      while ((at & 1) == 0 && at != 0) {
        at >>= 1;
        last >>= 1;
      }
    } else {
      from_new = NodeHash(from_new, sibling);
    }
    at >>= 1;
    last >>= 1;
  }
  if (last != 0) return Wrong("the consistency proof is too short");
  if (from_old != old_root) return Wrong("the consistency proof does not lead to the old root");
  if (from_new != new_root) return Wrong("the consistency proof does not lead to the new root");
  return {};
}

std::string FormatProofFile(const InclusionProof& proof, std::string_view checkpoint_note) {
  std::string text(kProofFirstLine);
  text += "\nindex " + std::to_string(proof.index) + "\n";
  for (const Digest& hash : proof.hashes) text += Base64Encode(hash.View()) + "\n";
  text += "\n";
  text += checkpoint_note;
  return text;
}

Result<ProofFile> ParseProofFile(std::string_view text) {
  Lines lines(text);
  if (lines.Next() != kProofFirstLine) return MalformedFile();
  const auto index_text = lines.NextAfter("index ");
  if (!index_text) return MalformedFile();
  const auto index = ParseDecimal(*index_text);
  if (!index) return MalformedFile();
  ProofFile file;
  file.proof.index = *index;
  for (;;) {
    const auto line = lines.Next();
    if (!line) return MalformedFile();
    if (line->empty()) break;
    const auto raw = Base64Decode(*line);
    if (!raw || raw->size() != Digest::kSize || file.proof.hashes.size() == kMaxHashes)
      return MalformedFile();
    file.proof.hashes.push_back(*Digest::FromBytes(*raw));
  }
  file.note = std::string(lines.rest());
  return file;
}

}  // namespace nightjar::evidence
