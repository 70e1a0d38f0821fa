// SPDX-License-Identifier: Apache-2.0
#include "config/site_profile.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::config {
namespace {

const std::string kHost = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";
const std::string kGood =
    "name: m\nhosts: [" + kHost + "]\nlogin:\n  url: /in\n  user_field: u\n" + "  password_field: p\n";

TEST(SiteProfile, IsReadFromTheExampleThatIsShipped) {
  const auto text = ReadFile(NIGHTJAR_SOURCE "/config/profiles/example.yaml");
  const auto profile = ParseSiteProfile(*text, "example.yaml");
  ASSERT_TRUE(profile) << profile.error().Format();
  EXPECT_EQ(profile->name, "example-market");
  EXPECT_EQ(profile->hosts, std::vector<std::string>{kHost});
  ASSERT_TRUE(profile->login);
  EXPECT_EQ(profile->login->url, "/login.php");
  EXPECT_EQ(profile->login->extra.at(0).second, "1");
  EXPECT_EQ(profile->login->success.size(), 2U);
}

TEST(SiteProfile, NeedsNoLogin) {
  const auto profile = ParseSiteProfile("name: m\nhosts: [" + kHost + "]\n", "m.yaml");
  ASSERT_TRUE(profile);
  EXPECT_FALSE(profile->login);
}

TEST(SiteProfile, IsRefusedWithTheLineThatIsWrong) {
  struct Case {
    std::string yaml;
    std::string where;
  };
  const std::vector<Case> cases = {
      {"name: m\nhost: x\n", "f.yaml:2"},
      {"name: m\nname: n\nhosts: [" + kHost + "]\n", "f.yaml:2"},
      {"name: m\n", "f.yaml:1"},
      {"name: UPPER\nhosts: [" + kHost + "]\n", "f.yaml:1"},
      {"name: m\nhosts: [example.com]\n", "f.yaml:2"},
      {"name: m\nhosts: []\n", "f.yaml:2"},
      {"- a\n", "f.yaml:1"},
      {kGood + "  captcha: solve\n", "f.yaml:7"},
      {kGood + "  success: [login]\n", "f.yaml:7"},
      {"name: m\nhosts: [" + kHost + "]\nlogin:\n  url: http://x/\n  user_field: u\n  password_field: p\n",
       "f.yaml:4"},
      {"name: [\n", "f.yaml:2"},
  };
  for (const Case& wrong : cases) {
    const auto profile = ParseSiteProfile(wrong.yaml, "f.yaml");
    ASSERT_FALSE(profile) << wrong.yaml;
    EXPECT_EQ(profile.error().code, Code::kInvalidInput);
    EXPECT_EQ(profile.error().where, wrong.where) << wrong.yaml << profile.error().Format();
  }
}

TEST(SiteProfiles, AreAllFilesOfTheFolderAndNoneWithoutOne) {
  const TemporaryFolder folder;
  EXPECT_TRUE(LoadSiteProfiles(folder / "none")->empty());
  ASSERT_TRUE(WriteFileDurably(folder / "m.yaml", kGood));
  ASSERT_TRUE(WriteFileDurably(folder / "notes.txt", "no profile"));
  EXPECT_EQ(LoadSiteProfiles(folder.path())->size(), 1U);
  ASSERT_TRUE(WriteFileDurably(folder / "n.yaml", "name: n\nhosts: [" + kHost + "]\n"));
  EXPECT_EQ(LoadSiteProfiles(folder.path()).error().where, folder / "n.yaml");
}

}  // namespace
}  // namespace nightjar::config
