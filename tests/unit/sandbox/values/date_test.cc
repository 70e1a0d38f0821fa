// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/date.h"

#include <gtest/gtest.h>

namespace nightjar::values {
namespace {

std::string Found(std::string_view text, DateOrder order = DateOrder::kUnknown,
                  DateDetail detail = DateDetail::kDayAndTime) {
  const auto date = FindDate(text, order, detail);
  return date ? date->iso + " " + std::string(date->precision) + " [" +
                    std::string(text.substr(date->begin, date->end - date->begin)) + "]"
              : "nothing";
}

TEST(Dates, AreReadInIsoForm) {
  EXPECT_EQ(Found("on 2019-12-25 we"), "2019-12-25 day [2019-12-25]");
  EXPECT_EQ(Found("2020-02"), "2020-02 month [2020-02]");
  EXPECT_EQ(Found("2018-08-24T13:05:06Z"), "2018-08-24T13:05:06Z second [2018-08-24T13:05:06Z]");
  EXPECT_EQ(Found("2018-08-24 13:05 UTC"), "2018-08-24T13:05Z minute [2018-08-24 13:05 UTC]");
  EXPECT_EQ(Found("2018-08-24T13:05:06.789+02:00"),
            "2018-08-24T13:05:06+02:00 second [2018-08-24T13:05:06.789+02:00]");
  EXPECT_EQ(Found("2019/12/25"), "2019-12-25 day [2019/12/25]");
  EXPECT_EQ(Found(" 2019 "), "2019 year [2019]");
}

TEST(Dates, AreReadInDigitsWhereTheOrderIsCertain) {
  EXPECT_EQ(Found("24/08/2018"), "2018-08-24 day [24/08/2018]");
  EXPECT_EQ(Found("24.08.18"), "2018-08-24 day [24.08.18]");
  EXPECT_EQ(Found("24. 08. 2018"), "2018-08-24 day [24. 08. 2018]");
  EXPECT_EQ(Found("08/24/2018"), "2018-08-24 day [08/24/2018]");
  EXPECT_EQ(Found("07/07/2018"), "2018-07-07 day [07/07/2018]");
  EXPECT_EQ(Found("03/04/2018"), "nothing");
  EXPECT_EQ(Found("03/04/2018", DateOrder::kDayFirst), "2018-04-03 day [03/04/2018]");
  EXPECT_EQ(Found("03/04/2018", DateOrder::kMonthFirst), "2018-03-04 day [03/04/2018]");
  EXPECT_EQ(Found("18/03/04", DateOrder::kYearFirst), "2018-03-04 day [18/03/04]");
  EXPECT_EQ(Found("18/11/2018 (today)"), "2018-11-18 day [18/11/2018]");
}

TEST(Dates, AreReadWithNamesOfMonthsInSevenLanguages) {
  EXPECT_EQ(Found("Registered: Dec 25, 2019"), "2019-12-25 day [Dec 25, 2019]");
  EXPECT_EQ(Found("09 Dec 2019"), "2019-12-09 day [09 Dec 2019]");
  EXPECT_EQ(Found("9-Dec-19"), "2019-12-09 day [9-Dec-19]");
  EXPECT_EQ(Found("25th of December 2019"), "2019-12-25 day [25th of December 2019]");
  EXPECT_EQ(Found("December 1st, 2019"), "2019-12-01 day [December 1st, 2019]");
  EXPECT_EQ(Found("seit 3. März 2020"), "2020-03-03 day [3. März 2020]");
  EXPECT_EQ(Found("1er août 2020"), "2020-08-01 day [1er août 2020]");
  EXPECT_EQ(Found("5 de enero de 2020"), "2020-01-05 day [5 de enero de 2020]");
  EXPECT_EQ(Found("5 МАРТА 2020 г."), "2020-03-05 day [5 МАРТА 2020]");
  EXPECT_EQ(Found("12 mei 2021"), "2021-05-12 day [12 mei 2021]");
  EXPECT_EQ(Found("12 giugno 2021"), "2021-06-12 day [12 giugno 2021]");
  EXPECT_EQ(Found("since February 2020"), "2020-02 month [February 2020]");
}

TEST(Dates, TakeTheTimeBesideThem) {
  EXPECT_EQ(Found("Feb 03, 2020 02:59"), "2020-02-03T02:59 minute [Feb 03, 2020 02:59]");
  EXPECT_EQ(Found("Feb 03, 2020, 2:59 pm"), "2020-02-03T14:59 minute [Feb 03, 2020, 2:59 pm]");
  EXPECT_EQ(Found("Feb 03, 2020 at 12:05 A.M."), "2020-02-03T00:05 minute [Feb 03, 2020 at 12:05 A.M.]");
  EXPECT_EQ(Found("03.02.2020 um 22:05:09", DateOrder::kDayFirst),
            "2020-02-03T22:05:09 second [03.02.2020 um 22:05:09]");
  EXPECT_EQ(Found("Feb 03, 2020 02:59", DateOrder::kUnknown, DateDetail::kDayOnly),
            "2020-02-03 day [Feb 03, 2020]");
  EXPECT_EQ(Found("Feb 03, 2020 25:59"), "2020-02-03 day [Feb 03, 2020]");
  EXPECT_EQ(Found("Feb 03, 2020 13:05 pm"), "2020-02-03 day [Feb 03, 2020]");
}

TEST(Dates, ThatDoNotExistAreNone) {
  EXPECT_EQ(Found("31/02/2019"), "nothing");
  EXPECT_EQ(Found("2019-02-29"), "nothing");
  EXPECT_EQ(Found("2020-02-29"), "2020-02-29 day [2020-02-29]");
  EXPECT_EQ(Found("0/0/2019"), "nothing");
  EXPECT_EQ(Found("2019-13-01"), "nothing");
  EXPECT_EQ(Found("Dec 32, 2019"), "nothing");
}

TEST(Dates, AreNotSeenInOtherNumbers) {
  for (const char* text :
       {"1.2.3.4", "192.168.24.08.2018", "4.88/5", "11/0/0", "22:58", "3000, 4.825/5", "24/7",
        "12 pills 2019", "order 20191225", "may 5", "march on", "$24.08", "50 dec", "v2018-08-24"}) {
    EXPECT_EQ(Found(text), "nothing") << text;
  }
}

}  // namespace
}  // namespace nightjar::values
