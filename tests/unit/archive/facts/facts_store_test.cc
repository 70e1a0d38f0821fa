// SPDX-License-Identifier: Apache-2.0
#include "archive/facts/facts_store.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::facts {
namespace {

using Mode = FactsStore::Mode;

class Facts : public testing::Test {
 protected:
  Facts() {
    std::string pattern = testing::TempDir() + "nightjar-facts-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~Facts() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::unique_ptr<FactsStore> Open(Mode mode) const {
    auto store = FactsStore::Open(folder_ + "/facts", mode);
    EXPECT_TRUE(store) << store.error().Format();
    return store ? std::move(*store) : nullptr;
  }
  static std::pair<CaptureNumber, wire::Facts> Of(std::uint64_t number, const std::string& extractor,
                                                  const std::string& title) {
    wire::Facts facts;
    facts.extractor = extractor;
    facts.title = title;
    facts.sandbox = "full";
    facts.charset = "utf-8";
    facts.links.push_back({.url = "http://example.onion/", .text = "next"});
    return {CaptureNumber{number}, facts};
  }

  std::string folder_;
};

TEST_F(Facts, AreGivenBackAsTheyWerePut) {
  const auto batch = std::vector{Of(0, "e/1", "first"), Of(7, "e/1", "eighth")};
  { ASSERT_TRUE(Open(Mode::kWrite)->Put(batch)); }
  const auto store = Open(Mode::kReadOnly);
  EXPECT_EQ(store->Get(CaptureNumber{0}).value(), batch[0].second);
  EXPECT_EQ(store->Get(CaptureNumber{7}).value(), batch[1].second);
  EXPECT_EQ(store->Get(CaptureNumber{3}).error().code, Code::kNotFound);
  EXPECT_EQ(store->Get(CaptureNumber{8}).error().code, Code::kNotFound);
  EXPECT_EQ(store->Get(CaptureNumber{UINT64_MAX}).error().code, Code::kNotFound);
}

TEST_F(Facts, OfTheNewestExtractorWinWhateverTheOrderOfArrival) {
  const auto store = Open(Mode::kWrite);
  ASSERT_TRUE(store->Put(std::vector{Of(4, "e/10", "ten"), Of(4, "e/9", "nine"), Of(5, "e/9", "next")}));
  EXPECT_EQ(store->Get(CaptureNumber{4})->title, "ten");
  ASSERT_TRUE(store->Put(std::vector{Of(4, "e/10", "ten again")}));
  EXPECT_EQ(store->Get(CaptureNumber{4})->title, "ten again");
}

TEST_F(Facts, TellHowFarTheyReach) {
  const auto store = Open(Mode::kWrite);
  EXPECT_EQ(store->End().value(), 0U);
  ASSERT_TRUE(store->Put(std::vector{Of(300, "e/1", "x"), Of(2, "e/1", "y")}));
  EXPECT_EQ(store->End().value(), 301U);
  ASSERT_TRUE(store->Clear());
  EXPECT_EQ(store->End().value(), 0U);
  EXPECT_EQ(store->Get(CaptureNumber{2}).error().code, Code::kNotFound);
}

TEST_F(Facts, AreNotFoundReadOnlyBeforeTheWriterHasMadeThem) {
  EXPECT_EQ(FactsStore::Open(folder_ + "/facts", Mode::kReadOnly).error().code, Code::kNotFound);
}

TEST_F(Facts, SaySoWhenStoredBytesAreDamaged) {
  const auto store = Open(Mode::kWrite);
  ASSERT_TRUE(store->Put(std::vector{Of(1, "e/1", "x")}));
  const auto env = store::Env::Open({.folder = folder_ + "/facts", .tables = {"facts"}}).value();
  auto txn = env->Write();
  ASSERT_TRUE(txn);
  ASSERT_TRUE(txn->Put({0}, BigEndianKey(1) + BigEndianKey(1) + "e/1", "r\x63"));
  ASSERT_TRUE(txn->Commit());
  EXPECT_EQ(store->Get(CaptureNumber{1}).error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace nightjar::facts
