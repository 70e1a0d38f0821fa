// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace nightjar {
namespace {

// FIPS 180-4 examples (NIST CSRC, "SHA256.pdf") and the long message of its first edition.
TEST(Sha256, AgreesWithTheExamplesOfFips180) {
  EXPECT_EQ(Sha256("").Hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256("abc").Hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").Hex(),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Sha256(std::string(1000000, 'a')).Hex(),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// FIPS 202 examples; Keccak-256 with its other padding would give c5d2460186f7... for the empty message.
TEST(Sha3, AgreesWithTheExamplesOfFips202) {
  EXPECT_EQ(Sha3_256("").Hex(), "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a");
  EXPECT_EQ(Sha3_256("abc").Hex(), "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532");
}

TEST(Sha256Stream, GivesTheDigestOfThePiecesJoined) {
  const std::string message(1000, 'm');
  for (const std::size_t piece : {1, 63, 64, 65, 1000}) {
    Sha256Stream stream;
    for (std::size_t at = 0; at < message.size(); at += piece) stream.Update(message.substr(at, piece));
    EXPECT_EQ(stream.Finish(), Sha256(message)) << piece;
  }
  EXPECT_EQ(Sha256Stream().Finish(), Sha256(""));
}

TEST(Sha256Stream, CanBeMovedInTheMiddle) {
  Sha256Stream first;
  first.Update("ab");
  Sha256Stream second = std::move(first);
  second.Update("c");
  EXPECT_EQ(second.Finish(), Sha256("abc"));
}

TEST(Sha256StreamDeathTest, AbortsWhenUsedAfterItsEnd) {
  Sha256Stream stream;
  (void)stream.Finish();
  EXPECT_DEATH(stream.Update("x"), "");
  EXPECT_DEATH((void)stream.Finish(), "");
}

TEST(Digest, IsReadFromExactlyItsHexOrBytes) {
  const Digest digest = Sha256("abc");
  EXPECT_EQ(Digest::FromHex(digest.Hex()).value(), digest);
  EXPECT_EQ(Digest::FromBytes(digest.View()).value(), digest);
  EXPECT_FALSE(Digest::FromHex(digest.Hex().substr(2)));
  EXPECT_FALSE(Digest::FromHex(digest.Hex() + "00"));
  EXPECT_FALSE(Digest::FromHex("B" + digest.Hex().substr(1)));
  EXPECT_FALSE(Digest::FromBytes("short"));
}

// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
TEST(HmacSha256, GivesTheVectorsOfItsRfc) {
  EXPECT_EQ(HmacSha256(std::string(20, '\x0b'), "Hi There").Hex(),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(HmacSha256("Jefe", "what do ya want for nothing?").Hex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      HmacSha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First").Hex(),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

}  // namespace
}  // namespace nightjar
