// SPDX-License-Identifier: Apache-2.0
#include "indexer/rates/price_in_usd.h"

#include <gtest/gtest.h>

namespace nightjar::rates {
namespace {

wire::Field Value(const std::string& name, const std::string& value, const std::string& unit = "") {
  wire::Field field;
  field.name = name;
  field.value = value;
  field.unit = unit;
  return field;
}

wire::Facts Priced(const std::string& amount, const std::string& unit) {
  wire::Facts facts;
  facts.fields.push_back(Value("price", amount, unit));
  return facts;
}

void Rate(wire::Facts& facts, const std::string& coin, const std::string& currency, const std::string& rate) {
  wire::Item item;
  item.kind = "exchange_rate";
  if (!coin.empty()) item.fields.push_back(Value("coin", coin));
  item.fields.push_back(Value("currency", currency));
  item.fields.push_back(Value("rate", rate));
  facts.items.push_back(item);
}

const UtcTime kSeen = FromUnixMicros(1767225600LL * 1'000'000);  // 2026-01-01

TEST(PriceInUsd, TakesDollarsAsTheyArePrinted) {
  const auto price = PriceInUsd(Priced("12.50", "USD"), kSeen, nullptr);
  ASSERT_TRUE(price.has_value());
  EXPECT_EQ(price->amount, 12.5);
  EXPECT_EQ(price->source, "");
}

TEST(PriceInUsd, PrefersTheRatePrintedOnThePage) {
  const auto table = RateTable::Parse(",BTC,1\n", "r");
  wire::Facts facts = Priced("0.5", "BTC");
  Rate(facts, "BTC", "EUR", "50000");
  Rate(facts, "BTC", "USD", "60000");
  const auto price = PriceInUsd(facts, kSeen, &*table);
  ASSERT_TRUE(price.has_value());
  EXPECT_EQ(price->amount, 30000);
  EXPECT_EQ(price->source, "printed rate");
}

TEST(PriceInUsd, GoesFromEurosToDollarsOverTheCoinOfThePage) {
  wire::Facts facts = Priced("100", "EUR");
  Rate(facts, "BTC", "EUR", "50000");
  Rate(facts, "BTC", "USD", "60000");
  EXPECT_DOUBLE_EQ(PriceInUsd(facts, kSeen, nullptr)->amount, 120);
}

TEST(PriceInUsd, ReadsATableWhoseUnitThePageDoesNotName) {
  wire::Facts facts = Priced("2", "BTC");
  Rate(facts, "", "BTC", "1.0");
  Rate(facts, "", "USD", "6388");
  EXPECT_DOUBLE_EQ(PriceInUsd(facts, kSeen, nullptr)->amount, 12776);
}

TEST(PriceInUsd, NamesTheDayOfADailyRate) {
  const auto table = RateTable::Parse("2025-12-30,BTC,90000\n2026-01-02,BTC,1\n", "r");
  const auto price = PriceInUsd(Priced("5", "mBTC"), kSeen, &*table);
  ASSERT_TRUE(price.has_value());
  EXPECT_DOUBLE_EQ(price->amount, 450);
  EXPECT_EQ(price->source, "daily rate of 2025-12-30");
  EXPECT_DOUBLE_EQ(PriceInUsd(Priced("100000000", "sat"), kSeen, &*table)->amount, 90000);
}

TEST(PriceInUsd, NeverGuesses) {
  EXPECT_FALSE(PriceInUsd(Priced("5", "BTC"), kSeen, nullptr).has_value());
  EXPECT_FALSE(PriceInUsd(Priced("5", ""), kSeen, nullptr).has_value());
  EXPECT_FALSE(PriceInUsd(Priced("-5", "USD"), kSeen, nullptr).has_value());
  EXPECT_FALSE(PriceInUsd(Priced("5 or so", "USD"), kSeen, nullptr).has_value());
  EXPECT_FALSE(PriceInUsd({}, kSeen, nullptr).has_value());
  wire::Facts facts = Priced("5", "BTC");
  Rate(facts, "BTC", "USD", "0");
  EXPECT_FALSE(PriceInUsd(facts, kSeen, nullptr).has_value());
}

}  // namespace
}  // namespace nightjar::rates
