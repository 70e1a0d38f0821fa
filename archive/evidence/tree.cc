// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/tree.h"

#include <algorithm>
#include <bit>

namespace nightjar::evidence {
namespace {

// A half-open range of leaves, as the recursions of RFC 9162, section 2.1, cut them: `begin` is a multiple of
// the largest power of two that fits into the range.
struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  [[nodiscard]] std::uint64_t size() const { return end - begin; }
  // Where the range divides: after the largest power of two smaller than its size (at least 2).
  [[nodiscard]] std::uint64_t Middle() const { return begin + std::bit_floor(size() - 1); }
};

// The roots of the complete subtrees that make up `range`, largest first.
Result<std::vector<Digest>> PeaksOf(Range range, const NodeSource& nodes) {
  std::vector<Digest> peaks;
  while (range.size() > 0) {
    const std::uint64_t leaves = std::bit_floor(range.size());
    const auto level = static_cast<std::uint8_t>(std::countr_zero(leaves));
    ASSIGN_OR_RETURN(const Digest peak, nodes.Get({level, range.begin >> level}));
    peaks.push_back(peak);
    range.begin += leaves;
  }
  return peaks;
}

Digest Fold(const std::vector<Digest>& peaks) {
  if (peaks.empty()) return EmptyRoot();
  Digest root = peaks.back();
  for (auto left = peaks.rbegin() + 1; left != peaks.rend(); ++left) root = NodeHash(*left, root);
  return root;
}

Result<Digest> HashOf(Range range, const NodeSource& nodes) {
  ASSIGN_OR_RETURN(const auto peaks, PeaksOf(range, nodes));
  return Fold(peaks);
}

}  // namespace

// When node {level, index} is written, so are all nodes under it and before it: the last leaf under it is
// number index * 2^level + 2^level - 1, leaf n comes after n + n/2 + n/4 + ... nodes, and the node itself
// `level` places after its last leaf.
std::uint64_t StoragePosition(NodeId id) {
  const std::uint64_t last_leaf = ((id.index + 1) << id.level) - 1;
  std::uint64_t before = 0;
  for (std::uint64_t n = last_leaf; n > 0; n >>= 1) before += n;
  return before + id.level;
}

Result<Frontier> Frontier::Load(std::uint64_t size, const NodeSource& nodes) {
  Frontier frontier;
  ASSIGN_OR_RETURN(frontier.peaks_, PeaksOf({0, size}, nodes));
  frontier.size_ = size;
  return frontier;
}

void Frontier::Append(const Digest& leaf_hash, std::vector<Node>& completed) {
  NodeId id{0, size_};
  Digest hash = leaf_hash;
  completed.push_back({id, hash});
  while ((id.index & 1) != 0) {  // a left sibling waits: together they complete their parent
    hash = NodeHash(peaks_.back(), hash);
    peaks_.pop_back();
    id = {static_cast<std::uint8_t>(id.level + 1), id.index / 2};
    completed.push_back({id, hash});
  }
  peaks_.push_back(hash);
  ++size_;
}

Digest Frontier::Root() const { return Fold(peaks_); }

Result<Digest> RootAt(std::uint64_t size, const NodeSource& nodes) { return HashOf({0, size}, nodes); }

// PATH(m, D[n]) of RFC 9162, section 2.1.3.1, walked from the root down.
Result<InclusionProof> ProveInclusion(std::uint64_t index, std::uint64_t size, const NodeSource& nodes) {
  if (index >= size) return Fail(Code::kInvalidInput, "the leaf's index lies outside the tree");
  InclusionProof proof{index, size, {}};
  for (Range range{0, size}; range.size() > 1;) {
    const std::uint64_t middle = range.Middle();
    const bool left = index < middle;
    const Range sibling = left ? Range{middle, range.end} : Range{range.begin, middle};
    ASSIGN_OR_RETURN(const Digest hash, HashOf(sibling, nodes));
    proof.hashes.push_back(hash);
    range = left ? Range{range.begin, middle} : Range{middle, range.end};
  }
  std::ranges::reverse(proof.hashes);
  return proof;
}

// SUBPROOF(m, D[n], b) of RFC 9162, section 2.1.4.1, walked from the root down. `is_old_root` is b there: the
// verifier has the old root already while the range is the whole old tree.
Result<std::vector<Digest>> ProveConsistency(std::uint64_t old_size, std::uint64_t new_size,
                                             const NodeSource& nodes) {
  if (old_size == 0 || old_size > new_size)
    return Fail(Code::kInvalidInput,
                "a consistency proof leads from a tree that is not empty to a later one");
  std::vector<Digest> hashes;
  bool is_old_root = true;
  Range range{0, new_size};
  while (range.end != old_size) {
    const std::uint64_t middle = range.Middle();
    const bool left = old_size <= middle;
    const Range sibling = left ? Range{middle, range.end} : Range{range.begin, middle};
    ASSIGN_OR_RETURN(const Digest hash, HashOf(sibling, nodes));
    hashes.push_back(hash);
    range = left ? Range{range.begin, middle} : Range{middle, range.end};
    is_old_root = is_old_root && left;
  }
  if (!is_old_root) {
    ASSIGN_OR_RETURN(const Digest hash, HashOf(range, nodes));
    hashes.push_back(hash);
  }
  std::ranges::reverse(hashes);
  return hashes;
}

}  // namespace nightjar::evidence
