// SPDX-License-Identifier: Apache-2.0
// The lists that stand on this side of the jail are those of the readers inside it.
#include "indexer/query/values.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sandbox/entities/kinds.h"
#include "sandbox/values/money.h"

namespace nightjar::query {
namespace {

TEST(Values, KnowsEveryKindOfEntityThatIsRead) {
  for (const entities::Kind& kind : entities::Kinds())
    EXPECT_EQ(WrongValue(Field("entity"), kind.name), "") << kind.name;
}

TEST(Values, KnowsEveryCurrencyOfThreeLettersThatIsRead) {
  int known = 0;
  for (int i = 0; i < 26 * 26 * 26; ++i) {
    std::string code{static_cast<char>('a' + i / 676), static_cast<char>('a' + i / 26 % 26),
                     static_cast<char>('a' + i % 26)};
    std::string read(values::CurrencyOf(code));
    std::ranges::transform(read, read.begin(), [](char c) { return static_cast<char>(c | 0x20); });
    if (read.empty()) continue;
    ++known;
    EXPECT_EQ(WrongCurrency(read), "") << code;
  }
  EXPECT_GE(known, 30);
}

TEST(Values, LetsOtherFieldsHaveAnyValue) {
  for (const char* field : {"addr", "handle", "changed", "case", "job", "site", "host"})
    EXPECT_EQ(WrongValue(Field(field), "zebra"), "") << field;
}

}  // namespace
}  // namespace nightjar::query
