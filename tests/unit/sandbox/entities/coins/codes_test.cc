// SPDX-License-Identifier: Apache-2.0
// The codes below the addresses, against the vectors of their specifications.
#include <gtest/gtest.h>

#include "sandbox/entities/coins/base58.h"
#include "sandbox/entities/coins/bech32.h"
#include "sandbox/entities/coins/cashaddr.h"
#include "sandbox/entities/coins/eip55.h"
#include "sandbox/entities/coins/keccak.h"

namespace nightjar::coins {
namespace {

TEST(Keccak, GivesTheDigestsOfTheSubmissionNotThoseOfSha3) {
  EXPECT_EQ(Keccak256("").Hex(), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  EXPECT_EQ(Keccak256("abc").Hex(), "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
  EXPECT_NE(Keccak256("abc"), Sha3_256("abc"));
}

TEST(Keccak, IsRightAroundAndBeyondOneBlock) {
  EXPECT_EQ(Keccak256(Bytes(135, 'a')).Hex(),
            "34367dc248bbd832f4e3e69dfaac2f92638bd0bbd18f2912ba4ef454919cf446");
  EXPECT_EQ(Keccak256(Bytes(136, 'a')).Hex(),
            "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e");
  EXPECT_EQ(Keccak256(Bytes(300, 'a')).Hex(),
            "5b7e0e47a96f32a88b4f14ca177982790807c40e1a105742ba0fc1babe1ef826");
}

TEST(Base58, DecodesBitcoinsVectors) {
  EXPECT_EQ(HexEncode(*Base58Decode("2g", kBitcoinLetters)), "61");
  EXPECT_EQ(HexEncode(*Base58Decode("a3gV", kBitcoinLetters)), "626262");
  EXPECT_EQ(HexEncode(*Base58Decode("aPEr", kBitcoinLetters)), "636363");
  EXPECT_EQ(HexEncode(*Base58Decode("2cFupjhnEsSn59qHXstmK2ffpLv2", kBitcoinLetters)),
            "73696d706c792061206c6f6e6720737472696e67");
  EXPECT_EQ(HexEncode(*Base58Decode("ABnLTmg", kBitcoinLetters)), "516b6fcd0f");
  EXPECT_EQ(HexEncode(*Base58Decode("1111111111", kBitcoinLetters)), "00000000000000000000");
}

TEST(Base58, RefusesOtherCharactersAndTooMany) {
  for (const std::string text : {"", "0", "O", "I", "l", "a b", "\xff"})
    EXPECT_FALSE(Base58Decode(text, kBitcoinLetters)) << text;
  EXPECT_TRUE(Base58Decode(std::string(kMaxBase58, '2'), kBitcoinLetters));
  EXPECT_FALSE(Base58Decode(std::string(kMaxBase58 + 1, '2'), kBitcoinLetters));
}

TEST(Base58, OfMoneroRefusesBlocksThatOverflowOrHaveNoBytes) {
  EXPECT_EQ(HexEncode(*MoneroBase58Decode("11111111111")), "0000000000000000");
  EXPECT_EQ(HexEncode(*MoneroBase58Decode("jpXCZedGfVQ")), "ffffffffffffffff");
  EXPECT_FALSE(MoneroBase58Decode("jpXCZedGfVR"));
  EXPECT_FALSE(MoneroBase58Decode("zzzzzzzzzzz"));
  EXPECT_EQ(HexEncode(*MoneroBase58Decode("5Q")), "ff");
  EXPECT_FALSE(MoneroBase58Decode("5R"));
  EXPECT_FALSE(MoneroBase58Decode("1"));
  EXPECT_FALSE(MoneroBase58Decode("1111"));
}

TEST(Bech32, AcceptsTheVectorsOfBip173AndBip350InTheirOwnForm) {
  const std::string ones(82, 'q');
  for (const std::string& text : std::vector<std::string>{
           "A12UEL5L", "a12uel5l",
           "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
           "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "11" + ones + "c8247j",
           "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "?1ezyfcl"}) {
    const auto decoded = DecodeBech32(text);
    ASSERT_TRUE(decoded) << text;
    EXPECT_EQ(decoded->form, Bech32Form::kBech32) << text;
  }
  for (const std::string& text : std::vector<std::string>{
           "A1LQFN3A", "a1lqfn3a",
           "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6",
           "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx", "11" + std::string(82, 'l') + "ludsr8",
           "split1checkupstagehandshakeupstreamerranterredcaperredlc445v", "?1v759aa"}) {
    const auto decoded = DecodeBech32(text);
    ASSERT_TRUE(decoded) << text;
    EXPECT_EQ(decoded->form, Bech32Form::kBech32m) << text;
  }
}

TEST(Bech32, RefusesTheInvalidVectorsOfBothProposals) {
  for (const char prefix : {'\x20', '\x7f', '\x80'}) {
    for (const char* rest : {"1nwldj5", "1axkwrx", "1eym55h"})
      EXPECT_FALSE(DecodeBech32(prefix + std::string(rest)));
  }
  for (const std::string text :
       {"an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx",
        "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "de1lg7wt\xff", "A1G7SGD8", "10a06t8",
        "1qzzfhee", "y1b0jsk6g", "lt1igcx5c0", "in1muywd", "mm1crxm3i", "au1s5cgom", "M1VUXWEZ", "16plkw9",
        "1p2gdwpf", "", "1"})
    EXPECT_FALSE(DecodeBech32(text)) << text;
}

TEST(WitnessAddress, HasTheProgramOfTheProposalsVectors) {
  const auto program = [](std::string_view text, std::string_view prefix) {
    const auto address = DecodeWitnessAddress(text, prefix);
    return address ? std::to_string(address->version) + " " + HexEncode(address->program) : "none";
  };
  EXPECT_EQ(program("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc"),
            "0 751e76e8199196d454941c45d1b3a323f1433bd6");
  EXPECT_EQ(program("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", "bc"),
            "1 751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6");
  EXPECT_EQ(program("BC1SW50QGDZ25J", "bc"), "16 751e");
  EXPECT_EQ(program("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "bc"), "2 751e76e8199196d454941c45d1b3a323");
  EXPECT_EQ(program("tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c", "tb"),
            "1 000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433");
}

TEST(WitnessAddress, IsNoneForTheInvalidVectors) {
  for (const std::string_view text :
       {"tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2", "bc1rw5uspcuh",
        "bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90",
        "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7",
        "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv", "bc1gmk9yu",
        "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
        "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "bc1pw5dgrnzv",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf"}) {
    EXPECT_FALSE(DecodeWitnessAddress(text, "bc")) << text;
    EXPECT_FALSE(DecodeWitnessAddress(text, "tb")) << text;
  }
}

TEST(CashAddress, HasTheHashOfTheSpecificationsVectorsUnderTheirPrefix) {
  const auto hash = [](std::string_view prefix, std::string_view payload) {
    const auto address = DecodeCashAddress(prefix, payload);
    return address ? std::to_string(address->type) + " " + HexEncode(address->hash) : "none";
  };
  const std::string twenty = "f5bf48b397dae70be82b3cca4793f8eb2b6cdac9";
  EXPECT_EQ(hash("bitcoincash", "qr6m7j9njldwwzlg9v7v53unlr4jkmx6eylep8ekg2"), "0 " + twenty);
  EXPECT_EQ(hash("bchtest", "pr6m7j9njldwwzlg9v7v53unlr4jkmx6eyvwc0uz5t"), "1 " + twenty);
  EXPECT_EQ(hash("pref", "pr6m7j9njldwwzlg9v7v53unlr4jkmx6ey65nvtks5"), "1 " + twenty);
  EXPECT_EQ(hash("bchtest", "qr6m7j9njldwwzlg9v7v53unlr4jkmx6eylep8ekg2"), "none");
  EXPECT_EQ(hash("bitcoincash", "qr6m7j9njldwwzlg9v7v53unlr4jkmx6eylep8ekG2"), "none");
  EXPECT_EQ(hash("bitcoincash", "QR6M7J9NJLDWWZLG9V7V53UNLR4JKMX6EYLEP8EKG2"), "0 " + twenty);
}

TEST(EthereumAddress, OfMixedCaseMustHoldToTheProposal) {
  EXPECT_TRUE(ReadEthereumAddress("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")->checked);
  EXPECT_FALSE(ReadEthereumAddress("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
  EXPECT_FALSE(ReadEthereumAddress("0x8617E340B3D01FA5F11F306F4090FD50E238070D")->checked);
  EXPECT_FALSE(ReadEthereumAddress("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
  EXPECT_FALSE(ReadEthereumAddress("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe"));
}

}  // namespace
}  // namespace nightjar::coins
