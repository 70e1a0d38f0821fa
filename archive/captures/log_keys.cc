// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/log_keys.h"

#include "archive/captures/capture_row.h"
#include "archive/captures/stored_nodes.h"
#include "archive/evidence/leaf.h"

namespace nightjar::captures {
namespace {

constexpr std::size_t kKeySize = 8;  // of BE(leaf)

Result<evidence::RotationLeaf> ReadRotation(const store::ReadTxn& txn, std::uint64_t index) {
  ASSIGN_OR_RETURN(const auto bytes, Require(txn, kCaptures, BigEndianKey(index), "a rotation of its key"));
  ASSIGN_OR_RETURN(const StoredRow row, DecodeOpenRow(bytes, CaptureNumber{index}));
  ASSIGN_OR_RETURN(const Digest hash, StoredNodes(txn).Get({0, index}));
  ASSIGN_OR_RETURN(const evidence::Leaf leaf, evidence::ParseLeaf(row.leaf));
  if (evidence::LeafHash(row.leaf) != hash || leaf.kind != evidence::LeafKind::kRotation)
    return Fail(Code::kCorrupt, "is not the rotation it should be", "leaf " + std::to_string(index));
  ASSIGN_OR_RETURN(auto rotation, evidence::OpenRotation(row.record, row.signature));
  return evidence::RotationLeaf{index, std::move(rotation)};
}

}  // namespace

Result<evidence::KeyChain> ReadKeyChain(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const auto vkey, Require(txn, kMeta, kMetaLogKey, "the key of its log"));
  ASSIGN_OR_RETURN(auto newest, evidence::ParseVkey(vkey));
  ASSIGN_OR_RETURN(const auto numbers, txn.Get(kMeta, kMetaRotations));
  std::vector<evidence::RotationLeaf> rotations;
  for (ByteView rest = numbers.value_or(ByteView()); !rest.empty();
       rest.remove_prefix(std::min(kKeySize, rest.size()))) {
    ASSIGN_OR_RETURN(auto rotation, ReadRotation(txn, FromBigEndianKey(rest.substr(0, kKeySize))));
    rotations.push_back(std::move(rotation));
  }
  return evidence::KeyChain::Make(std::move(newest), std::move(rotations));
}

Status CheckNewKey(const evidence::KeyChain& keys, const evidence::NoteKey& key) {
  RETURN_IF_ERROR(evidence::CheckKeyName(key.name));
  bool known = key.name == keys.newest().name || key.key == keys.newest().key;
  for (const auto& step : keys.rotations())
    known = known || key.name == step.rotation.old_key.name || key.key == step.rotation.old_key.key;
  if (!known) return {};
  return Fail(Code::kInvalidInput,
              "the log has or had this name or key; give evidence.origin a new version, such as 2026b",
              key.name);
}

Status PutRotation(store::WriteTxn& txn, evidence::Frontier& frontier, const RotationInput& input) {
  StoredRow row;
  row.salt = input.salt;
  row.record = evidence::FormatRotation(input.rotation);
  row.signature = evidence::SignRotation(row.record, input.old_key, input.new_key);
  row.rejected = std::string(kRotationReason);
  row.leaf = evidence::FormatLeaf({.kind = evidence::LeafKind::kRotation,
                                   .unix_time = UnixSeconds(input.rotation.time),
                                   .commitment = evidence::Commitment(row.salt, Sha256(row.record))});
  const Bytes number = BigEndianKey(frontier.size());
  RETURN_IF_ERROR(txn.PutLast(kCaptures, number, EncodeOpenRow(row)));
  RETURN_IF_ERROR(AppendLeaf(txn, frontier, row.leaf));
  ASSIGN_OR_RETURN(const auto known, txn.Get(kMeta, kMetaRotations));
  const Bytes all = Bytes(known.value_or(ByteView())) + number;
  RETURN_IF_ERROR(txn.Put(kMeta, kMetaRotations, all));
  return txn.Put(kMeta, kMetaLogKey, evidence::FormatVkey(input.rotation.new_key));
}

}  // namespace nightjar::captures
