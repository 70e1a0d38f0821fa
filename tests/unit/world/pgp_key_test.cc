// SPDX-License-Identifier: Apache-2.0
// GnuPG is the judge: it gets a home of its own and never a network.
#include "tests/world/content/pgp_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>

#include "base/file.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::world {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::uint32_t kWhen = 1768132800;  // 2026-01-11, 12:00 UTC

PgpKey KeyNumber(char number, const std::string& name = "quiet_heron41") {
  return {Bytes(PgpKey::kSeedSize, number), kWhen, name};
}

class GnuPgReads : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists("/usr/bin/gpg")) GTEST_SKIP() << "SKIP: no /usr/bin/gpg";
    std::filesystem::permissions(home_.path(), std::filesystem::perms::owner_all);
  }

  [[nodiscard]] std::string PathOf(const std::string& name, const std::string& text) const {
    EXPECT_TRUE(WriteFileDurably(home_ / name, text + "\n"));
    return home_ / name;
  }

  // All that GnuPG says, its status lines included.
  [[nodiscard]] std::string Gpg(const std::string& arguments) const {
    const std::string command = "/usr/bin/gpg --homedir " + home_.path() +
                                " --batch --no-autostart --trust-model always --status-fd 1 " + arguments +
                                " 2>&1";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string said;
    std::array<char, 4096> piece{};
    while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), pipe.get()))
      said.append(piece.data(), size);
    return said;
  }

  TemporaryFolder home_;
};

TEST(PgpKey, HasTheSameBytesForTheSameSeed) {
  EXPECT_EQ(KeyNumber(1).Block(), KeyNumber(1).Block());
  EXPECT_EQ(KeyNumber(1).SignedMessage("hello", kWhen), KeyNumber(1).SignedMessage("hello", kWhen));
  EXPECT_NE(KeyNumber(1).fingerprint(), KeyNumber(2).fingerprint());
}

// Numbers lose their leading zeros, which one key in 256 meets: many keys, so that some do.
TEST_F(GnuPgReads, EveryKeyWithItsNameAndFingerprintAndFindsItsSignatureGood) {
  constexpr int kKeys = 100;
  std::string blocks;
  for (int i = 0; i < kKeys; ++i)
    blocks += KeyNumber(static_cast<char>(i), "user" + std::to_string(i)).Block() + "\n";
  static_cast<void>(Gpg("--import " + PathOf("keys", blocks)));
  const std::string keys = Gpg("--with-colons --check-sigs");
  for (int i = 0; i < kKeys; ++i) {
    EXPECT_THAT(keys, HasSubstr(":" + KeyNumber(static_cast<char>(i)).fingerprint() + ":")) << i;
    EXPECT_THAT(keys, HasSubstr(":user" + std::to_string(i) + ":")) << i;
  }
  std::size_t good = 0;
  for (std::size_t at = keys.find("\nsig:!:"); at != std::string::npos; at = keys.find("\nsig:!:", at + 1))
    ++good;
  EXPECT_EQ(good, static_cast<std::size_t>(kKeys));
}

TEST_F(GnuPgReads, SignedMessagesAndSeesWhenTheyWereAltered) {
  static_cast<void>(Gpg("--import " + PathOf("key", KeyNumber(7).Block())));
  const std::string message = KeyNumber(7).SignedMessage("My key is another one.\nWrite to this one.", kWhen);
  EXPECT_THAT(Gpg("--verify " + PathOf("message", message)),
              HasSubstr("VALIDSIG " + KeyNumber(7).fingerprint()));
  std::string altered = message;
  altered.replace(altered.find("another"), 7, "the old");
  const std::string said = Gpg("--verify " + PathOf("altered", altered));
  EXPECT_THAT(said, HasSubstr("BADSIG"));
  EXPECT_THAT(said, Not(HasSubstr("VALIDSIG")));
}

}  // namespace
}  // namespace nightjar::world
