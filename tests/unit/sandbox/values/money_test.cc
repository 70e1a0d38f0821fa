// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/money.h"

#include <gtest/gtest.h>

namespace nightjar::values {
namespace {

std::string Found(std::string_view text) {
  const auto money = FindMoney(text);
  return money ? money->amount + " " + money->currency + " [" +
                     std::string(text.substr(money->begin, money->end - money->begin)) + "]"
               : "nothing";
}

TEST(Money, ReadsSignsAndCodesOnEitherSide) {
  EXPECT_EQ(Found("Price: $50.96 only"), "50.96 USD [$50.96]");
  EXPECT_EQ(Found("4.00 USD / 0.00042375 BTC"), "4.00 USD [4.00 USD]");
  EXPECT_EQ(Found("USD 1,108.00 (฿0.01)"), "1108.00 USD [USD 1,108.00]");
  EXPECT_EQ(Found("€124.80000000000001"), "124.80000000000001 EUR [€124.80000000000001]");
  EXPECT_EQ(Found("49,90 €"), "49.90 EUR [49,90 €]");
  EXPECT_EQ(Found("฿0.000787"), "0.000787 BTC [฿0.000787]");
  EXPECT_EQ(Found("AU$12"), "12 AUD [AU$12]");
  EXPECT_EQ(Found("0.5xmr"), "0.5 XMR [0.5xmr]");
}

TEST(Money, GoesPastNumbersThatAreNoMoney) {
  EXPECT_EQ(Found("100 pills, 5 stars, 25 GBP"), "25 GBP [25 GBP]");
  EXPECT_EQ(Found("2019-12-25 and 97 pieces"), "nothing");
  EXPECT_EQ(Found("btcoin 5"), "nothing");
  EXPECT_EQ(Found(""), "nothing");
  EXPECT_EQ(Found("$"), "nothing");
}

TEST(Money, KeepsDecimalsExactWhateverSeparatorsSay) {
  EXPECT_EQ(ExactDecimal("1,108.00"), "1108.00");
  EXPECT_EQ(ExactDecimal("1.108,00"), "1108.00");
  EXPECT_EQ(ExactDecimal("1,108"), "1108");
  EXPECT_EQ(ExactDecimal("12,5"), "12.5");
  EXPECT_EQ(ExactDecimal("1.234.567"), "1234567");
  EXPECT_EQ(ExactDecimal("0.10"), "0.10");
  EXPECT_EQ(ExactDecimal("1,2,3"), std::nullopt);
  EXPECT_EQ(ExactDecimal("1.2.3"), std::nullopt);
  EXPECT_EQ(ExactDecimal(std::string(100, '9')), std::nullopt);
}

TEST(Money, ReadsCoinsPartsOfCoinsAndSignsOfStates) {
  EXPECT_EQ(Found("0.0012 Ƀ"), "0.0012 BTC [0.0012 Ƀ]");
  EXPECT_EQ(Found("3.5 mBTC"), "3.5 mBTC [3.5 mBTC]");
  EXPECT_EQ(Found("12 Monero each"), "12 XMR [12 Monero]");
  EXPECT_EQ(Found("1 Bitcoin Cash"), "1 BCH [1 Bitcoin Cash]");
  EXPECT_EQ(Found("5 000,50 руб"), "5000.50 RUB [5 000,50 руб]");
  EXPECT_EQ(Found("CHF 1'108.00"), "1108.00 CHF [CHF 1'108.00]");
  EXPECT_EQ(Found("200 zł"), "200 PLN [200 zł]");
  EXPECT_EQ(Found("0.4 USDT"), "0.4 USDT [0.4 USDT]");
  EXPECT_EQ(Found("1500 satoshi"), "1500 sat [1500 satoshi]");
}

TEST(Money, KeepsTheNoiseThatIsPrinted) {
  EXPECT_EQ(Found("฿3.1096000000000004"), "3.1096000000000004 BTC [฿3.1096000000000004]");
  EXPECT_EQ(Found("$0"), "0 USD [$0]");
  EXPECT_EQ(Found("$007.10"), "007.10 USD [$007.10]");
}

TEST(Money, SaysWhichAmountsAreOnlyAbout) {
  for (const char* text : {"~ ฿0.0012", "≈$5", "ca. 5 EUR", "approx. £5", "about $ 5"}) {
    const auto money = FindMoney(text);
    ASSERT_TRUE(money) << text;
    EXPECT_TRUE(money->approximate) << text;
  }
  EXPECT_FALSE(FindMoney("orca $5")->approximate);
  EXPECT_EQ(Found("paid ~ ฿0.0012"), "0.0012 BTC [~ ฿0.0012]");
}

TEST(Money, PartsNumbersThatOnlyStandSideBySide) {
  EXPECT_EQ(Found("pack of 3 500 EUR"), "500 EUR [500 EUR]");
  EXPECT_EQ(Found("1 108,00 €"), "1108.00 EUR [1 108,00 €]");
}

TEST(Money, KnowsCurrenciesByNameSignAndCode) {
  EXPECT_EQ(CurrencyOf("usd"), "USD");
  EXPECT_EQ(CurrencyOf("€"), "EUR");
  EXPECT_EQ(CurrencyOf("Bitcoin"), "BTC");
  EXPECT_EQ(CurrencyOf("shells"), "");
}

}  // namespace
}  // namespace nightjar::values
