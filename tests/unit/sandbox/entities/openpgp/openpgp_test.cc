// SPDX-License-Identifier: Apache-2.0
// Armor, packets and fingerprints against the sample of RFC 9580 and keys put together by hand. Keys that
// GnuPG makes are compared with GnuPG itself in ../gnupg_test.cc.
#include <gtest/gtest.h>

#include "sandbox/entities/openpgp/armor.h"
#include "sandbox/entities/openpgp/keys.h"
#include "sandbox/entities/openpgp/packets.h"
#include "sandbox/entities/openpgp/public_key.h"

namespace nightjar::openpgp {
namespace {

// RFC 9580, appendix A.3.
constexpr std::string_view kSample = R"(-----BEGIN PGP PUBLIC KEY BLOCK-----

xioGY4d/4xsAAAAg+U2nu0jWCmHlZ3BqZYfQMxmZu52JGggkLq2EVD34laPCsQYf
GwoAAABCBYJjh3/jAwsJBwUVCg4IDAIWAAKbAwIeCSIhBssYbE8GCaaX5NUt+mxy
KwwfHifBilZwj2Ul7Ce62azJBScJAgcCAAAAAK0oIBA+LX0ifsDm185Ecds2v8lw
gyU2kCcUmKfvBXbAf6rhRYWzuQOwEn7E/aLwIwRaLsdry0+VcallHhSu4RN6HWaE
QsiPlR4zxP/TP7mhfVEe7XWPxtnMUMtf15OyA51YBM4qBmOHf+MZAAAAIIaTJINn
+eUBXbki+PSAld2nhJh/LVmFsS+60WyvXkQ1wpsGGBsKAAAALAWCY4d/4wKbDCIh
BssYbE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce62azJAAAAAAQBIKbpGG2dWTX8
j+VjFM21J0hqWlEg+bdiojWnKfA5AQpWUWtnNwDEM0g12vYxoWM8Y81W+bHBw805
I8kWVkXU6vFOi+HWvv/ira7ofJu16NnoUkhclkUrk0mXubZvyl4GBg==
-----END PGP PUBLIC KEY BLOCK-----)";

std::string Replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

std::string FingerprintIn(std::string_view text) {
  const auto armor = ReadArmor(text, text.find("-----BEGIN"));
  if (!armor) return "no armor";
  if (!armor->damage.empty()) return std::string(armor->damage);
  const auto certificates = ReadCertificates(armor->data);
  return certificates ? certificates->front().primary.fingerprint : "no key";
}

constexpr std::string_view kSampleFingerprint =
    "CB186C4F0609A697E4D52DFA6C722B0C1F1E27C18A56708F6525EC27BAD9ACC9";

TEST(OpenPgp, GivesTheSampleOfTheRfcItsFingerprintsAndDay) {
  const auto armor = ReadArmor(kSample, 0);
  ASSERT_TRUE(armor);
  EXPECT_EQ(armor->end, kSample.size());
  const auto certificates = ReadCertificates(armor->data);
  ASSERT_TRUE(certificates);
  ASSERT_EQ(certificates->size(), 1U);
  const Key& primary = certificates->front().primary;
  EXPECT_EQ(primary.fingerprint, kSampleFingerprint);
  EXPECT_EQ(primary.version, 6U);
  EXPECT_EQ(primary.algorithm_name, "ed25519");
  EXPECT_EQ(primary.created, 1669824483U);  // 2022-11-30 16:08:03
  ASSERT_EQ(certificates->front().subkeys.size(), 1U);
  EXPECT_EQ(certificates->front().subkeys[0].fingerprint,
            "12C83F1E706F6308FE151A417743A1F033790E93E9978488D1DB378DA9930885");
  EXPECT_EQ(certificates->front().subkeys[0].algorithm_name, "x25519");
  EXPECT_TRUE(certificates->front().subkeys[0].is_subkey);
}

TEST(OpenPgp, TakesNoNoticeOfHowPagesBreakTheLinesOfABlock) {
  const std::string sample(kSample);
  EXPECT_EQ(FingerprintIn(Replaced(sample, "\n", "\r\n")), kSampleFingerprint);
  EXPECT_EQ(FingerprintIn(Replaced(sample, "\n", "  \n\n ")), kSampleFingerprint);
  EXPECT_EQ(FingerprintIn(Replaced(sample, "\n", " ")), kSampleFingerprint);
  EXPECT_EQ(FingerprintIn(Replaced(sample, "\n", "")), kSampleFingerprint);
  EXPECT_EQ(FingerprintIn(Replaced("- " + sample, "\n-", "\n- -")), kSampleFingerprint);
  const std::string named =
      Replaced(sample, "BLOCK-----\n\nx", "BLOCK-----\nVersion: GnuPG v2\nComment: a b\n\nx");
  EXPECT_EQ(FingerprintIn(named), kSampleFingerprint);
  EXPECT_EQ(FingerprintIn(Replaced(named, "\n", " ")), kSampleFingerprint);
  EXPECT_EQ(FingerprintIn(Replaced(named, "\n\n", "\n")), kSampleFingerprint);
}

TEST(OpenPgp, HoldsTheCrcWhereThereIsOne) {
  const std::string sample(kSample);
  const auto with_crc = [&](std::string_view crc) {
    return Replaced(sample, "\n-----END", "\n=" + std::string(crc) + "\n-----END");
  };
  EXPECT_EQ(FingerprintIn(with_crc("AAAA")), "wrong CRC-24");
  // The CRC-24 of the same bytes, by another implementation (GnuPG --enarmor).
  const auto hello = [](std::string_view crc) {
    return ReadArmor(
        "-----BEGIN PGP MESSAGE-----\n\naGVsbG8K\n=" + std::string(crc) + "\n-----END PGP MESSAGE-----", 0);
  };
  EXPECT_EQ(hello("WALx")->damage, "");
  EXPECT_EQ(hello("WALx")->data, "hello\n");
  EXPECT_EQ(hello("WALy")->damage, "wrong CRC-24");
}

TEST(OpenPgp, NeverForgivesAWrongCharacter) {
  EXPECT_EQ(FingerprintIn(Replaced(std::string(kSample), "xioGY4d", "xio*Y4d")), "not base64");
  EXPECT_EQ(FingerprintIn(Replaced(std::string(kSample), "xioGY4d", "xioGYd")), "not base64");
  EXPECT_EQ(FingerprintIn(kSample.substr(0, 300)), "no end");
  EXPECT_EQ(FingerprintIn(Replaced(std::string(kSample), "END PGP PUBLIC", "END PGP PRIVATE")), "no end");
}

TEST(OpenPgp, GivesNoOtherFingerprintForAnyTruncation) {
  const auto armor = ReadArmor(kSample, 0);
  ASSERT_TRUE(armor);
  for (std::size_t size = 0; size < armor->data.size(); ++size) {
    const auto certificates = ReadCertificates(ByteView(armor->data).substr(0, size));
    if (certificates) {
      EXPECT_EQ(certificates->front().primary.fingerprint, kSampleFingerprint) << size;
    }
    static_cast<void>(IssuersOf(ByteView(armor->data).substr(0, size)));
    static_cast<void>(RecipientsOf(ByteView(armor->data).substr(0, size)));
  }
  for (std::size_t size = 0; size < kSample.size(); ++size) {
    const auto cut = ReadArmor(kSample.substr(0, size), 0);
    EXPECT_TRUE(!cut || !cut->damage.empty()) << size;
  }
}

Bytes Hex(std::string_view hex) { return *HexDecode(hex); }

// An RSA modulus of 1024 bits and the exponent 65537, as multi-precision integers.
Bytes RsaNumbers() {
  Bytes modulus(128, '\0');
  modulus[0] = '\x80';
  modulus.replace(119, 9, Hex("01234567890abcdef1"));
  return Hex("0400") + modulus + Hex("0011010001");
}

TEST(OpenPgp, NamesKeysOfVersionThreeByMd5AndOfVersionFiveBySha256) {
  // Expected values: Python's hashlib over the same numbers.
  const auto three = ReadPublicKey(Hex("03300000000000") + '\x01' + RsaNumbers());
  ASSERT_TRUE(three);
  EXPECT_EQ(three->fingerprint, "661978E4AE276F49F77BFC294A686267");
  EXPECT_EQ(three->algorithm_name, "rsa1024");
  const auto five = ReadPublicKey(Hex("056000000001"
                                      "00000087") +
                                  RsaNumbers());
  ASSERT_TRUE(five);
  EXPECT_EQ(five->fingerprint, "98E5D02494439AB8B7400FEC12A39D862C3254E152D56BA0A8A3FA55F186D9C9");
}

TEST(OpenPgp, RefusesKeysWhoseNumbersDoNotFillThePacket) {
  EXPECT_TRUE(ReadPublicKey(Hex("046000000001") + RsaNumbers()));
  EXPECT_FALSE(ReadPublicKey(Hex("046000000001") + RsaNumbers() + "x"));
  EXPECT_FALSE(ReadPublicKey(Hex("046000000001") + RsaNumbers().substr(0, 130)));
  EXPECT_FALSE(ReadPublicKey(Hex("026000000001") + RsaNumbers()));
  EXPECT_FALSE(ReadPublicKey(""));
}

TEST(OpenPgp, ReadsBothFormatsOfHeadersAndNoPartialLengths) {
  const auto types = [](std::string_view hex, Lengths lengths) {
    const Bytes data = Hex(hex);
    const auto packets = SplitPackets(data, lengths);
    std::string all = packets ? "" : "refused";
    if (packets)
      for (const Packet& packet : *packets)
        all += std::to_string(packet.type) + ":" + std::to_string(packet.body.size()) + " ";
    return all;
  };
  EXPECT_EQ(types("b40161"
                  "cd0161"
                  "b5000161"
                  "b60000000161"
                  "cdff0000000161",
                  Lengths::kWhole),
            "13:1 13:1 13:1 13:1 13:1 ");
  EXPECT_EQ(types("cde161", Lengths::kWhole), "refused");
  EXPECT_EQ(types("b761", Lengths::kWhole), "refused");
  EXPECT_EQ(types("cd0161"
                  "d2e161",
                  Lengths::kFirstParts),
            "13:1 ");
  EXPECT_EQ(types("cd0261", Lengths::kWhole), "refused");
  EXPECT_EQ(types("3d0161", Lengths::kFirstParts), "refused");
}

TEST(OpenPgp, NamesRecipientsAndIssuersOfEachVersion) {
  // Encrypted session keys of version 3, one of them hidden, and of version 6.
  const Bytes message = Hex("c10a03"
                            "0123456789abcdef"
                            "01"
                            "c10a03"
                            "0000000000000000"
                            "01") +
                        Hex("c11a0615"
                            "04"
                            "00112233445566778899aabbccddeeff01234567"
                            "190000");
  EXPECT_EQ(RecipientsOf(message), (std::vector<std::string>{"0123456789ABCDEF", "0000000000000000",
                                                             "00112233445566778899AABBCCDDEEFF01234567"}));
  // A signature of version 4: issuer fingerprint hashed, issuer not hashed, both the same key.
  const Bytes signature =
      Hex("c22b"
          "04001608"
          "0017"
          "162104"
          "00112233445566778899aabbccddeeff01234567"
          "000a"
          "0910"
          "ccddeeff01234567"
          "0000");
  EXPECT_EQ(IssuersOf(signature), (std::vector<std::string>{"CCDDEEFF01234567"}));
  EXPECT_EQ(IssuersOf(Hex("c2130305"
                          "00"
                          "60000000"
                          "0123456789abcdef"
                          "01080000")),
            (std::vector<std::string>{"0123456789ABCDEF"}));
}

}  // namespace
}  // namespace nightjar::openpgp
