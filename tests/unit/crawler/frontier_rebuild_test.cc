// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier_rebuild.h"

#include <gmock/gmock.h>

#include "archive/facts/facts_store.h"
#include "base/onion.h"
#include "crawler/frontier/listing.h"
#include "crawler/jobs/job_store.h"
#include "crawler/terms.h"
#include "tests/unit/crawler/archive_fixture.h"

namespace nightjar::crawler {
namespace {

using captures::Outcome;
using frontier::UrlState;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class FrontierRebuildTest : public ArchiveTest {
 protected:
  void SetUp() override {
    ArchiveTest::SetUp();
    settings_.data = folder_;
    settings_.crawl.tries = 2;
    jobs::Job job;
    job.id.value = "job-1";
    job.case_id.value = "case-1";
    job.legal_basis = "order 1";
    job.seeds = {base_ + "/"};
    job_ = *jobs::Validate(job);
    ASSERT_TRUE((*jobs::JobStore::Open(settings_.ControlFolder()))->Add(job_));
  }

  void Capture(const std::string& path, Outcome outcome = Outcome::kOk, const std::string& via = "-") {
    captures::Record record = maker_.MakeRecord(base_ + path);
    record.outcome = outcome;
    record.via = via == "-" ? "-" : base_ + via;
    record.depth = via == "-" ? 0 : 1;
    record.started = record.ended = SystemClock().Utc();
    if (outcome != Outcome::kOk) {
      record.detail = outcome == Outcome::kNotAttempted ? "robots.txt forbids it: Disallow: /x" : "it failed";
      record.http_status = 0;
    }
    ASSERT_TRUE(writer_->Append(std::vector{maker_.Sign(record)}));
  }
  void PutFacts(std::uint64_t number, const std::vector<std::string>& paths) {
    auto facts = *facts::FactsStore::Open(settings_.FactsFolder(), facts::FactsStore::Mode::kWrite);
    wire::Facts of_page;
    of_page.extractor = "nightjar-extract/1";
    for (const auto& path : paths) of_page.links.push_back({wire::LinkKind::kAnchor, base_ + path, ""});
    ASSERT_TRUE(facts->Put(std::vector{std::pair{CaptureNumber{number}, of_page}}));
  }
  RebuiltFrontier Rebuild() {
    const auto rebuilt = RebuildFrontier(settings_, StopSignal::Install());
    EXPECT_TRUE(rebuilt) << rebuilt.error().Format();
    return *rebuilt;
  }
  std::vector<std::string> Paths(UrlState state) const {
    const auto page = frontier::ListQueue(settings_.FrontierFolder(), {.state = state}, 100);
    EXPECT_TRUE(page) << page.error().Format();
    std::vector<std::string> paths;
    for (const auto& url : page->urls) paths.push_back(url.url.substr(base_.size()));
    return paths;
  }
  std::unique_ptr<frontier::Frontier> OpenFrontier() const {
    frontier::Options options;
    options.folder = settings_.FrontierFolder();
    options.tries = settings_.crawl.tries;
    auto opened = frontier::Frontier::Open(options);
    EXPECT_TRUE(opened) << opened.error().Format();
    return std::move(*opened);
  }

  config::Settings settings_;
  jobs::Job job_;
  const std::string base_ =
      "http://" + OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, 'h'))->public_key()).host();
};

TEST_F(FrontierRebuildTest, KnowsWhatWasFetchedWhatFailedAndWhatWaits) {
  Capture("/");
  Capture("/done", Outcome::kOk, "/");
  Capture("/lost", Outcome::kTimedOut, "/");
  Capture("/lost", Outcome::kTimedOut, "/");
  Capture("/hopeless", Outcome::kBadAddress, "/");
  Capture("/tried", Outcome::kTimedOut, "/");
  PutFacts(0, {"/done", "/lost", "/hopeless", "/tried", "/new"});
  PutFacts(1, {"/", "/newer"});
  const RebuiltFrontier rebuilt = Rebuild();
  EXPECT_EQ(rebuilt.captures, 6U);
  EXPECT_EQ(rebuilt.urls, 7U);
  EXPECT_EQ(rebuilt.followed, 6U);
  EXPECT_THAT(Paths(UrlState::kDone), UnorderedElementsAre("/", "/done"));
  EXPECT_THAT(Paths(UrlState::kFailed), UnorderedElementsAre("/lost", "/hopeless"));
  EXPECT_THAT(Paths(UrlState::kWaiting), UnorderedElementsAre("/tried", "/new", "/newer"));
  EXPECT_EQ(OpenFrontier()->cursor(), 6U);
}

TEST_F(FrontierRebuildTest, KnowsWhatWasLeftOutAndRecordedAsThat) {
  Capture("/");
  Capture("/x", Outcome::kNotAttempted, "/");
  PutFacts(0, {"/x"});
  Rebuild();
  EXPECT_THAT(Paths(UrlState::kExcluded), ElementsAre("/x"));
  EXPECT_THAT(Paths(UrlState::kFailed), ElementsAre());
  EXPECT_EQ(OpenFrontier()->Progress(job_.id)->pages, 1U) << "it cost no page";
}

TEST_F(FrontierRebuildTest, LetsTheCrawlGoOnWithWhatIsLeft) {
  Capture("/");
  Capture("/tried", Outcome::kTimedOut, "/");
  PutFacts(0, {"/tried"});
  Rebuild();
  const auto frontier = OpenFrontier();
  auto tick = *frontier->Begin();
  frontier::JobTerms terms = TermsOf(job_, true);
  terms.delay = std::chrono::milliseconds(0);
  EXPECT_THAT(*tick.SetJobs(std::vector{terms}), ElementsAre()) << "its seeds are there";
  EXPECT_EQ(tick.Lease(10)->size(), 0U) << "its next try has its time";
  ASSERT_TRUE(tick.Commit());
  EXPECT_FALSE(frontier->Idle());
  EXPECT_EQ(frontier->Progress(job_.id)->pages, 2U);
}

TEST_F(FrontierRebuildTest, FollowsLinksAsFarAsThereAreFacts) {
  Capture("/");
  Capture("/unread", Outcome::kOk, "/");
  PutFacts(0, {"/unread", "/new"});
  EXPECT_EQ(Rebuild().followed, 1U);
  EXPECT_EQ(OpenFrontier()->cursor(), 1U);
}

TEST_F(FrontierRebuildTest, BeginsWithTheSeedsWhereNothingWasEverFetched) {
  EXPECT_EQ(Rebuild().urls, 1U);
  EXPECT_THAT(Paths(UrlState::kWaiting), ElementsAre("/"));
}

TEST_F(FrontierRebuildTest, TakesThePlaceOfTheOldOneAndLeavesNothingBehind) {
  Rebuild();
  Capture("/");
  Rebuild();
  EXPECT_THAT(Paths(UrlState::kDone), ElementsAre("/"));
  EXPECT_FALSE(std::filesystem::exists(settings_.FrontierFolder() + ".new"));
}

TEST_F(FrontierRebuildTest, RefusesWhileACrawlRuns) {
  Rebuild();
  const auto crawling = OpenFrontier();
  EXPECT_EQ(RebuildFrontier(settings_, StopSignal::Install()).error().code, Code::kUnavailable);
}

}  // namespace
}  // namespace nightjar::crawler
