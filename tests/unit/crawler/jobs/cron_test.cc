// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/cron.h"

#include <gtest/gtest.h>

namespace nightjar::jobs {
namespace {

// "2026-02-28 23:59" and back.
UtcTime At(std::string text) {
  text[10] = 'T';
  const auto time = ParseUtc(text + (text.size() == 16 ? ":00Z" : "Z"));
  EXPECT_TRUE(time) << text;
  return time.value_or(UtcTime{});
}

std::string NextOf(const std::string& cron, const std::string& after) {
  const auto parsed = Cron::Parse(cron);
  if (!parsed) return parsed.error().text;
  const auto next = parsed->NextAfter(At(after));
  if (!next) return "never";
  std::string text = FormatUtc(*next).substr(0, 16);
  text[10] = ' ';
  return text;
}

struct Case {
  const char* cron;
  const char* after;
  const char* next;
};
constexpr Case kCases[] = {
    // Later than the given moment, never the same.
    {"* * * * *", "2026-01-01 00:00", "2026-01-01 00:01"},
    {"* * * * *", "2026-01-01 00:00:59", "2026-01-01 00:01"},
    {"0 0 * * *", "2026-01-01 00:00", "2026-01-02 00:00"},
    {"59 23 31 12 *", "2026-12-31 23:58", "2026-12-31 23:59"},
    {"59 23 31 12 *", "2026-12-31 23:59", "2027-12-31 23:59"},
    // Lists, ranges, steps.
    {"0,30 * * * *", "2026-01-01 00:00", "2026-01-01 00:30"},
    {"*/20 * * * *", "2026-01-01 00:41", "2026-01-01 01:00"},
    {"10-30/10 * * * *", "2026-01-01 00:31", "2026-01-01 01:10"},
    {"5 8-18/4 * * *", "2026-01-01 08:05", "2026-01-01 12:05"},
    {"05 02 * * *", "2026-01-01 00:00", "2026-01-01 02:05"},
    {"0 1-2,5,20-23/3 * * *", "2026-01-01 20:00", "2026-01-01 23:00"},
    // Names, in any case; 7 is Sunday; ranges that end on Sunday. 2026-01-01 is a Thursday.
    {"0 0 * * MON", "2026-01-01 00:00", "2026-01-05 00:00"},
    {"0 0 * jun *", "2026-07-01 00:00", "2027-06-01 00:00"},
    {"0 0 * * 7", "2026-01-01 00:00", "2026-01-04 00:00"},
    {"0 0 * * 0", "2026-01-01 00:00", "2026-01-04 00:00"},
    {"0 0 * * fri-sun", "2026-01-03 00:00", "2026-01-04 00:00"},
    {"0 0 * * mon-fri", "2026-01-02 00:00", "2026-01-05 00:00"},
    {"0 0 * * 1-5/2", "2026-01-02 00:00", "2026-01-05 00:00"},
    // Days that not every month or year has.
    {"0 0 31 * *", "2026-01-31 00:00", "2026-03-31 00:00"},
    {"0 0 30 2 *", "2026-01-01 00:00", "never"},
    {"0 0 29 2 *", "2026-01-01 00:00", "2028-02-29 00:00"},
    {"0 0 29 2 *", "2028-02-29 00:00", "2032-02-29 00:00"},
    {"0 0 29 2 *", "2096-02-29 00:00", "2104-02-29 00:00"},
    {"0 12 28 2 *", "2028-02-28 12:00", "2029-02-28 12:00"},
    {"0 0 1 3 *", "2028-02-29 23:59", "2028-03-01 00:00"},
    // Both kinds of day restricted: either will do. 2026-02-13 is a Friday.
    {"0 0 13 * fri", "2026-02-01 00:00", "2026-02-06 00:00"},
    {"0 0 13 * fri", "2026-02-12 00:00", "2026-02-13 00:00"},
    {"0 0 13 * fri", "2026-03-06 00:00", "2026-03-13 00:00"},
    {"0 0 15 * mon", "2026-02-14 00:00", "2026-02-15 00:00"},
    // A field that begins with '*' is not restricted: both must fit.
    {"0 0 */2 * fri", "2026-02-01 00:00", "2026-02-13 00:00"},
    {"0 0 13 * */5", "2026-02-01 00:00", "2026-02-13 00:00"},
    {"0 0 29 2 */7", "2026-01-01 00:00", "2032-02-29 00:00"},
    // Nicknames.
    {"@hourly", "2026-01-01 00:30", "2026-01-01 01:00"},
    {"@daily", "2026-12-31 00:30", "2027-01-01 00:00"},
    {"@midnight", "2026-12-31 00:30", "2027-01-01 00:00"},
    {"@weekly", "2026-01-01 00:00", "2026-01-04 00:00"},
    {"@monthly", "2026-01-01 00:00", "2026-02-01 00:00"},
    {"@yearly", "2026-01-01 00:00", "2027-01-01 00:00"},
    {"@Annually", "2026-01-01 00:00", "2027-01-01 00:00"},
};

TEST(Cron, FindsTheNextMoment) {
  for (const Case& one : kCases)
    EXPECT_EQ(NextOf(one.cron, one.after), one.next) << one.cron << " " << one.after;
}

TEST(Cron, RefusesWhatIsNone) {
  for (const char* text : {"",
                           "* * * *",
                           "* * * * * *",
                           "60 * * * *",
                           "* 24 * * *",
                           "* * 0 * *",
                           "* * 32 * *",
                           "* * * 13 *",
                           "* * * 0 *",
                           "* * * * 8",
                           "*/0 * * * *",
                           "5-1 * * * *",
                           "1-2-3 * * * *",
                           "1/2 * * * *",
                           ", * * * *",
                           "1,, * * * *",
                           "x * * * *",
                           "* * * foo *",
                           "* * * * sund",
                           "-1 * * * *",
                           "+1 * * * *",
                           "*/2/2 * * * *",
                           "@reboot",
                           "@",
                           "001 * * * *",
                           "1- * * * *",
                           "** * * * *",
                           "* * * * mon-xyz"}) {
    EXPECT_FALSE(Cron::Parse(text)) << text;
  }
}

TEST(Cron, SaysWhichFieldIsWrong) {
  EXPECT_NE(NextOf("0 25 * * *", "2026-01-01 00:00").find("hour"), std::string::npos);
  EXPECT_NE(NextOf("0 0 * * someday", "2026-01-01 00:00").find("day of week"), std::string::npos);
  EXPECT_NE(NextOf("hourly", "2026-01-01 00:00").find("@hourly"), std::string::npos);
}

// The definition itself: every minute of five years is asked by the fields written out.
TEST(Cron, AgreesWithAskingEveryMinute) {
  const Cron cron = *Cron::Parse("*/17 3,15 1,29 2-5 mon");
  UtcTime expected = At("2026-01-01 00:00");
  for (int found = 0; found < 60; ++found) {
    const auto next = cron.NextAfter(expected);
    ASSERT_TRUE(next);
    do {
      expected += std::chrono::minutes(1);
      const auto day = std::chrono::floor<std::chrono::days>(expected);
      const std::chrono::year_month_day date(day);
      const auto minute = (expected - day) / std::chrono::minutes(1);
      const bool month_fits = date.month() >= std::chrono::February && date.month() <= std::chrono::May;
      const bool day_fits = date.day() == std::chrono::day(1) || date.day() == std::chrono::day(29) ||
                            std::chrono::weekday(day) == std::chrono::Monday;
      const bool time_fits = (minute / 60 == 3 || minute / 60 == 15) && minute % 60 % 17 == 0;
      if (month_fits && day_fits && time_fits) break;
    } while (expected < At("2031-01-01 00:00"));
    ASSERT_EQ(FormatUtc(*next), FormatUtc(expected));
  }
}

}  // namespace
}  // namespace nightjar::jobs
