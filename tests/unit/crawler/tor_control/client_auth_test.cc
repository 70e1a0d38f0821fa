// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/client_auth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/file.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::tor_control {
namespace {

const Bytes kBytes(32, 'k');
const OnionAddress kHost = OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, 'a'))->public_key());
const OnionAddress kOther = OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, 'b'))->public_key());
const std::string kName = kHost.host().substr(0, 56);

TEST(ClientKey, IsReadInEveryFormThatOperatorsHandOut) {
  const std::string base32 = Base32Encode(kBytes);
  std::string upper = base32;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  for (const std::string& text : {kName + ":descriptor:x25519:" + upper + "\n", upper, base32 + "\r\n",
                                  Base64Encode(kBytes), "x25519:" + base32}) {
    const auto key = ParseClientKey(text, kHost);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->bytes, kBytes);
  }
}

TEST(ClientKey, OfAnotherServiceOrAnotherKindIsRefusedWithoutRepeatingIt) {
  EXPECT_EQ(ParseClientKey(kName + ":descriptor:x25519:" + Base32Encode(kBytes), kOther).error().code,
            Code::kRefused);
  for (const std::string& text : {std::string(), Base32Encode(Bytes(31, 'k')), std::string("secret words"),
                                  kName + ":descriptor:ed25519:" + Base32Encode(kBytes)}) {
    const auto key = ParseClientKey(text, kHost);
    ASSERT_FALSE(key) << text;
    EXPECT_TRUE(text.empty() || key.error().Format().find(text) == std::string::npos);
  }
}

TEST(ClientKeyFolder, KeepsKeysForTheirOwnerOnly) {
  const TemporaryFolder scratch;
  const std::string path = scratch / "secrets/client-auth";
  const ClientKeyFolder folder(path);
  EXPECT_TRUE(folder.ReadAll()->empty()) << "no folder yet";
  ASSERT_TRUE(folder.Put(kHost, {kBytes}));
  struct stat state {};
  ASSERT_EQ(::stat((path + "/" + kName + ".auth_private").c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(path.c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777U, 0700U);
  EXPECT_EQ(*folder.ReadAll(), (ClientKeys{{kHost.host(), {kBytes}}}));
}

TEST(ClientKeyFolder, ReplacesListsAndRemoves) {
  const TemporaryFolder scratch;
  const ClientKeyFolder folder(scratch / "keys");
  ASSERT_TRUE(folder.Put(kHost, {kBytes}));
  ASSERT_TRUE(folder.Put(kHost, {Bytes(32, 'n')}));
  ASSERT_TRUE(folder.Put(kOther, {kBytes}));
  EXPECT_EQ(folder.ReadAll()->at(kHost.host()).bytes, Bytes(32, 'n'));
  EXPECT_THAT(*folder.Hosts(), ::testing::UnorderedElementsAre(kHost.host(), kOther.host()));
  EXPECT_TRUE(*folder.Remove(kHost));
  EXPECT_FALSE(*folder.Remove(kHost));
  EXPECT_THAT(*folder.Hosts(), ::testing::ElementsAre(kOther.host()));
}

TEST(ClientKeyFolder, LeavesOutAFileThatIsNoKey) {
  const TemporaryFolder scratch;
  const ClientKeyFolder folder(scratch / "keys");
  ASSERT_TRUE(folder.Put(kOther, {kBytes}));
  ASSERT_TRUE(WriteFileDurably(scratch / "keys/" + kName + ".auth_private", "rubbish"));
  EXPECT_EQ(folder.ReadAll()->size(), 1U);
}

}  // namespace
}  // namespace nightjar::tor_control
