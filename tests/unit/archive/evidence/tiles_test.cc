// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/tiles.h"

#include <gtest/gtest.h>

#include <map>

namespace nightjar::evidence {
namespace {

class Nodes final : public NodeSource {
 public:
  explicit Nodes(std::uint64_t size) {
    Frontier frontier;
    for (std::uint64_t n = 0; n < size; ++n) {
      std::vector<Node> completed;
      frontier.Append(LeafHash(std::to_string(n)), completed);
      for (const Node& node : completed) nodes_[node.id] = node.hash;
    }
    root_ = frontier.Root();
  }
  [[nodiscard]] Result<Digest> Get(NodeId id) const override {
    const auto found = nodes_.find(id);
    if (found == nodes_.end()) return Fail(Code::kNotFound, "no such node");
    return found->second;
  }
  [[nodiscard]] const Digest& root() const { return root_; }

 private:
  std::map<NodeId, Digest> nodes_;
  Digest root_;
};

TEST(Tiles, AreNamedAsTheSpecificationNamesThem) {
  EXPECT_EQ(TilePath({0, 1234067, 256}), "tile/0/x001/x234/067");
  EXPECT_EQ(TilePath({1, 0, 17}), "tile/1/000.p/17");
  EXPECT_EQ(TilePath({0, 1000, 256}), "tile/0/x001/000");
  EXPECT_EQ(EntriesPath({0, 273, 112}), "tile/entries/273.p/112");
}

// The specification's own example.
TEST(Tiles, OfATreeOf70000AreThoseOfTheSpecification) {
  const auto tiles = TilesOf(70000);
  EXPECT_EQ(tiles.size(), 273U + 1 + 1 + 1 + 1);
  EXPECT_EQ(tiles[273], (Tile{0, 273, 112}));
  EXPECT_EQ(tiles[274], (Tile{1, 0, 256}));
  EXPECT_EQ(tiles[275], (Tile{1, 1, 17}));
  EXPECT_EQ(tiles[276], (Tile{2, 0, 1}));
  EXPECT_EQ(TilesOf(256), (std::vector<Tile>{{0, 0, 256}, {1, 0, 1}}));
  EXPECT_TRUE(TilesOf(0).empty());
}

TEST(Tiles, OfOneLevelHashToThoseOfTheNext) {
  const Nodes nodes(600);
  const auto parent = TileContent({1, 0, 2}, nodes);
  ASSERT_TRUE(parent) << parent.error().Format();
  for (std::uint64_t index = 0; index < 2; ++index) {
    const Bytes tile = TileContent({0, index, 256}, nodes).value();
    ASSERT_EQ(tile.size(), 8192U);
    std::vector<Digest> level;
    for (std::size_t i = 0; i < 256; ++i)
      level.push_back(Digest::FromBytes(ByteView(tile).substr(i * 32, 32)).value());
    EXPECT_EQ(level.front(), LeafHash(std::to_string(index * 256)));
    while (level.size() > 1) {
      std::vector<Digest> above;
      for (std::size_t i = 0; i < level.size(); i += 2) above.push_back(NodeHash(level[i], level[i + 1]));
      level = above;
    }
    EXPECT_EQ(level.front().View(), ByteView(*parent).substr(index * 32, 32));
  }
  EXPECT_FALSE(TileContent({0, 2, 256}, nodes)) << "only 88 leaves are there";
}

TEST(Entries, HaveTheirLengthBeforeThem) {
  EXPECT_EQ(EntriesContent(std::vector<Bytes>{"ab", Bytes(300, 'x')}).value(),
            Bytes("\0\x02", 2) + "ab" + Bytes("\x01\x2C", 2) + Bytes(300, 'x'));
  EXPECT_FALSE(EntriesContent(std::vector<Bytes>{Bytes(65536, 'x')}));
}

}  // namespace
}  // namespace nightjar::evidence
