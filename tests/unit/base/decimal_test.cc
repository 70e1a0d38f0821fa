// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"

#include <gtest/gtest.h>

namespace nightjar {
namespace {

TEST(Decimal, ReadsNumbersUpToTheLargest) {
  EXPECT_EQ(ParseDecimal("0"), 0U);
  EXPECT_EQ(ParseDecimal("1767225600"), 1767225600U);
  EXPECT_EQ(ParseDecimal("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(ParseDecimal("7", 7), 7U);
}

TEST(Decimal, RefusesEverySecondSpellingAndEveryOverflow) {
  for (const char* text :
       {"", "00", "01", "+1", "-1", " 1", "1 ", "1a", "0x1", "18446744073709551616", "99999999999999999999"})
    EXPECT_EQ(ParseDecimal(text), std::nullopt) << text;
  EXPECT_EQ(ParseDecimal("8", 7), std::nullopt);
  EXPECT_EQ(ParseDecimal("10", 9), std::nullopt);
}

}  // namespace
}  // namespace nightjar
