// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/tree.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/archive/evidence/naive_tree.h"

namespace nightjar::evidence {
namespace {

class MapOfNodes final : public NodeSource {
 public:
  [[nodiscard]] Result<Digest> Get(NodeId id) const override {
    ++reads;
    const auto found = nodes.find(id);
    if (found == nodes.end()) return Fail(Code::kCorrupt, "no such node");
    return found->second;
  }
  std::map<NodeId, Digest> nodes;
  mutable std::size_t reads = 0;
};

constexpr std::size_t kLargest = 70;  // passes 64, so that every shape of right edge occurs

class GrownTree : public testing::Test {
 protected:
  GrownTree() {
    for (std::size_t i = 0; i < kLargest; ++i) leaves_.push_back(LeafHash(std::to_string(i)));
    for (const Digest& leaf : leaves_) {
      std::vector<Node> completed;
      frontier_.Append(leaf, completed);
      for (const Node& node : completed) EXPECT_TRUE(source_.nodes.emplace(node.id, node.hash).second);
    }
  }
  [[nodiscard]] std::span<const Digest> First(std::size_t n) const { return std::span(leaves_).first(n); }

  std::vector<Digest> leaves_;
  Frontier frontier_;
  MapOfNodes source_;
};

TEST_F(GrownTree, HasTheRootOfTheDefinitionAtEverySize) {
  Frontier growing;
  for (std::size_t n = 0; n <= kLargest; ++n) {
    EXPECT_EQ(growing.Root(), NaiveRoot(First(n))) << n;
    EXPECT_EQ(RootAt(n, source_).value(), NaiveRoot(First(n))) << n;
    const auto loaded = Frontier::Load(n, source_);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->Root(), growing.Root());
    std::vector<Node> completed;
    if (n < kLargest) growing.Append(leaves_[n], completed);
  }
}

TEST_F(GrownTree, GoesOnAfterBeingLoaded) {
  for (std::size_t n = 0; n <= kLargest; ++n) {
    Frontier loaded = Frontier::Load(n, source_).value();
    std::vector<Node> completed;
    for (std::size_t i = n; i < kLargest; ++i) loaded.Append(leaves_[i], completed);
    EXPECT_EQ(loaded.Root(), frontier_.Root());
    for (const Node& node : completed) EXPECT_EQ(source_.nodes.at(node.id), node.hash);
  }
}

TEST_F(GrownTree, ProvesEveryLeafInEveryTreeAsTheDefinitionDoes) {
  for (std::size_t size = 1; size <= kLargest; ++size) {
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = ProveInclusion(index, size, source_);
      ASSERT_TRUE(proof);
      EXPECT_EQ(proof->hashes, NaivePath(index, First(size)));
      EXPECT_TRUE(VerifyInclusion(*proof, leaves_[index], NaiveRoot(First(size))));
    }
  }
}

TEST_F(GrownTree, ProvesEveryTreeAPrefixOfEveryLaterOneAsTheDefinitionDoes) {
  for (std::size_t newer = 1; newer <= kLargest; ++newer) {
    for (std::size_t older = 1; older <= newer; ++older) {
      const auto proof = ProveConsistency(older, newer, source_);
      ASSERT_TRUE(proof);
      EXPECT_EQ(*proof, NaiveSubProof(older, First(newer), true));
      EXPECT_TRUE(VerifyConsistency(older, newer, *proof, NaiveRoot(First(older)), NaiveRoot(First(newer))));
    }
  }
}

TEST_F(GrownTree, StoresNodesInOrderWithoutGaps) {
  Frontier growing;
  std::uint64_t position = 0;
  for (const Digest& leaf : leaves_) {
    std::vector<Node> completed;
    growing.Append(leaf, completed);
    for (const Node& node : completed) EXPECT_EQ(StoragePosition(node.id), position++);
  }
}

TEST_F(GrownTree, ReadsOnlyALogarithmOfItsNodes) {
  ASSERT_TRUE(ProveInclusion(17, kLargest, source_));
  ASSERT_TRUE(ProveConsistency(33, kLargest, source_));
  EXPECT_LE(source_.reads, 2 * 2 * 7U);
}

TEST_F(GrownTree, RefusesWhatLiesOutsideItAndReportsMissingNodes) {
  EXPECT_EQ(ProveInclusion(5, 5, source_).error().code, Code::kInvalidInput);
  EXPECT_EQ(ProveConsistency(0, 5, source_).error().code, Code::kInvalidInput);
  EXPECT_EQ(ProveConsistency(6, 5, source_).error().code, Code::kInvalidInput);
  EXPECT_EQ(RootAt(kLargest + 1, source_).error().code, Code::kCorrupt);
  EXPECT_EQ(ProveInclusion(0, 128, source_).error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace nightjar::evidence
