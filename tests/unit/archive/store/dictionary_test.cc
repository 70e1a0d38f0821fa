// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "archive/store/compression.h"
#include "base/random.h"

namespace nightjar::store {
namespace {

constexpr std::size_t kLimit = 1 << 20;

Bytes Page(int n) {
  SeededRandom frame(1);
  SeededRandom own(static_cast<std::uint64_t>(n) + 2);
  return HexEncode(frame.Take(2000)) + HexEncode(own.Take(200));
}

std::vector<Bytes> Pages(int count) {
  std::vector<Bytes> pages;
  for (int n = 0; n < count; ++n) pages.push_back(Page(n));
  return pages;
}

class DictionaryTest : public testing::Test {
 protected:
  const Bytes trained_ = Dictionary::Train(Pages(40), 16 << 10);
  const std::shared_ptr<const Dictionary> dictionary_ = *Dictionary::Load(trained_);
  Compressor compressor_;
};

TEST_F(DictionaryTest, SaysWhatPagesShareOnce) {
  const Bytes page = Page(1000);
  const Bytes packed = compressor_.Pack(page, dictionary_.get());
  EXPECT_LT(packed.size(), compressor_.Pack(page).size() / 3);
  EXPECT_EQ(Unpack(packed, kLimit, dictionary_.get()).value(), page);
}

TEST_F(DictionaryTest, IsNeededForWhatItPacked) {
  const Bytes packed = compressor_.Pack(Page(1000), dictionary_.get());
  EXPECT_EQ(Unpack(packed, kLimit).error().code, Code::kCorrupt);
  const auto other = *Dictionary::Load(Dictionary::Train(Pages(60), 8 << 10));
  EXPECT_EQ(Unpack(packed, kLimit, other.get()).error().code, Code::kCorrupt);
}

TEST_F(DictionaryTest, LeavesNoiseAndOlderValuesAsTheyAre) {
  SeededRandom random(9);
  EXPECT_EQ(compressor_.Pack(random.Take(5000), dictionary_.get()).size(), 5001U);
  const Bytes older = compressor_.Pack(Page(5));
  EXPECT_EQ(Unpack(older, kLimit, dictionary_.get()).value(), Page(5));
}

TEST_F(DictionaryTest, IsNotMadeOfTooLittle) {
  EXPECT_EQ(Dictionary::Train({}, 16 << 10), "");
  EXPECT_EQ(Dictionary::Train({"one"}, 16 << 10), "");
}

TEST_F(DictionaryTest, RefusesWhatIsNone) {
  EXPECT_EQ(Dictionary::Load("").error().code, Code::kCorrupt);
  EXPECT_EQ(Dictionary::Load("nothing of the kind").error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace nightjar::store
