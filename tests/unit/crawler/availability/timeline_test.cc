// SPDX-License-Identifier: Apache-2.0
#include "crawler/availability/timeline.h"

#include <gtest/gtest.h>

namespace nightjar::availability {
namespace {

using std::chrono::hours;

UtcTime At(int hour) { return UtcTime(hours(500000 + hour)); }
Span SpanOf(Cause cause, int from, int to, std::uint64_t count) { return {cause, At(from), At(to), count}; }

Timeline Seen(const std::vector<Span>& spans) {
  Timeline timeline;
  for (const Span& span : spans) timeline.Add(span);
  return timeline;
}

Verdict VerdictOf(const std::vector<Span>& spans) { return Judge(Seen(spans), {}).verdict; }

TEST(Timeline, JoinsEqualObservationsInARow) {
  const Timeline timeline = Seen({SpanOf(Cause::kAnswered, 0, 0, 1), SpanOf(Cause::kAnswered, 1, 1, 1),
                                  SpanOf(Cause::kTimedOut, 2, 2, 1), SpanOf(Cause::kAnswered, 3, 3, 1)});
  ASSERT_EQ(timeline.spans.size(), 3U);
  EXPECT_EQ(timeline.spans[0], SpanOf(Cause::kAnswered, 0, 1, 2));
}

TEST(Timeline, TakesAnswersBackThatWereWalls) {
  Timeline timeline;
  for (int i = 0; i < 5; ++i) {
    timeline.Add(SpanOf(Cause::kAnswered, i, i, 1));
    timeline.Add(SpanOf(Cause::kWall, i, i, 1));
  }
  ASSERT_EQ(timeline.spans.size(), 1U);
  EXPECT_EQ(timeline.spans[0], SpanOf(Cause::kWall, 0, 4, 5));
  timeline.Add(SpanOf(Cause::kAnswered, 5, 6, 3));
  timeline.Add(SpanOf(Cause::kWall, 6, 6, 2));
  ASSERT_EQ(timeline.spans.size(), 3U);
  EXPECT_EQ(timeline.spans[1].count, 1U) << "the others were walls";
}

TEST(Timeline, ForgetsTheOldestOfTooMany) {
  Timeline timeline;
  for (int i = 0; i < 300; ++i)
    timeline.Add(SpanOf(i % 2 == 0 ? Cause::kAnswered : Cause::kTimedOut, i, i, 1));
  EXPECT_EQ(timeline.spans.size(), Timeline::kMostSpans);
  EXPECT_EQ(timeline.forgotten, 300U - Timeline::kMostSpans);
  EXPECT_EQ(timeline.spans.back().first, At(299));
}

TEST(Timeline, ReadsBackWhatWasWritten) {
  const Timeline timeline = Seen({SpanOf(Cause::kAnswered, 0, 5, 7), SpanOf(Cause::kWall, 6, 9, 2)});
  const Bytes row = Encode(timeline);
  EXPECT_EQ(*DecodeTimeline(row), timeline);
  for (std::size_t cut = 0; cut < row.size(); ++cut) EXPECT_FALSE(DecodeTimeline(row.substr(0, cut)));
  EXPECT_FALSE(DecodeTimeline(row + "x"));
  Bytes unknown = row;
  unknown[13] = static_cast<char>(kCauses);
  EXPECT_EQ(DecodeTimeline(unknown).error().code, Code::kCorrupt);
}

TEST(Judge, TakesAHostForDownOnlyAfterEnoughTriesOverEnoughTime) {
  EXPECT_EQ(VerdictOf({}), Verdict::kUnknown);
  EXPECT_EQ(VerdictOf({SpanOf(Cause::kAnswered, 0, 9, 5)}), Verdict::kUp);
  EXPECT_EQ(VerdictOf({SpanOf(Cause::kDescriptor, 0, 1, 50)}), Verdict::kTroubled)
      << "often, but not for long";
  EXPECT_EQ(VerdictOf({SpanOf(Cause::kDescriptor, 0, 30, 2)}), Verdict::kTroubled)
      << "for long, but not often";
  EXPECT_EQ(VerdictOf({SpanOf(Cause::kDescriptor, 0, 24, 3)}), Verdict::kDown);
}

TEST(Judge, CountsDescriptorAndIntroductionFailuresTogetherAndSkipsWhatSpeaksOfTheWay) {
  const std::vector<Span> spans = {SpanOf(Cause::kAnswered, 0, 0, 9), SpanOf(Cause::kIntroduction, 1, 1, 1),
                                   SpanOf(Cause::kTimedOut, 5, 9, 8), SpanOf(Cause::kTorNotReady, 10, 12, 3),
                                   SpanOf(Cause::kDescriptor, 20, 30, 2)};
  const Judgement judged = Judge(Seen(spans), {});
  EXPECT_EQ(judged.verdict, Verdict::kDown);
  EXPECT_EQ(judged.cause, Cause::kDescriptor);
  EXPECT_EQ(judged.since, At(1));
  EXPECT_EQ(judged.tries, 3U);
}

TEST(Judge, NeverCallsAHostDownForTroubleOnTheWayOrOfOurOwn) {
  for (const Cause cause : {Cause::kTimedOut, Cause::kRendezvous, Cause::kDisconnected, Cause::kTorNotReady,
                            Cause::kServerError, Cause::kWall, Cause::kRefused, Cause::kClientAuth})
    EXPECT_NE(VerdictOf({SpanOf(cause, 0, 1000, 1000)}), Verdict::kDown) << CauseName(cause);
  EXPECT_EQ(VerdictOf({SpanOf(Cause::kTorNotReady, 0, 1000, 1000)}), Verdict::kUnknown);
}

TEST(Judge, BeginsAnewWheneverTheHostWasReached) {
  EXPECT_EQ(VerdictOf({SpanOf(Cause::kDescriptor, 0, 23, 5), SpanOf(Cause::kServerError, 24, 24, 1),
                       SpanOf(Cause::kDescriptor, 25, 40, 5)}),
            Verdict::kTroubled);
  EXPECT_EQ(VerdictOf({SpanOf(Cause::kDescriptor, 0, 100, 5), SpanOf(Cause::kAnswered, 101, 101, 1)}),
            Verdict::kUp);
  const Judgement walled =
      Judge(Seen({SpanOf(Cause::kAnswered, 0, 1, 2), SpanOf(Cause::kWall, 2, 3, 4)}), {});
  EXPECT_EQ(walled.verdict, Verdict::kTroubled);
  EXPECT_EQ(walled.cause, Cause::kWall);
}

}  // namespace
}  // namespace nightjar::availability
