// SPDX-License-Identifier: Apache-2.0
// The tree's nodes as they lie in the nodes table. For the files of this folder.
#pragma once

#include "archive/captures/tables.h"
#include "archive/evidence/tree.h"

namespace nightjar::captures {

class StoredNodes final : public evidence::NodeSource {
 public:
  explicit StoredNodes(const store::ReadTxn& txn) : txn_(txn) {}

  [[nodiscard]] Result<Digest> Get(evidence::NodeId id) const override {
    const std::uint64_t position = evidence::StoragePosition(id);
    ASSIGN_OR_RETURN(const auto hash, Require(txn_, kNodes, BigEndianKey(position),
                                              "node " + std::to_string(position) + " of its tree"));
    return Digest::FromBytes(hash);
  }

 private:
  const store::ReadTxn& txn_;
};

// Grows the tree by a leaf and stores the nodes that are complete with it.
[[nodiscard]] inline Status AppendLeaf(store::WriteTxn& txn, evidence::Frontier& frontier, ByteView leaf) {
  std::vector<evidence::Node> completed;
  frontier.Append(evidence::LeafHash(leaf), completed);
  for (const evidence::Node& node : completed) {
    RETURN_IF_ERROR(txn.PutLast(kNodes, BigEndianKey(evidence::StoragePosition(node.id)), node.hash.View()));
  }
  return {};
}

}  // namespace nightjar::captures
