// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/rows.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "crawler/frontier/packed.h"

namespace nightjar::frontier {
namespace {

// A row comes back as it went, and no part of one is taken for a whole one.
template <typename Row, typename Decode>
void ExpectRoundTrip(const Row& row, const Decode& decode) {
  const Bytes bytes = Encode(row);
  const auto back = decode(bytes);
  ASSERT_TRUE(back) << back.error().Format();
  EXPECT_EQ(Encode(*back), bytes);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode(ByteView(bytes).substr(0, size)));
  EXPECT_FALSE(decode(bytes + "x"));
}

TEST(Rows, ComeBackAsTheyWent) {
  const Moment moment(std::chrono::hours(500'000));
  ExpectRoundTrip(UrlRow{true, 3, moment, {7, 9}, true, "/path?x"}, DecodeUrlRow);
  VisitRow visit{UrlState::kFailed, 4, 2, kFaultBand + 3};
  visit.history = {.content = 0x1122334455667788, .last = moment, .visits = 5, .changes = 2, .watched = 1000};
  ExpectRoundTrip(visit, DecodeVisitRow);
  LaneState state;
  state.counts = {.waiting = 1, .leased = 2, .done = 3, .failed = 4, .excluded = 5};
  state.end = 10;
  state.fresh = 6;
  state.excluded.at(3) = 5;
  ExpectRoundTrip(state, DecodeLaneState);
  ExpectRoundTrip(LaneRow{1, 2, false}, DecodeLaneRow);
  ExpectRoundTrip(HostRow{moment, 1500, 0.25F}, DecodeHostRow);
  JobRow job;
  job.run = 4;
  job.bytes = 1'000'000;
  job.excluded.at(7) = 12;
  ExpectRoundTrip(job, DecodeJobRow);
  ExpectRoundTrip(HoldRow{moment, "a wall"}, DecodeHoldRow);
  ExpectRoundTrip(HostRuleRow{true, 3000}, DecodeHostRuleRow);
  ExpectRoundTrip(DiscoveredRow{true, moment, 6, "http://a.onion/"}, DecodeDiscoveredRow);
  ExpectRoundTrip(TimeMark{moment, MonoTime(Micros(5)), "boot"}, DecodeTimeMark);
}

TEST(Rows, CutTheOriginThatALaneHasInCommon) {
  EXPECT_EQ(CutOrigin("http://h.onion/a", "h.onion"), "/a");
  for (const char* kept :
       {"https://h.onion/a", "http://www.h.onion/a", "http://h.onion:81/a", "http://h.onion.x/a"})
    EXPECT_EQ(CutOrigin(kept, "h.onion"), kept);
  for (const char* url : {"http://h.onion/", "http://h.onion/a?b", "http://h.onion:81/a", "https://h.onion/"})
    EXPECT_EQ(WholeUrl(CutOrigin(url, "h.onion"), "h.onion"), url);
}

TEST(Keys, SortALanesQueueByTimeThenByAge) {
  const Bytes early(QueueKey(1, 5, 9).View());
  EXPECT_LT(early, Bytes(QueueKey(1, 5, 10).View()));
  EXPECT_LT(early, Bytes(QueueKey(1, 6, 0).View()));
  EXPECT_LT(early, Bytes(QueueKey(2, 0, 0).View()));
  const auto entry = ReadQueueKey(early);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->place, (UrlPlace{1, 9}));
  EXPECT_EQ(entry->time, 5U);
  EXPECT_FALSE(ReadQueueKey("short"));
}

TEST(Buckets, FindWhatWasPutAndLoseNothingWhenSplit) {
  SeededRandom dice(3);
  Bytes bucket;
  std::vector<std::pair<NameHash, KnownRow>> names;
  for (std::uint32_t i = 0; i < 200; ++i) {
    names.emplace_back(dice.Next(), KnownRow{static_cast<scope::Exclusion>(i % 3), i, i * 7});
    PutName(bucket, names.back().first, names.back().second);
  }
  names[5].second.depth = 1;
  PutName(bucket, names[5].first, names[5].second);  // replaced, not added
  EXPECT_EQ(bucket.size() % 200, 0U);
  const auto [low, high] = SplitBucket(bucket, 63);
  EXPECT_EQ(low.size() + high.size(), bucket.size());
  for (const auto& [hash, row] : names) {
    const Bytes* const half = hash >> 63 == 0 ? &low : &high;
    for (const Bytes* of : {static_cast<const Bytes*>(&bucket), half}) {
      const auto found = FindName(*of, hash);
      ASSERT_TRUE(found && *found);
      EXPECT_EQ((*found)->excluded, row.excluded);
      EXPECT_EQ((*found)->depth, row.depth);
      EXPECT_EQ((*found)->seq, row.seq);
    }
  }
  EXPECT_FALSE(FindName(bucket, 12345)->has_value());
  EXPECT_FALSE(CheckBucket(ByteView(bucket).substr(1)));
}

TEST(Blocks, KeepRowsOfAnyLengthInTheirPlaces) {
  Bytes block;
  for (Seq i = 0; i < kUrlsPerBlock; ++i) {
    UrlRow row;
    row.url = "/" + std::string(i * 50, 'x');
    ASSERT_TRUE(PutRow(block, i, row));
  }
  UrlRow longer;
  longer.url = "/" + std::string(2000, 'y');
  ASSERT_TRUE(PutRow(block, 3, longer));
  for (Seq i = 0; i < kUrlsPerBlock; ++i) {
    const auto row = RowOfBlock(block, i);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->url.size(), i == 3 ? 2001U : 1 + i * 50);
  }
  EXPECT_FALSE(RowOfBlock(block, kUrlsPerBlock));
  EXPECT_FALSE(RowOfBlock(ByteView(block).substr(0, block.size() - 1), kUrlsPerBlock - 1));
}

}  // namespace
}  // namespace nightjar::frontier
