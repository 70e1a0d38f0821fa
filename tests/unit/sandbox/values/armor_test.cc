// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/armor.h"

#include <gtest/gtest.h>

namespace nightjar::values {
namespace {

constexpr const char* kEnd = "mQENB\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----";
const std::string kBegin = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n";

TEST(Armour, GetsItsEmptyLineBack) {
  EXPECT_EQ(WithHeaderEnd(kBegin + kEnd), kBegin + "\n" + kEnd);
  EXPECT_EQ(WithHeaderEnd(kBegin + "Version: GnuPG v2\nComment: none\n" + kEnd),
            kBegin + "Version: GnuPG v2\nComment: none\n\n" + kEnd);
}

TEST(Armour, IsLeftAloneWhereItIsWhole) {
  for (const std::string& block : {kBegin + "\n" + kEnd, kBegin + "Version: GnuPG v2\n\n" + kEnd}) {
    EXPECT_EQ(WithHeaderEnd(block), block);
  }
}

TEST(Armour, IsNotMadeOfOtherText) {
  for (const char* text : {"", "no key", "-----BEGIN PGP PUBLIC KEY BLOCK-----", "key: see below\nor not"})
    EXPECT_EQ(WithHeaderEnd(text), text);
}

}  // namespace
}  // namespace nightjar::values
