// SPDX-License-Identifier: Apache-2.0
#include "base/signature.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <thread>
#include <vector>

#include "base/file.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar {
namespace {

struct Vector {
  const char* seed;
  const char* public_key;
  const char* message;
  const char* signature;
};

// RFC 8032, section 7.1, tests 1, 2, 3 and SHA(abc).
constexpr Vector kRfc8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
     "d25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
     "387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
     "4a7c15e9716ed28dc027beceea1ec40a"},
    {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
     "454d4423643ce80e2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
     "3dca179c138ac17ad9bef1177331a704"}};

SigningKey TestKey() { return *SigningKey::FromSeed(*HexDecode(kRfc8032[0].seed)); }

TEST(Signature, AgreesWithTheVectorsOfRfc8032) {
  for (const auto& vector : kRfc8032) {
    const auto key = SigningKey::FromSeed(*HexDecode(vector.seed));
    ASSERT_TRUE(key);
    const Bytes message = *HexDecode(vector.message);
    EXPECT_EQ(HexEncode(key->public_key().View()), vector.public_key);
    EXPECT_EQ(HexEncode(key->Sign(message)), vector.signature);
    EXPECT_TRUE(key->public_key().Verify(message, *HexDecode(vector.signature)));
    EXPECT_EQ(HexEncode(key->Seed()), vector.seed);
  }
}

TEST(Signature, OfAnyOtherMessageKeyOrLengthIsFalse) {
  const SigningKey key = TestKey();
  const Bytes signature = key.Sign("message");
  EXPECT_FALSE(key.public_key().Verify("Message", signature));
  EXPECT_FALSE(SigningKey::Generate().public_key().Verify("message", signature));
  EXPECT_FALSE(key.public_key().Verify("message", signature + "x"));
  EXPECT_FALSE(key.public_key().Verify("message", ByteView(signature).substr(0, 63)));
  EXPECT_FALSE(key.public_key().Verify("message", ""));
}

TEST(Signature, WithAnyBitChangedIsFalse) {
  const SigningKey key = TestKey();
  const Bytes good = key.Sign("message");
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    Bytes bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(key.public_key().Verify("message", bad)) << "bit " << bit;
  }
}

TEST(VerifyKey, SurvivesARoundTripThroughPem) {
  const VerifyKey key = TestKey().public_key();
  const std::string pem = key.ToPem();
  EXPECT_TRUE(pem.starts_with("-----BEGIN PUBLIC KEY-----\n")) << pem;
  EXPECT_EQ(VerifyKey::FromPem(pem).value(), key);
  EXPECT_EQ(VerifyKey::FromBytes(key.View()).value(), key);
  EXPECT_FALSE(VerifyKey::FromBytes(key.View().substr(1)));
}

TEST(VerifyKey, IsNotReadFromOtherPem) {
  constexpr auto kP256 =
      "-----BEGIN PUBLIC KEY-----\n"
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\n"
      "6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n"
      "-----END PUBLIC KEY-----\n";
  const std::string pem = TestKey().public_key().ToPem();
  for (const std::string& text : {std::string(), std::string("no pem"), pem.substr(0, 60), std::string(kP256),
                                  std::string(1 << 20, '-') + pem}) {
    EXPECT_FALSE(VerifyKey::FromPem(text)) << text.substr(0, 80);
  }
}

// OpenSSL would otherwise ask for the pass phrase at the terminal, and a test run would stand still here.
TEST(VerifyKey, NeverAsksForAPassPhrase) {
  constexpr auto kEncrypted =
      "-----BEGIN PUBLIC KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
      "AES-128-CBC,00112233445566778899AABBCCDDEEFF\n"
      "\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n";
  EXPECT_FALSE(VerifyKey::FromPem(kEncrypted));
}

TEST(SigningKey, IsMadeOnceAndThenLoadedFromItsFile) {
  const TemporaryFolder folder;
  const std::string path = folder / "key.pem";
  const auto made = SigningKey::LoadOrCreate(path);
  ASSERT_TRUE(made) << made.error().Format();
  const auto loaded = SigningKey::LoadOrCreate(path);
  ASSERT_TRUE(loaded) << loaded.error().Format();
  EXPECT_EQ(loaded->public_key(), made->public_key());
  EXPECT_EQ(folder.FileCount(), 1U);
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST(SigningKey, IsTheSameForAllThatMakeItAtOnce) {
  const TemporaryFolder folder;
  std::vector<VerifyKey> keys(8);
  std::vector<std::thread> threads;
  for (auto& key : keys) {
    threads.emplace_back([&] { key = SigningKey::LoadOrCreate(folder / "key.pem")->public_key(); });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& key : keys) EXPECT_EQ(key, keys.front());
  EXPECT_EQ(folder.FileCount(), 1U);
}

TEST(SigningKey, IsNeverReplacedWhenItsFileIsSpoilt) {
  const TemporaryFolder folder;
  ASSERT_TRUE(WriteFileDurably(folder / "key.pem", "spoilt"));
  const auto key = SigningKey::LoadOrCreate(folder / "key.pem");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, Code::kCorrupt);
  EXPECT_EQ(ReadFile(folder / "key.pem").value(), "spoilt");
}

TEST(SigningKey, NeedsASeedOf32Bytes) {
  EXPECT_FALSE(SigningKey::FromSeed("short"));
  EXPECT_FALSE(SigningKey::FromSeed(std::string(33, 'x')));
}

TEST(KeyId, IsTheHeadOfTheDigestOfTheKey) {
  const VerifyKey key = TestKey().public_key();
  EXPECT_EQ(KeyId(key), Sha256(key.View()).Hex().substr(0, 16));
}

}  // namespace
}  // namespace nightjar
