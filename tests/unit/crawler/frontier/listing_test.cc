// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/listing.h"

#include "tests/unit/crawler/frontier/frontier_fixture.h"

namespace nightjar::frontier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ListingTest : public FrontierTest {
 protected:
  void SetUp() override {
    FrontierTest::SetUp();
    terms_.hosts = {OnionHost('a'), OnionHost('b')};
    SetJobs({terms_});
  }
  static std::string At(char host, const std::string& path) { return "http://" + OnionHost(host) + path; }
  std::vector<std::string> Urls(const ListFilter& filter, std::size_t limit = 100) const {
    std::vector<std::string> urls;
    std::string after;
    do {
      const auto page = ListQueue(folder_, filter, limit, after, clock_);
      EXPECT_TRUE(page) << page.error().Format();
      EXPECT_LE(page->urls.size(), limit);
      for (const auto& url : page->urls) urls.push_back(url.url);
      after = page->next;
    } while (!after.empty());
    return urls;
  }
};

TEST_F(ListingTest, ShowsTheQueueLaneByLaneInOrderOfDiscovery) {
  Add({At('a', "/1"), At('b', "/1"), At('a', "/2")});
  const auto all = {At('a', "/1"), At('a', "/2"), At('b', "/1")};
  for (const std::size_t limit : {1U, 2U, 3U, 100U})
    EXPECT_THAT(Urls({}, limit), ::testing::ElementsAreArray(all)) << limit;
}

TEST_F(ListingTest, FiltersByJobHostStateAndPrefix) {
  JobTerms other = terms_;
  other.id.value = "job-2";
  SetJobs({terms_, other});
  Add({At('a', "/1"), At('a', "/2"), At('b', "/1")});
  Add({At('a', "/other")}, 0, "", other.id);
  Complete(Lease(1).at(0));
  EXPECT_THAT(Urls({.job = other.id}), ElementsAre(At('a', "/other")));
  EXPECT_THAT(Urls({.job = kJob, .host = OnionHost('b')}), ElementsAre(At('b', "/1")));
  EXPECT_THAT(Urls({.host = OnionHost('b')}), ElementsAre(At('b', "/1")));
  EXPECT_THAT(Urls({.state = UrlState::kDone}), ElementsAre(At('a', "/1")));
  EXPECT_THAT(Urls({.state = UrlState::kDone}, 1), ElementsAre(At('a', "/1")))
      << "not the end where a page is full";
  EXPECT_THAT(Urls({.url_prefix = At('a', "/o")}), ElementsAre(At('a', "/other")));
  EXPECT_THAT(Urls({.job = JobId{"none"}}), IsEmpty());
  EXPECT_THAT(Urls({.job = kJob, .host = OnionHost('z')}), IsEmpty());
}

TEST_F(ListingTest, SaysWhatIsKnownOfEachUrl) {
  Add({At('a', "/waits")}, 3);
  Add({At('b', "/out")});
  const auto tasks = Lease();
  ASSERT_EQ(tasks.size(), 2U);
  Complete(tasks[0].depth == 3 ? tasks[0] : tasks[1], kPassing);
  const auto page = ListQueue(folder_, {}, 10, "", clock_);
  ASSERT_EQ(page->urls.size(), 2U);
  const QueuedUrl& waits = page->urls[0];
  EXPECT_EQ(waits.job, kJob);
  EXPECT_EQ(waits.host, OnionHost('a'));
  EXPECT_EQ(waits.state, UrlState::kWaiting);
  EXPECT_EQ(waits.why, "timed-out");
  EXPECT_EQ(waits.depth, 3U);
  EXPECT_EQ(waits.tries, 1U);
  EXPECT_EQ(page->urls[1].state, UrlState::kLeased);
  EXPECT_FALSE(page->urls[1].due);
}

TEST_F(ListingTest, ShowsLanesWithWhatStopsThem) {
  Add({At('a', "/1"), At('a', "//user@"), At('b', "/1"), At('b', "/" + std::string(3000, 'x'))});
  InTick([&](Tick& tick) {
    EXPECT_TRUE(tick.HoldLane(kJob, OnionHost('a'), "a captcha came"));
    return tick.SetHostRule(OnionHost('b'), {.min_delay = seconds(7)}).map([] { return 0; });
  });
  const auto page = ListLanes(folder_, {.job = kJob}, 10);
  ASSERT_TRUE(page) << page.error().Format();
  ASSERT_EQ(page->lanes.size(), 2U);
  EXPECT_EQ(page->lanes[0].held, "a captcha came");
  EXPECT_TRUE(page->lanes[0].held_since);
  EXPECT_THAT(page->lanes[1].excluded, ElementsAre(std::pair{Exclusion::kUrlTooLong, std::uint64_t{1}}));
  EXPECT_EQ(page->lanes[1].rule.min_delay, seconds(7));
  const auto first = ListLanes(folder_, {}, 1);
  ASSERT_EQ(first->lanes.size(), 1U);
  const auto second = ListLanes(folder_, {}, 1, first->next);
  ASSERT_EQ(second->lanes.size(), 1U);
  EXPECT_EQ(second->lanes[0].host, OnionHost('b'));
  EXPECT_EQ(second->next, "");
}

TEST_F(ListingTest, RefusesAPlaceThatNoPageGave) {
  EXPECT_EQ(ListQueue(folder_, {}, 10, "xyz", clock_).error().code, Code::kInvalidInput);
  EXPECT_EQ(ListQueue(folder_, {}, 10, "00", clock_).error().code, Code::kInvalidInput);
  EXPECT_EQ(ListLanes(folder_, {}, 10, "q").error().code, Code::kInvalidInput);
}

TEST(Listing, SaysWhereThereIsNoFrontier) {
  EXPECT_EQ(ReadCounts("/nonexistent/frontier").error().code, Code::kNotFound);
  EXPECT_EQ(ListQueue("/nonexistent/frontier", {}, 10).error().code, Code::kNotFound);
}

// A lane with many names: its buckets were split several times.
TEST_F(ListingTest, KnowsEveryNameOfALargeLane) {
  std::vector<std::string> urls;
  for (int i = 0; i < 5000; ++i) urls.push_back(At('a', "/listing/" + std::to_string(i)));
  EXPECT_EQ(Add(urls).fresh, 5000U);
  Open();
  EXPECT_EQ(Add(urls).known, 5000U);
  EXPECT_EQ(Urls({}, 700).size(), 5000U);
}

}  // namespace
}  // namespace nightjar::frontier
