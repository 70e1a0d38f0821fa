// SPDX-License-Identifier: Apache-2.0
// The RFC 6962 tree, grown leaf by leaf and proved from stored nodes, without knowing where they are stored.
//
// Only complete subtrees are ever stored: node {level, index} is the root over the 2^level leaves
// [index * 2^level, (index + 1) * 2^level). Such a node never changes once written, so every old tree can be
// proved from the same rows. Reads cost O(log size) nodes. Layout as in Crosby and Wallach, "Efficient Data
// Structures for Tamper-Evident Logging" (USENIX Security 2009).
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "archive/evidence/proof.h"

namespace nightjar::evidence {

struct NodeId {
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  friend auto operator<=>(const NodeId&, const NodeId&) = default;
};

// Place of a node when nodes are stored in the order in which leaves complete them: dense from 0, so that a
// table keyed by it only ever grows at its end (the stored hash index of golang.org/x/mod/sumdb/tlog).
[[nodiscard]] std::uint64_t StoragePosition(NodeId id);

struct Node {
  NodeId id;
  Digest hash;
};

// Where stored nodes come from. An error (a missing node too) is handed to the caller as it is.
class NodeSource {
 public:
  virtual ~NodeSource() = default;
  [[nodiscard]] virtual Result<Digest> Get(NodeId id) const = 0;
};

// The right edge of a growing tree: all that is needed to append and to know the root. A value; not
// thread-safe.
class Frontier final {
 public:
  Frontier() = default;  // of the empty tree
  [[nodiscard]] static Result<Frontier> Load(std::uint64_t size, const NodeSource& nodes);

  // Adds a leaf and appends the nodes it completes (its own first) to `completed`, which must be stored.
  void Append(const Digest& leaf_hash, std::vector<Node>& completed);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Digest Root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> peaks_;  // roots of the complete subtrees, one per 1-bit of size_, largest first
};

// Each needs the nodes of a tree of at least the (newer) size. kInvalidInput for an index or size outside.
[[nodiscard]] Result<Digest> RootAt(std::uint64_t size, const NodeSource& nodes);
[[nodiscard]] Result<InclusionProof> ProveInclusion(std::uint64_t index, std::uint64_t size,
                                                    const NodeSource& nodes);
// From the tree of `old_size` (at least 1) to that of `new_size`.
[[nodiscard]] Result<std::vector<Digest>> ProveConsistency(std::uint64_t old_size, std::uint64_t new_size,
                                                           const NodeSource& nodes);

}  // namespace nightjar::evidence
