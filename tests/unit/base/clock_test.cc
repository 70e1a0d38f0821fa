// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include <gtest/gtest.h>

#include <string>

namespace nightjar {
namespace {

using namespace std::chrono_literals;

TEST(UtcTime, IsWrittenWithSixFractionDigits) {
  EXPECT_EQ(FormatUtc(FromUnixMicros(0)), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(FormatUtc(FromUnixMicros(1)), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(FormatUtc(FromUnixMicros(-1)), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(FormatUtc(FromUnixMicros(1709210096789012)), "2024-02-29T12:34:56.789012Z");
}

TEST(UtcTime, SurvivesARoundTripThroughText) {
  for (const std::int64_t micros :
       {0LL, -1LL, 1709210096789012LL, 253402300799999999LL, -62135596800000000LL}) {
    EXPECT_EQ(ParseUtc(FormatUtc(FromUnixMicros(micros))).value(), FromUnixMicros(micros)) << micros;
  }
  EXPECT_EQ(UnixSeconds(ParseUtc("2026-01-31T23:59:59Z").value()), 1769903999);
}

TEST(UtcTime, HasNoOtherSpelling) {
  using namespace std::string_literals;
  for (const auto& text :
       {""s, "2026-01-31"s, "2026-01-31 23:59:59Z"s, "2026-01-31T23:59:59"s, "2026-01-31T23:59:59+00:00"s,
        "2026-01-31T23:59:59.5Z"s, "2026-01-31T23:59:59.0000001Z"s, "2026-01-31T24:00:00Z"s,
        "2026-01-31T23:60:00Z"s, "2016-12-31T23:59:60Z"s, "2026-02-29T00:00:00Z"s, "2026-13-01T00:00:00Z"s,
        "2026-1-31T23:59:59Z"s, " 2026-01-31T23:59:59Z"s, "2026-01-31T23:59:59Zx"s, "2026-01-31T23:59:59Z\0"s,
        "-001-01-31T23:59:59Z"s, "2026-01-31T23:59:+9Z"s, "2026-01-31t23:59:59z"s}) {
    EXPECT_FALSE(ParseUtc(text)) << text;
  }
}

TEST(ManualClock, MovesOnlyByHand) {
  ManualClock clock;
  EXPECT_EQ(FormatUtc(clock.Utc()), "2026-01-01T00:00:00.000000Z");
  clock.Advance(90s);
  EXPECT_EQ(FormatUtc(clock.Utc()), "2026-01-01T00:01:30.000000Z");
  EXPECT_EQ(clock.Mono(), MonoTime(90s));
  clock.SetUtc(FromUnixMicros(0));
  EXPECT_EQ(UnixMicros(clock.Utc()), 0);
  EXPECT_EQ(clock.Mono(), MonoTime(90s));
}

TEST(SystemClock, ReadsTheClocksOfTheMachine) {
  const UtcTime before(std::chrono::floor<Micros>(std::chrono::system_clock::now()));
  const UtcTime now = SystemClock().Utc();
  const UtcTime after(std::chrono::ceil<Micros>(std::chrono::system_clock::now()));
  EXPECT_GE(now, before);
  EXPECT_LE(now, after);
  const MonoTime first = SystemClock().Mono();
  EXPECT_GE(SystemClock().Mono(), first);
}

TEST(BootId, IsTheSameAllThroughAProcess) {
  EXPECT_FALSE(BootId().empty());
  EXPECT_EQ(BootId().find('\n'), std::string::npos);
  EXPECT_EQ(&BootId(), &BootId());
}

}  // namespace
}  // namespace nightjar
