// SPDX-License-Identifier: Apache-2.0
#include "crawler/link_follower.h"

#include <gmock/gmock.h>

#include "tests/unit/crawler/archive_fixture.h"

namespace nightjar::crawler {
namespace {

using captures::Outcome;
using ::testing::IsEmpty;
using wire::LinkKind;

class LinkFollowerTest : public ArchiveTest {
 protected:
  void Append(const captures::Record& record) {
    ASSERT_TRUE(writer_->Append(std::vector{maker_.Sign(record)}));
  }
  void PutFacts(std::uint64_t number, const std::vector<std::pair<LinkKind, std::string>>& links) {
    if (!facts_) facts_ = *facts::FactsStore::Open(folder_ + "/facts", facts::FactsStore::Mode::kWrite);
    wire::Facts facts;
    facts.extractor = std::string(wire::kExtractor);
    for (const auto& [kind, url] : links) facts.links.push_back({kind, url, ""});
    ASSERT_TRUE(facts_->Put(std::vector{std::pair{CaptureNumber{number}, facts}}));
  }
  std::vector<FollowedPage> Next(std::size_t most = 100) {
    auto pages = follower_->Next(most, writer_->size());
    EXPECT_TRUE(pages) << pages.error().Format();
    return std::move(*pages);
  }
  void SetUp() override {
    ArchiveTest::SetUp();
    follower_ = std::make_unique<LinkFollower>(folder_ + "/facts", *archive_, 0, clock_);
  }
  void TearDown() override {
    follower_.reset();
    facts_.reset();
    ArchiveTest::TearDown();
  }

  ManualClock clock_;
  std::unique_ptr<facts::FactsStore> facts_;
  std::unique_ptr<LinkFollower> follower_;
};

TEST_F(LinkFollowerTest, WaitsForFactsAndThenGivesTheLinksOneStepFarther) {
  captures::Record record = maker_.MakeRecord("http://a.onion/page");
  record.depth = 3;
  Append(record);
  EXPECT_THAT(Next(), IsEmpty()) << "no facts folder yet";
  EXPECT_EQ(follower_->cursor(), 0U);
  PutFacts(0, {{LinkKind::kAnchor, "http://a.onion/x"},
               {LinkKind::kRedirect, "http://a.onion/r"},
               {LinkKind::kRefresh, "http://a.onion/f"},
               {LinkKind::kFrame, "http://a.onion/i"},
               {LinkKind::kOnionLocation, "http://b.onion/"}});
  const auto pages = Next();
  ASSERT_EQ(pages.size(), 1U);
  EXPECT_EQ(pages[0].record.job.value, "job-1");
  ASSERT_EQ(pages[0].candidates.size(), 4U) << "an Onion-Location is recorded, never followed";
  EXPECT_EQ(pages[0].candidates[0].url.Href(), "http://a.onion/x");
  EXPECT_EQ(pages[0].candidates[0].depth, 4U);
  EXPECT_EQ(pages[0].candidates[0].via, "http://a.onion/page");
  EXPECT_EQ(follower_->cursor(), 1U);
}

TEST_F(LinkFollowerTest, PassesOverCapturesThatNeverGetFacts) {
  captures::Record failed = maker_.MakeRecord("http://a.onion/1");
  failed.outcome = Outcome::kTimedOut;
  failed.detail = "too slow";
  failed.http_status = 0;
  Append(failed);
  captures::Exchange forged = maker_.Sign(maker_.MakeRecord("http://a.onion/2"));
  forged.body += "!";
  ASSERT_TRUE(writer_->Append(std::vector{forged}));
  EXPECT_THAT(Next(), IsEmpty());
  EXPECT_EQ(follower_->cursor(), 2U);
}

TEST_F(LinkFollowerTest, GoesOnWhereFactsOfOneCaptureAreMissing) {
  Append(maker_.MakeRecord("http://a.onion/1"));
  Append(maker_.MakeRecord("http://a.onion/2"));
  PutFacts(1, {{LinkKind::kAnchor, "http://a.onion/x"}});
  EXPECT_EQ(Next().size(), 1U);
  EXPECT_EQ(follower_->cursor(), 2U);
}

TEST_F(LinkFollowerTest, TakesNoMoreCapturesThanAskedFor) {
  for (int i = 0; i < 5; ++i) {
    Append(maker_.MakeRecord("http://a.onion/" + std::to_string(i)));
    PutFacts(static_cast<std::uint64_t>(i), {{LinkKind::kAnchor, "http://a.onion/x"}});
  }
  EXPECT_EQ(Next(2).size(), 2U);
  EXPECT_EQ(follower_->cursor(), 2U);
  EXPECT_EQ(Next(100).size(), 3U);
}

TEST_F(LinkFollowerTest, FindsAFactsFolderThatWasDeletedAndMadeAgain) {
  Append(maker_.MakeRecord("http://a.onion/1"));
  PutFacts(0, {});
  (void)Next();
  facts_.reset();
  std::filesystem::remove_all(folder_ + "/facts");
  Append(maker_.MakeRecord("http://a.onion/2"));
  EXPECT_THAT(Next(), IsEmpty());
  PutFacts(1, {{LinkKind::kAnchor, "http://a.onion/x"}});
  clock_.Advance(std::chrono::seconds(5));
  EXPECT_EQ(Next().size(), 1U);
}

}  // namespace
}  // namespace nightjar::crawler
