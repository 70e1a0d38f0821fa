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

}  // namespace nightjar::captures
