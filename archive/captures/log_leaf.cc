// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/log_leaf.h"

#include "archive/captures/capture_row.h"
#include "archive/captures/stored_nodes.h"

namespace nightjar::captures {
namespace {

constexpr std::size_t kNumberSize = 8;  // of BE(leaf)

}  // namespace

Status PutLogLeaf(store::WriteTxn& txn, evidence::Frontier& frontier, LogLeaf leaf, std::string_view list) {
  StoredRow row;
  row.salt = leaf.salt;
  row.record = std::move(leaf.text);
  row.signature = std::move(leaf.signature);
  row.rejected = std::move(leaf.rejected);
  row.leaf = evidence::FormatLeaf({.kind = leaf.kind,
                                   .unix_time = UnixSeconds(leaf.time),
                                   .commitment = evidence::Commitment(row.salt, Sha256(row.record))});
  const Bytes number = BigEndianKey(frontier.size());
  RETURN_IF_ERROR(txn.PutLast(kCaptures, number, EncodeOpenRow(row)));
  RETURN_IF_ERROR(AppendLeaf(txn, frontier, row.leaf));
  ASSIGN_OR_RETURN(const auto known, txn.Get(kMeta, list));
  return txn.Put(kMeta, list, Bytes(known.value_or(ByteView())) + number);
}

Result<std::vector<CaptureNumber>> LogLeaves(const store::ReadTxn& txn, std::string_view list) {
  ASSIGN_OR_RETURN(const auto row, txn.Get(kMeta, list));
  std::vector<CaptureNumber> numbers;
  for (ByteView rest = row.value_or(ByteView()); !rest.empty();
       rest.remove_prefix(std::min(kNumberSize, rest.size())))
    numbers.push_back({FromBigEndianKey(rest.substr(0, kNumberSize))});
  return numbers;
}

Result<ReadLogLeaf> GetLogLeaf(const store::ReadTxn& txn, CaptureNumber number, evidence::LeafKind kind) {
  const std::string name = "leaf " + std::to_string(number.value);
  ASSIGN_OR_RETURN(const auto bytes, Require(txn, kCaptures, BigEndianKey(number.value), name));
  ASSIGN_OR_RETURN(StoredRow row, DecodeOpenRow(bytes, number));
  ASSIGN_OR_RETURN(const Digest hash, StoredNodes(txn).Get({0, number.value}));
  ASSIGN_OR_RETURN(const evidence::Leaf leaf, evidence::ParseLeaf(row.leaf));
  if (evidence::LeafHash(row.leaf) != hash || leaf.kind != kind)
    return Fail(Code::kCorrupt, "is not what the archive says of it", name);
  return ReadLogLeaf{std::move(row.record), std::move(row.signature)};
}

}  // namespace nightjar::captures
