// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/duration.h"

#include <gtest/gtest.h>

namespace nightjar::values {
namespace {

std::string Found(std::string_view text) {
  const auto age = FindAge(text);
  return age ? age->iso + " " + std::string(age->unit) + " [" +
                   std::string(text.substr(age->begin, age->end - age->begin)) + "]"
             : "nothing";
}

TEST(Durations, AreReadInLetters) {
  EXPECT_EQ(Found("4d"), "P4D day [4d]");
  EXPECT_EQ(Found("1d 22h"), "P1DT22H hour [1d 22h]");
  EXPECT_EQ(Found("1d22h"), "P1DT22H hour [1d22h]");
  EXPECT_EQ(Found("5m"), "PT5M minute [5m]");
  EXPECT_EQ(Found("5mo"), "P5M month [5mo]");
  EXPECT_EQ(Found("2y 3w"), "P2Y3W week [2y 3w]");
}

TEST(Durations, AreReadInWords) {
  EXPECT_EQ(Found("seen 3 days ago"), "P3D day [3 days]");
  EXPECT_EQ(Found("2 months ago"), "P2M month [2 months]");
  EXPECT_EQ(Found("about an hour ago"), "PT1H hour [an hour]");
  EXPECT_EQ(Found("2 days, 3 hours and 5 minutes"), "P2DT3H5M minute [2 days, 3 hours and 5 minutes]");
  EXPECT_EQ(Found("Yesterday"), "P1D day [Yesterday]");
  EXPECT_EQ(Found("(today)"), "P0D day [today]");
  EXPECT_EQ(Found("vor 3 Tagen"), "P3D day [3 Tagen]");
  EXPECT_EQ(Found("il y a 2 jours"), "P2D day [2 jours]");
  EXPECT_EQ(Found("hace 1 día"), "P1D day [1 día]");
  EXPECT_EQ(Found("2 ДНЯ назад"), "P2D day [2 ДНЯ]");
  EXPECT_EQ(Found("3 dagen geleden"), "P3D day [3 dagen]");
}

TEST(Durations, AreNotSeenInOtherTexts) {
  for (const char* text :
       {"22:58", "4 d", "10g", "3.5d", "a day in the life", "1 a 2", "x4d", "4dx", "24/7", "", "d"}) {
    EXPECT_EQ(Found(text), "nothing") << text;
  }
}

}  // namespace
}  // namespace nightjar::values
