// SPDX-License-Identifier: Apache-2.0
#include "archive/blocklist/blocklist.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/md5.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::blocklist {
namespace {

using ::testing::HasSubstr;

const std::string kBad = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz2345.onion";
const std::string kGood = "zyxwvutsrqponmlkjihgfedcbazyxwvutsrqponmlkjihgfedcba5432.onion";

class BlocklistTest : public testing::Test {
 protected:
  BlocklistTest() {
    options_.sources = {{folder_ / "md5", Form::kAhmiaMd5}, {folder_ / "sha256", Form::kSha256}};
    options_.max_age = std::chrono::hours(48);
    options_.state_file = folder_ / "state/accepted";
    Put("md5", Made() + HexEncode(*Md5(kBad)) + "\n");
    Put("sha256", Made() + Sha256("other.onion").Hex() + "\n");
  }
  void Put(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(WriteFileDurably(folder_ / name, text));
  }
  [[nodiscard]] std::string Made() const { return "# made: " + FormatUtc(clock_.Utc()) + "\n"; }
  [[nodiscard]] std::string Entries(int count) const {
    std::string text = Made();
    for (int i = 0; i < count; ++i) text += HexEncode(*Md5(std::to_string(i))) + "\n";
    return text;
  }
  [[nodiscard]] std::string Refusal() {
    const auto list = Blocklist::Load(options_, clock_.Utc(), true);
    return list ? "" : list.error().Format();
  }

  TemporaryFolder folder_;
  ManualClock clock_;
  Options options_;
};

TEST_F(BlocklistTest, FindsItsOwnExample) { EXPECT_TRUE(SelfTest()); }

TEST_F(BlocklistTest, BlocksAHostByEitherKindOfDigest) {
  const auto list = Blocklist::Load(options_, clock_.Utc(), true);
  ASSERT_TRUE(list) << list.error().Format();
  EXPECT_TRUE(list->Blocks(kBad));
  EXPECT_TRUE(list->Blocks("other.onion"));
  EXPECT_FALSE(list->Blocks(kGood));
  EXPECT_EQ(list->entries(), 2U);
}

TEST_F(BlocklistTest, TakesSubDomainsWithTheirServiceAndNothingElse) {
  const auto list = Blocklist::Load(options_, clock_.Utc(), true);
  for (const std::string& name : {"www." + kBad, "a.b.c." + kBad, "WWW." + kBad + ".", kBad + ":8080"})
    EXPECT_TRUE(list->Blocks(name)) << name;
  for (const std::string& name :
       {kBad + ".evil.onion", "x" + kBad, std::string("onion"), std::string(), "www." + kGood})
    EXPECT_FALSE(list->Blocks(name)) << name;
}

TEST_F(BlocklistTest, BlocksOneSubDomainAlone) {
  Put("md5", Made() + HexEncode(*Md5("bad." + kGood)) + "\n");
  const auto list = Blocklist::Load(options_, clock_.Utc(), true);
  EXPECT_TRUE(list->Blocks("bad." + kGood));
  EXPECT_TRUE(list->Blocks("www.bad." + kGood));
  EXPECT_FALSE(list->Blocks(kGood));
}

TEST_F(BlocklistTest, FailsClosedWhenAListIsMissing) {
  options_.sources[1].path = folder_ / "nowhere";
  EXPECT_THAT(Refusal(), HasSubstr("nowhere"));
  EXPECT_THAT(Refusal(), HasSubstr("nothing is crawled"));
}

TEST_F(BlocklistTest, FailsClosedWhenAListIsNoList) {
  Put("md5", "<html>503 Service Unavailable</html>");
  EXPECT_THAT(Refusal(), HasSubstr("line 1"));
  Put("md5", "# nothing\n");
  EXPECT_THAT(Refusal(), HasSubstr("no digest at all"));
}

TEST_F(BlocklistTest, FailsClosedWhenAListIsOldOrFromTheFuture) {
  clock_.Advance(std::chrono::hours(48));
  EXPECT_EQ(Refusal(), "");
  clock_.Advance(std::chrono::hours(1));
  EXPECT_THAT(Refusal(), HasSubstr("2 days old"));
  clock_.Advance(-std::chrono::hours(49 + 25));
  EXPECT_THAT(Refusal(), HasSubstr("future"));
}

TEST_F(BlocklistTest, TakesTheTimeOfTheFileForAListThatSaysNoneItself) {
  Put("md5", HexEncode(*Md5(kBad)) + "\n");
  const timespec old[2] = {{UnixSeconds(clock_.Utc()) - 49 * 3600, 0},
                           {UnixSeconds(clock_.Utc()) - 49 * 3600, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, (folder_ / "md5").c_str(), old, 0), 0);
  EXPECT_THAT(Refusal(), HasSubstr("days old"));
}

TEST_F(BlocklistTest, FailsClosedWhenAListHasShrunkByMoreThanAFifth) {
  Put("md5", Entries(100));
  EXPECT_EQ(Refusal(), "");
  Put("md5", Entries(80));
  EXPECT_EQ(Refusal(), "");
  Put("md5", Entries(63));
  EXPECT_THAT(Refusal(), HasSubstr("shrunk from 80 entries to 63"));
  EXPECT_THAT(Refusal(), HasSubstr("blocklist accept"));
  ASSERT_TRUE(Blocklist::Accept(options_, clock_.Utc()));
  EXPECT_EQ(Refusal(), "");
}

TEST_F(BlocklistTest, RunsWithoutAnyListOnlyForAWrittenReason) {
  options_.sources.clear();
  EXPECT_THAT(Refusal(), HasSubstr("blocklist.waiver"));
  options_.waiver = "a private world for a test";
  const auto list = Blocklist::Load(options_, clock_.Utc(), true);
  ASSERT_TRUE(list);
  EXPECT_FALSE(list->Blocks(kBad));
  options_.sources = {{folder_ / "md5", Form::kAhmiaMd5}};
  EXPECT_TRUE(Blocklist::Load(options_, clock_.Utc(), true)->Blocks(kBad)) << "a list counts, waiver or not";
}

TEST_F(BlocklistTest, FollowsItsFilesAndBlocksEverythingWhileTheyAreBroken) {
  LiveBlocklist live(options_, clock_);
  EXPECT_TRUE(live.Blocks(kGood)) << "nothing was read yet";
  ASSERT_TRUE(live.Refresh());
  EXPECT_FALSE(live.Blocks(kGood));
  Put("sha256", Made() + Sha256(kGood).Hex() + "\n");
  ASSERT_TRUE(live.Refresh());
  EXPECT_TRUE(live.Blocks(kGood));
  Put("sha256", "rubbish");
  EXPECT_FALSE(live.Refresh());
  EXPECT_TRUE(live.Blocks("anything.onion"));
  Put("sha256", Made() + Sha256("other.onion").Hex() + "\n");
  ASSERT_TRUE(live.Refresh());
  EXPECT_FALSE(live.Blocks(kGood));
  clock_.Advance(std::chrono::hours(49));
  EXPECT_FALSE(live.Refresh()) << "a list grows old without its file changing";
  EXPECT_TRUE(live.Blocks(kGood));
}

}  // namespace
}  // namespace nightjar::blocklist
