// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/coins/address.h"

#include <gtest/gtest.h>

#include "tests/unit/sandbox/entities/coins/vectors.h"

namespace nightjar::coins {
namespace {

constexpr std::string_view kAllLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// Every word that differs from `text` in one character.
template <typename Visit>
void ForEachSubstitution(std::string_view text, Visit visit) {
  std::string changed(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char c : kAllLetters) {
      if (c == text[i]) continue;
      changed[i] = c;
      visit(changed);
    }
    changed[i] = text[i];
  }
}

TEST(Address, IsKnownByItsChecksumWithItsKindAndNote) {
  for (const Example& example : Examples()) {
    const auto address = ReadAddress(example.text);
    ASSERT_TRUE(address) << example.text;
    EXPECT_EQ(address->kind, example.kind) << example.text;
    EXPECT_EQ(address->value, example.text);
    EXPECT_EQ(address->note, example.note);
    EXPECT_GE(address->confidence, 95);
  }
}

TEST(Address, IsNoneOnceAnyOneCharacterHasChanged) {
  for (const Example& example : Examples()) {
    if (example.kind == "eth") continue;
    ForEachSubstitution(example.text, [&](const std::string& changed) {
      EXPECT_FALSE(ReadAddress(changed)) << changed << " from " << example.text;
    });
  }
}

TEST(Address, OfEthereumIsNoneAfterNearlyAnyChangeWhereTheCaseWasTheChecksum) {
  // EIP-55 by its own account lets about one mistyped address in 4000 pass; no reader can do better.
  int accepted = 0;
  int tried = 0;
  for (const Example& example : Examples()) {
    if (example.kind != "eth") continue;
    ForEachSubstitution(example.text, [&](const std::string& changed) {
      const auto address = ReadAddress(changed);
      ++tried;
      if (address && address->confidence > 60) ++accepted;
    });
  }
  EXPECT_GT(tried, 9000);
  EXPECT_LT(accepted * 1000, tried);
}

TEST(Address, OfEthereumInOneCaseIsLessSure) {
  for (const std::string_view text :
       {"0xde709f2102306220921060314715629080e2fb77", "0x52908400098527886E0F7030069857D2E4169EE7"}) {
    const auto address = ReadAddress(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->kind, "eth");
    EXPECT_EQ(address->confidence, 60);
  }
  EXPECT_EQ(ReadAddress("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")->value,
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
}

TEST(Address, OfBitcoinCashNeedsNoPrefixAndGetsOne) {
  for (const std::string_view text : CashExamples()) {
    const auto address = ReadAddress(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->kind, "bch");
    EXPECT_EQ(address->value, "bitcoincash:" + std::string(text));
    EXPECT_EQ(address->note, text.front() == 'q' ? "mainnet p2pkh" : "mainnet p2sh");
    ForEachSubstitution(text,
                        [&](const std::string& changed) { EXPECT_FALSE(ReadAddress(changed)) << changed; });
  }
}

TEST(Address, InCapitalsIsTheSameAddress) {
  const auto address = ReadAddress("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->value, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
}

TEST(Address, IsNeverADigestOrAnyWordOfPlainLength) {
  EXPECT_FALSE(
      ReadAddress("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"));  // a transaction
  EXPECT_FALSE(ReadAddress("da39a3ee5e6b4b0d3255bfef95601890afd80709"));                 // SHA-1
  EXPECT_FALSE(ReadAddress("d41d8cd98f00b204e9800998ecf8427e"));                         // MD5
  EXPECT_FALSE(ReadAddress("Donaudampfschifffahrtsgesellschaft"));
  EXPECT_FALSE(ReadAddress(std::string(2000, '1')));
  EXPECT_FALSE(ReadAddress(""));
}

}  // namespace
}  // namespace nightjar::coins
