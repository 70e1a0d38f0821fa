// SPDX-License-Identifier: Apache-2.0
#include "base/cipher.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/file.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar {
namespace {

SealingKey KeyOf(char byte) { return *SealingKey::FromBytes(Bytes(32, byte)); }

TEST(SealingKey, OpensWhatItSealed) {
  SeededRandom random(1);
  for (const Bytes& plain : {Bytes(), Bytes("x"), Bytes(100'000, 'y')}) {
    const Bytes sealed = KeyOf('k').Seal(plain, "jars/1", random);
    EXPECT_EQ(sealed.size(), plain.size() + 28);
    EXPECT_EQ(KeyOf('k').Open(sealed, "jars/1").value(), plain);
  }
}

// McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", appendix B, test case 14: key, nonce and
// plain text all zero.
TEST(SealingKey, IsAesGcmAsItsAuthorsPublishedIt) {
  class Zeros final : public Random {
    Bytes Take(std::size_t count) override { return Bytes(count, '\0'); }
  } zeros;
  const Bytes sealed = KeyOf('\0').Seal(Bytes(16, '\0'), "", zeros);
  EXPECT_EQ(HexEncode(sealed),
            "000000000000000000000000"
            "cea7403d4d606b6e074ec5d3baf39d18"
            "d0d1c8a799996bf0265b98b5d48ab919");
}

TEST(SealingKey, NeverSealsTwiceToTheSameBytes) {
  SeededRandom random(1);
  EXPECT_NE(KeyOf('k').Seal("same", "", random), KeyOf('k').Seal("same", "", random));
}

TEST(SealingKey, RefusesAnyChangedByteAnotherPlaceAndAnotherKey) {
  SeededRandom random(1);
  const Bytes sealed = KeyOf('k').Seal("secret", "place", random);
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    Bytes changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_EQ(KeyOf('k').Open(changed, "place").error().code, Code::kCorrupt) << at;
  }
  EXPECT_FALSE(KeyOf('k').Open(sealed, "elsewhere"));
  EXPECT_FALSE(KeyOf('l').Open(sealed, "place"));
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(KeyOf('k').Open(ByteView(sealed).substr(0, size), "place")) << size;
}

TEST(SealingKey, IsMadeOnceForItsOwnerAloneAndFoundAgain) {
  const TemporaryFolder folder;
  SeededRandom random(1);
  const std::string path = folder / "sessions.key";
  const auto made = SealingKey::LoadOrCreate(path, random);
  ASSERT_TRUE(made) << made.error().Format();
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  const Bytes sealed = made->Seal("secret", "", random);
  EXPECT_EQ(SealingKey::LoadOrCreate(path, random)->Open(sealed, "").value(), "secret");
}

TEST(SealingKey, RefusesAFileThatIsNoKeyOrThatOthersMayRead) {
  const TemporaryFolder folder;
  SeededRandom random(1);
  ASSERT_TRUE(WriteFileDurably(folder / "short", "00\n", 0600));
  EXPECT_EQ(SealingKey::LoadOrCreate(folder / "short", random).error().code, Code::kCorrupt);
  ASSERT_TRUE(WriteFileDurably(folder / "open", std::string(64, '0') + "\n", 0644));
  EXPECT_EQ(SealingKey::LoadOrCreate(folder / "open", random).error().code, Code::kRefused);
}

}  // namespace
}  // namespace nightjar
