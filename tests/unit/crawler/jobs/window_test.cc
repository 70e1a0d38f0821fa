// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/window.h"

#include <gtest/gtest.h>

#include <vector>

namespace nightjar::jobs {
namespace {

UtcTime At(const std::string& text) {
  const auto time = ParseUtc(text + ":00Z");
  EXPECT_TRUE(time) << text;
  return time.value_or(UtcTime{});
}

std::vector<Window> Windows(const std::vector<std::string>& texts) {
  std::vector<Window> windows;
  for (const auto& text : texts) {
    const auto window = ParseWindow(text);
    EXPECT_TRUE(window) << text;
    if (window) windows.push_back(*window);
  }
  return windows;
}

TEST(Window, ThatCrossesMidnightBelongsToTheDayOnWhichItBegins) {
  const auto windows = Windows({"fri 22:00-06:00"});  // 2026-01-02 is a Friday
  EXPECT_FALSE(AnyContains(windows, At("2026-01-02T21:59")));
  EXPECT_TRUE(AnyContains(windows, At("2026-01-02T22:00")));
  EXPECT_TRUE(AnyContains(windows, At("2026-01-03T00:00")));
  EXPECT_TRUE(AnyContains(windows, At("2026-01-03T05:59")));
  EXPECT_FALSE(AnyContains(windows, At("2026-01-03T06:00"))) << "half open";
  EXPECT_FALSE(AnyContains(windows, At("2026-01-02T05:00"))) << "that would be Thursday's";
  EXPECT_FALSE(AnyContains(windows, At("2026-01-03T23:00")));
}

TEST(Window, OfAWholeDayHasNoGapAtMidnight) {
  const auto windows = Windows({"00:00-24:00"});
  for (const char* time : {"2026-01-01T00:00", "2026-01-01T23:59", "2026-02-28T12:00"})
    EXPECT_TRUE(AnyContains(windows, At(time))) << time;
}

TEST(Window, OfSeveralAnyWillDoAndNoneContainsNothing) {
  const auto windows = Windows({"08:00-09:00", "sat,sun 12:00-13:00"});
  EXPECT_TRUE(AnyContains(windows, At("2026-01-01T08:30")));
  EXPECT_FALSE(AnyContains(windows, At("2026-01-01T12:30")));
  EXPECT_TRUE(AnyContains(windows, At("2026-01-03T12:30")));
  EXPECT_FALSE(AnyContains({}, At("2026-01-03T12:30")));
}

TEST(Window, TellsItsNextEdge) {
  const auto next = [](const std::vector<std::string>& texts, const char* after) {
    const auto edge = NextEdge(Windows(texts), At(after));
    return edge ? FormatUtc(*edge).substr(0, 16) : "none";
  };
  EXPECT_EQ(next({"22:00-06:00"}, "2026-01-01T05:00"), "2026-01-01T06:00");
  EXPECT_EQ(next({"22:00-06:00"}, "2026-01-01T06:00"), "2026-01-01T22:00");
  EXPECT_EQ(next({"22:00-06:00"}, "2026-01-01T22:00"), "2026-01-02T06:00");
  EXPECT_EQ(next({"mon 10:00-11:00"}, "2026-01-05T11:00"), "2026-01-12T10:00");
  EXPECT_EQ(next({"mon 10:00-11:00", "tue 01:00-02:00"}, "2026-01-05T11:00"), "2026-01-06T01:00");
  EXPECT_EQ(next({}, "2026-01-05T11:00"), "none");
}

TEST(Window, HasOneFormThatIsReadBack) {
  for (const char* text : {"22:00-06:00", "00:00-24:00", "mon 08:15-09:00", "sun,tue,sat 23:59-00:01"}) {
    const auto window = ParseWindow(text);
    ASSERT_TRUE(window) << text;
    EXPECT_EQ(FormatWindow(*window), text);
  }
  EXPECT_EQ(FormatWindow(*ParseWindow("Fri-Mon 10:00-11:00")), "sun,mon,fri,sat 10:00-11:00");
  EXPECT_EQ(FormatWindow(*ParseWindow("sun-sat 10:00-11:00")), "10:00-11:00");
}

TEST(Window, RefusesWhatIsNone) {
  for (const char* text :
       {"", "22:00", "22-06", "22:00-", "24:00-06:00", "06:00-00:00", "10:00-10:00", "25:00-26:00",
        "10:60-11:00", "mon", "mon 10:00", "foo 10:00-11:00", "mon, 10:00-11:00", "mon  10:00-11:00",
        "1000-1100", "10:00-11:00 mon", "10:00-11:00-12:00", "-1:00-02:00"})
    EXPECT_FALSE(ParseWindow(text)) << text;
}

}  // namespace
}  // namespace nightjar::jobs
