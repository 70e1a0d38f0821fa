// SPDX-License-Identifier: Apache-2.0
#include "sandbox/language/language.h"

#include <gtest/gtest.h>

namespace nightjar::language {
namespace {

constexpr const char* kEnglish =
    "All orders are packed with care and sent within two working days. Please read the terms before you buy, "
    "and "
    "write to us when something is missing. ";
constexpr const char* kGerman =
    "Alle Bestellungen werden sorgfältig verpackt und innerhalb von zwei Werktagen verschickt. Bitte lesen "
    "Sie die "
    "Bedingungen vor dem Kauf. ";
constexpr const char* kRussian =
    "Все заказы тщательно упаковываются и отправляются в течение двух рабочих дней. Пожалуйста, прочитайте "
    "условия. ";

TEST(Languages, NameTheOneLanguageOfAText) {
  EXPECT_EQ(Languages(kEnglish).at(0).code, "en");
  EXPECT_GE(Languages(kEnglish).at(0).percent, 95);
  EXPECT_EQ(Languages(kGerman).at(0).code, "de");
  EXPECT_EQ(Languages(kRussian).at(0).code, "ru");
  EXPECT_EQ(Languages("這些燈籠都是手工製作的，每一盞都不一樣，歡迎選購。謝謝您的光臨。").at(0).code,
            "zh-Hant");
}

TEST(Languages, ShareOutAMixedText) {
  const auto shares = Languages(std::string(kRussian) + kRussian + kEnglish);
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_EQ(shares[0].code, "ru");
  EXPECT_EQ(shares[1].code, "en");
  EXPECT_GT(shares[0].percent, shares[1].percent);
}

TEST(Languages, SayNothingAboutTooLittle) {
  EXPECT_TRUE(Languages("").empty());
  EXPECT_TRUE(Languages("$5.00").empty());
  EXPECT_TRUE(Languages("1234567890 1234567890 1234567890 1234567890").empty());
}

TEST(Languages, LookOnlyAtTheBeginningOfLongText) {
  std::string text;
  while (text.size() < kMostBytes) text += kEnglish;
  const auto alone = Languages(text);
  for (int i = 0; i < 200; ++i) text += kRussian;
  EXPECT_EQ(Languages(text), alone);
}

}  // namespace
}  // namespace nightjar::language
