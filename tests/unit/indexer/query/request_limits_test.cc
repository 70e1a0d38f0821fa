// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/request_limits.h"

#include "indexer/query/every_hit.h"
#include "indexer/query/schema.h"
#include "tests/unit/indexer/query/corpus.h"

namespace nightjar::query {
namespace {

using indexer::SampleFacts;

class Limits : public Corpus {
 protected:
  void AddOwls(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(next_);
      Add("/item/" + number, SampleFacts("Owl " + number, i % 2 == 0 ? "even clay" : "odd glass"));
    }
  }
  std::vector<std::uint64_t> FirstSeen(const Request& request) {
    std::vector<std::uint64_t> numbers;
    const Status done = EveryHit(*OpenSearcher(), request, [&](const Hit& hit) -> Status {
      numbers.push_back(hit.first_capture.value);
      return {};
    });
    EXPECT_TRUE(done) << done.error().Format();
    return numbers;
  }
};

TEST_F(Limits, FindTheVersionsThatCapturesFromOneToAnotherShowedFirst) {
  AddOwls(50);
  Add("/item/7", SampleFacts("Owl 7", "odd glass"), 1);  // capture 50 shows a known version
  const auto searcher = OpenSearcher();
  for (const auto& [from, to] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {0, 50}, {0, 1}, {10, 20}, {49, 50}, {49, 1000}, {50, 51}, {30, 30}, {0, UINT64_MAX}}) {
    const auto answer =
        searcher->Search({.text = "owl", .limit = 100, .first_capture_from = from, .first_capture_to = to});
    ASSERT_TRUE(answer) << answer.error().Format();
    EXPECT_EQ(answer->total, std::min<std::uint64_t>(to, 50) - std::min<std::uint64_t>(from, 50));
    for (const Hit& hit : answer->hits) {
      EXPECT_GE(hit.first_capture.value, from);
      EXPECT_LT(hit.first_capture.value, to);
    }
  }
}

TEST_F(Limits, StepOverVersionsThatWereErasedAndKeepThoseThatLostTheirFirstCapture) {
  AddOwls(20);
  Add("/item/4", SampleFacts("Owl 4", "even clay"), 1);  // capture 20
  const auto gone = [](CaptureNumber number) { return number.value == 4 || number.value == 9; };
  const auto ended = [](CaptureNumber) -> Result<UtcTime> { return UtcTime(); };
  ASSERT_EQ(writer_->Forget(gone, ended).value(), 2U);
  ASSERT_TRUE(writer_->Commit(next_));
  const auto answer = OpenSearcher()->Search({.text = "owl", .limit = 100});
  EXPECT_EQ(answer->total, 19U);
  EXPECT_EQ(FirstSeen({.text = "owl"}).size(), 19U);
  EXPECT_EQ(FirstSeen({.text = "owl", .first_capture_from = 8, .first_capture_to = 11}),
            (std::vector<std::uint64_t>{8, 10}));
}

TEST_F(Limits, ShowOneCaseAndCountNothingOfOthers) {
  Add("/a", SampleFacts("Owl", "ours"));
  Add("/b", SampleFacts("Owl", "theirs"), 0, "raven-1");
  const auto answer = OpenSearcher()->Search({.text = "owl", .cases = OnlyCase("raven-1")});
  ASSERT_EQ(answer->total, 1U);
  EXPECT_EQ(answer->hits[0].case_id, "raven-1");
  EXPECT_EQ(OpenSearcher()->Search({.text = "owl", .cases = OnlyCase("other")})->total, 0U);
  EXPECT_EQ(OpenSearcher()->Search({.text = "owl OR case:owl-7", .cases = OnlyCase("raven-1")})->total, 1U);
}

TEST_F(Limits, ShowOnePage) {
  AddOwls(3);
  const std::string url = "http://" + indexer::kSampleHost + "/item/1";
  EXPECT_EQ(OpenSearcher()->Search({.text = "owl", .only_url = url})->total, 1U);
}

TEST_F(Limits, GiveEveryHitOnceInTheOrderOfTheArchiveWhateverTheBatch) {
  AddOwls(40);
  std::vector<std::uint64_t> even;
  for (std::uint64_t n = 0; n < 40; n += 2) even.push_back(n);
  for (const std::uint32_t limit : {1U, 3U, 7U, 1000U, 100000U})
    EXPECT_EQ(FirstSeen({.text = "even", .limit = limit}), even) << limit;
  EXPECT_EQ(FirstSeen({.text = "nothing"}).size(), 0U);
}

TEST_F(Limits, EndWithTheErrorOfWhoTakesTheHits) {
  AddOwls(3);
  const Status done = EveryHit(*OpenSearcher(), {.text = "owl"},
                               [](const Hit&) -> Status { return Fail(Code::kFull, "enough"); });
  EXPECT_EQ(done.error().code, Code::kFull);
}

}  // namespace
}  // namespace nightjar::query
