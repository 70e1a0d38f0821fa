// SPDX-License-Identifier: Apache-2.0
#include "indexer/rates/rate_table.h"

#include <gtest/gtest.h>

namespace nightjar::rates {
namespace {

std::chrono::sys_days Day(int day) { return std::chrono::year(2026) / 11 / day; }

TEST(RateTable, GivesTheNewestRateOfTheDayOrBefore) {
  const auto table = RateTable::Parse(
      "date,currency,usd\n2026-11-20,BTC,90000\n# a note\n\n2026-11-22,btc,91000.5\r\n", "r");
  ASSERT_TRUE(table.has_value()) << table.error().Format();
  EXPECT_FALSE(table->On("BTC", Day(19)).has_value());
  EXPECT_EQ(table->On("BTC", Day(20))->usd, 90000);
  EXPECT_EQ(table->On("btc", Day(21))->day, "2026-11-20");
  EXPECT_EQ(table->On("BTC", Day(30))->usd, 91000.5);
  EXPECT_FALSE(table->On("XMR", Day(30)).has_value());
  EXPECT_EQ(table->On("usd", Day(1))->usd, 1);
}

TEST(RateTable, FallsBackToARateWithoutADate) {
  const auto table = RateTable::Parse(",EUR,1.08\n2026-11-20,EUR,1.1\n", "r");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->On("EUR", Day(1))->usd, 1.08);
  EXPECT_EQ(table->On("EUR", Day(1))->day, "");
  EXPECT_EQ(table->On("EUR", Day(20))->usd, 1.1);
}

TEST(RateTable, RefusesWhatIsNoRateWithItsLine) {
  for (const char* bad : {"2026-11-20,BTC", "2026-02-30,BTC,1", "20-11-2026,BTC,1", "2026-11-20,B1,1",
                          "2026-11-20,BTC,0", "2026-11-20,BTC,-1", "2026-11-20,BTC,1e400",
                          "2026-11-20,BTC,nan", "2026-11-20,,1", "x", ",EUR,1\n,eur,2"}) {
    const auto table = RateTable::Parse(std::string(",USDT,1\n") + bad, "rates.csv");
    ASSERT_FALSE(table.has_value()) << bad;
    EXPECT_EQ(table.error().code, Code::kInvalidInput);
    EXPECT_TRUE(table.error().where.starts_with("rates.csv:")) << table.error().where;
    EXPECT_NE(table.error().where, "rates.csv:1") << bad;
  }
}

}  // namespace
}  // namespace nightjar::rates
