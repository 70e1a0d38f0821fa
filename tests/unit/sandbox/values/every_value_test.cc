// SPDX-License-Identifier: Apache-2.0
// What holds for every reader of values and any text: it stays inside the text, and ends at characters.
#include <gtest/gtest.h>

#include "sandbox/values/count.h"
#include "sandbox/values/country.h"
#include "sandbox/values/letters.h"
#include "sandbox/values/money.h"
#include "sandbox/values/typed.h"

namespace nightjar::values {
namespace {

using wire::FieldType;

// clang-format off
constexpr std::string_view kExamples[] = {
    "$1,108.00", "~ ฿0.0012", "1 108,00 €", "CHF 1'108.00", "3.1096000000000004 mBTC", "5 000,50 руб", "2019-12-25",
    "2018-08-24T13:05:06.789+02:00", "25th of December 2019", "09 Dec 2019 at 12:05 a.m.", "5 марта 2020 г.", "24. 08. 18",
    "4d", "1d 22h", "2 days, 3 hours and 5 minutes", "about an hour ago", "aujourd'hui", "il y a 2 jours", "12.5k", "3K+", "(74177)",
    "4.88/5", "97 %", "★★★★☆", "9 out of 10", "🇺🇸 United States (USA)", "Bosnia and Herzegovina", "World Wide - Europe", "U.S.", "✓", "not allowed",
};
// clang-format on
constexpr FieldType kTypes[] = {FieldType::kText,    FieldType::kMoney, FieldType::kCount,
                                FieldType::kCountry, FieldType::kDate,  FieldType::kDuration,
                                FieldType::kRating,  FieldType::kFlag,  FieldType::kPgp};

bool IsBoundary(std::string_view text, std::size_t at) {
  return at <= text.size() && (at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

// The text in memory of its own: reading past its end is seen by the address sanitizer.
void ExpectSound(std::string_view text) {
  const std::vector<char> exact(text.begin(), text.end());
  const std::string_view own(exact.data(), exact.size());
  for (const FieldType type : kTypes) {
    const auto read = ReadAs(type, own);
    if (!read) continue;
    EXPECT_LE(read->begin, read->end) << text;
    EXPECT_TRUE(IsBoundary(own, read->begin) && IsBoundary(own, read->end))
        << text << " as " << wire::FieldTypeName(type) << ": " << read->begin << " to " << read->end;
    EXPECT_FALSE(read->value.empty()) << text;
  }
  for (const Country& country : SplitCountries(own)) {
    EXPECT_LT(country.begin, country.end);
    EXPECT_TRUE(IsBoundary(own, country.begin) && IsBoundary(own, country.end)) << text;
  }
}

TEST(EveryValue, IsSafeOnEveryPrefixOfEveryExample) {
  for (const std::string_view example : kExamples) {
    for (std::size_t size = 0; size <= example.size(); ++size) {
      if (IsBoundary(example, size)) ExpectSound(example.substr(0, size));
    }
  }
}

TEST(EveryValue, IsSafeOnAnyMixtureOfExamples) {
  std::uint64_t state = 11;
  const auto dice = [&](std::size_t sides) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33) % sides;
  };
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (std::size_t pieces = dice(6) + 1; pieces > 0; --pieces) {
      const std::string_view example = kExamples[dice(std::size(kExamples))];
      std::size_t begin = dice(example.size());
      std::size_t end = begin + dice(example.size() - begin) + 1;
      while (!IsBoundary(example, begin)) --begin;
      while (!IsBoundary(example, end)) ++end;
      text.append(example.substr(begin, end - begin));
      if (dice(2) == 0) text.push_back(" -.,/:\n"[dice(7)]);
    }
    ExpectSound(text);
  }
}

TEST(EveryValue, SurvivesBytesThatAreNoText) {
  for (const std::string_view text :
       {"\xE2", "\xC2", "5\xE2\x82", "\xF0\x9F\x87", "\x80\x80", "~\xC3", "1 \xE2"}) {
    const std::vector<char> exact(text.begin(), text.end());
    for (const FieldType type : kTypes) {
      const auto read = ReadAs(type, {exact.data(), exact.size()});
      EXPECT_TRUE(!read || read->end <= text.size());
    }
    EXPECT_LE(SplitCountries({exact.data(), exact.size()}).size(), 1U);
  }
}

TEST(EveryValue, FoldsCaseWithoutMovingAnOffset) {
  EXPECT_EQ(LowerCase("ÄÖÜ ÀÞ× ЁЖЯ АП Zz 9"), "äöü àþ× ёжя ап zz 9");
  EXPECT_EQ(Normal("  A\u00A0 B\n"), "a b");
  EXPECT_EQ(WordAt("März 2020", 0), "März");
  EXPECT_FALSE(IsLetterAt("★", 0));
  EXPECT_TRUE(IsLetterAt("я", 0));
}

}  // namespace
}  // namespace nightjar::values
