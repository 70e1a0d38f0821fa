// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/country.h"

#include <gtest/gtest.h>

#include <set>

#include "sandbox/values/country_table.h"
#include "sandbox/values/letters.h"

namespace nightjar::values {
namespace {

std::string Code(std::string_view text) {
  const auto country = CountryOf(text);
  return country ? country->code : "nothing";
}

TEST(Countries, AreKnownByNamesAliasesAndCodes) {
  for (const char* text :
       {"United States", "USA", "U.S.", "US", "us", "United States of America", "The United States",
        "🇺🇸 United States", "🇺🇸", "United States (USA)", "USA only", " USA.", "Vereinigte Staaten"}) {
    EXPECT_EQ(Code(text), "US") << text;
  }
  for (const char* text : {"UK", "England", "Great Britain", "united kingdom", "GBR"})
    EXPECT_EQ(Code(text), "GB") << text;
  EXPECT_EQ(Code("Holland"), "NL");
  EXPECT_EQ(Code("Deutschland"), "DE");
  EXPECT_EQ(Code("РОССИЯ"), "RU");
  EXPECT_EQ(Code("Korea, Republic of"), "KR");
  EXPECT_EQ(Code("Bosnia and Herzegovina"), "BA");
  EXPECT_EQ(Code("Österreich"), "AT");
}

TEST(Countries, ShareTheirFieldWithRegions) {
  for (const char* text : {"Worldwide", "World Wide", "WW", "International"})
    EXPECT_EQ(Code(text), "worldwide") << text;
  EXPECT_EQ(Code("EU"), "eu");
  EXPECT_EQ(Code("European Union"), "eu");
  EXPECT_EQ(Code("Europe"), "europe");
  for (const char* text : {"Undeclared", "Unknown", "N/A", "-"}) EXPECT_EQ(Code(text), "undeclared") << text;
  EXPECT_EQ(Code("North America"), "north-america");
}

TEST(Countries, ThatAreNotKnownAreLeftToTheCaller) {
  for (const char* text :
       {"", "Narnia", "my basement", "in", "it is", "no way", "Free shipping to USA and more", "()"}) {
    EXPECT_EQ(Code(text), "nothing") << text;
  }
}

std::string Split(std::string_view text) {
  std::string joined;
  for (const Country& country : SplitCountries(text)) {
    joined.append(joined.empty() ? "" : " ").append(country.code.empty() ? "?" : country.code);
    joined.append("[").append(text.substr(country.begin, country.end - country.begin)).append("]");
  }
  return joined;
}

TEST(Countries, AreTakenFromLists) {
  EXPECT_EQ(Split("Worldwide, Worldwide"), "worldwide[Worldwide] worldwide[Worldwide]");
  EXPECT_EQ(Split("US and Canada"), "US[US] CA[Canada]");
  EXPECT_EQ(Split("World Wide - Europe"), "worldwide[World Wide] europe[Europe]");
  EXPECT_EQ(Split("DE, AT; CH"), "DE[DE] AT[AT] CH[CH]");
  EXPECT_EQ(Split("Bosnia and Herzegovina and Serbia"), "BA[Bosnia and Herzegovina] RS[Serbia]");
  EXPECT_EQ(Split("Korea, Republic of, Japan"), "KR[Korea, Republic of] JP[Japan]");
  EXPECT_EQ(Split("Narnia / Norway"), "?[Narnia] NO[Norway]");
  EXPECT_EQ(Split(" , ;"), "");
}

TEST(Countries, HaveNoNameTwice) {
  std::set<std::string> seen;
  for (const CountryRow& row : Countries()) {
    for (std::string_view names = row.names; !names.empty();) {
      const std::size_t end = names.find('|');
      const std::string name(names.substr(0, end));
      EXPECT_TRUE(seen.insert(name).second) << name;
      EXPECT_EQ(Normal(name), name) << "not in the form that is looked up";
      names.remove_prefix(end == std::string_view::npos ? names.size() : end + 1);
    }
  }
  EXPECT_EQ(Countries().size(), 249U);
  EXPECT_GT(seen.size(), 1200U);
}

}  // namespace
}  // namespace nightjar::values
