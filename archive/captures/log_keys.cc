// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/log_keys.h"

#include "archive/captures/log_leaf.h"

namespace nightjar::captures {
namespace {

Result<evidence::RotationLeaf> ReadRotation(const store::ReadTxn& txn, CaptureNumber number) {
  ASSIGN_OR_RETURN(const ReadLogLeaf leaf, GetLogLeaf(txn, number, evidence::LeafKind::kRotation));
  ASSIGN_OR_RETURN(auto rotation, evidence::OpenRotation(leaf.text, leaf.signature));
  return evidence::RotationLeaf{number.value, std::move(rotation)};
}

}  // namespace

Result<evidence::KeyChain> ReadKeyChain(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const auto vkey, Require(txn, kMeta, kMetaLogKey, "the key of its log"));
  ASSIGN_OR_RETURN(auto newest, evidence::ParseVkey(vkey));
  ASSIGN_OR_RETURN(const auto numbers, LogLeaves(txn, kMetaRotations));
  std::vector<evidence::RotationLeaf> rotations;
  for (const CaptureNumber number : numbers) {
    ASSIGN_OR_RETURN(auto rotation, ReadRotation(txn, number));
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
  Bytes text = evidence::FormatRotation(input.rotation);
  Bytes signatures = evidence::SignRotation(text, input.old_key, input.new_key);
  RETURN_IF_ERROR(PutLogLeaf(txn, frontier,
                             {.kind = evidence::LeafKind::kRotation,
                              .time = input.rotation.time,
                              .salt = input.salt,
                              .text = std::move(text),
                              .signature = std::move(signatures),
                              .rejected = std::string(kRotationReason)},
                             kMetaRotations));
  return txn.Put(kMeta, kMetaLogKey, evidence::FormatVkey(input.rotation.new_key));
}

}  // namespace nightjar::captures
