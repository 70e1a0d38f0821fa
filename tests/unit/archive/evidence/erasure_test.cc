// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/erasure.h"

#include <gtest/gtest.h>

namespace nightjar::evidence {
namespace {

Erasure Example() {
  return {.case_id = {"owl-7"},
          .rule = "BDSG s.75, class \"standard\"",
          .ordered_by = "Analyst 3",
          .approved_by = "Data protection officer",
          .time = FromUnixMicros(1'798'761'600'000'000),
          .erased = NumberRanges::Of({0, 1, 2, 3, 4, 7}),
          .restricted = NumberRanges::Of({5, 6})};
}

constexpr std::string_view kText =
    "nightjar-erasure/v1\n"
    "case: owl-7\n"
    "rule: BDSG s.75, class \"standard\"\n"
    "ordered-by: Analyst 3\n"
    "approved-by: Data protection officer\n"
    "time: 2027-01-01T00:00:00.000000Z\n"
    "erased: 0-4,7\n"
    "restricted: 5-6\n";

TEST(Erasure, SaysUnderWhichRuleAndByWhomAndNothingOfWhatThereWas) {
  EXPECT_EQ(FormatErasure(Example()), kText);
  const auto parsed = ParseErasure(kText);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->erased, Example().erased);
  EXPECT_EQ(FormatErasure(*parsed), kText);
}

TEST(Erasure, NeedsTwoPersons) {
  Erasure erasure = Example();
  erasure.approved_by = "ANALYST 3";
  const auto checked = CheckErasure(erasure);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().where, "approved-by");
  EXPECT_FALSE(ParseErasure(FormatErasure(erasure)));
}

TEST(Erasure, NamesTheLineThatCannotBeWritten) {
  const auto where = [](auto change) {
    Erasure erasure = Example();
    change(erasure);
    const auto checked = CheckErasure(erasure);
    EXPECT_FALSE(ParseErasure(FormatErasure(erasure)));
    return checked ? std::string("accepted") : checked.error().where;
  };
  EXPECT_EQ(where([](Erasure& e) { e.rule = ""; }), "rule");
  EXPECT_EQ(where([](Erasure& e) { e.rule = "a\nb"; }), "rule");
  EXPECT_EQ(where([](Erasure& e) { e.rule = std::string(kMostErasureText + 1, 'a'); }), "rule");
  EXPECT_EQ(where([](Erasure& e) { e.ordered_by = "\xFF"; }), "ordered-by");
  EXPECT_EQ(where([](Erasure& e) { e.approved_by = " x"; }), "approved-by");
  EXPECT_EQ(where([](Erasure& e) { e.erased = e.restricted = {}; }), "erased");
  EXPECT_EQ(where([](Erasure& e) { e.restricted = NumberRanges::Of({4}); }), "restricted");
  EXPECT_NE(where([](Erasure& e) { e.case_id = {"../x"}; }), "accepted");
}

TEST(Erasure, IsNotReadFromAnythingShorterOrChanged) {
  for (std::size_t size = 0; size < kText.size(); ++size)
    EXPECT_FALSE(ParseErasure(kText.substr(0, size))) << size;
  for (std::size_t at = 0; at < kText.size(); ++at) {
    std::string changed(kText);
    changed[at] = '\x01';
    EXPECT_FALSE(ParseErasure(changed)) << at;
  }
}

TEST(NumberRanges, WriteASetInOneWay) {
  EXPECT_EQ(NumberRanges::Of({7, 3, 4, 4, 0, 1, 2, 9}).Format(), "0-4,7,9");
  EXPECT_EQ(NumberRanges().Format(), "-");
  EXPECT_EQ(NumberRanges::Of({UINT64_MAX}).Format(), "18446744073709551615");
  for (const std::string text : {"-", "5", "0-4,7,9", "1-2,4-18446744073709551615"}) {
    const auto parsed = NumberRanges::Parse(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(parsed->Format(), text);
  }
}

TEST(NumberRanges, RefuseOtherSpellings) {
  for (const std::string text : {"", ",", "1,", ",1", "1,2", "1-1", "2-1", "3,1", "1-3,2", "1-3,4", "01",
                                 "1 ", "a", "--", "1-", "-1", "18446744073709551616", "1,-"})
    EXPECT_FALSE(NumberRanges::Parse(text)) << text;
}

TEST(NumberRanges, KnowWhatTheyHold) {
  const NumberRanges ranges = NumberRanges::Of({1, 2, 3, 7});
  EXPECT_EQ(ranges.Count(), 4U);
  for (const std::uint64_t number : {1, 2, 3, 7}) EXPECT_TRUE(ranges.Contains(number)) << number;
  for (const std::uint64_t number : {0, 4, 6, 8}) EXPECT_FALSE(ranges.Contains(number)) << number;
}

}  // namespace
}  // namespace nightjar::evidence
