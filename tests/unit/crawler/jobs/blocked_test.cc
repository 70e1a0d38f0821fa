// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/blocked.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/md5.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::jobs {
namespace {

class BlockedJob : public testing::Test {
 protected:
  BlockedJob() {
    EXPECT_TRUE(WriteFileDurably(folder_ / "list", HexEncode(*Md5("bad.onion")) + "\n"));
    list_ = *blocklist::Blocklist::Load(
        {.sources = {{folder_ / "list", blocklist::Form::kAhmiaMd5}}, .waiver = {}, .state_file = {}},
        SystemClock().Utc(), false);
  }
  [[nodiscard]] Status Check(const std::vector<std::string>& seeds,
                             const std::vector<std::string>& hosts) const {
    Job job;
    job.seeds = seeds;
    job.hosts = hosts;
    return RefuseBlocked(job, list_);
  }

  TemporaryFolder folder_;
  blocklist::Blocklist list_;
};

TEST_F(BlockedJob, IsRefusedForASeedOrAHostOfItsScope) {
  EXPECT_TRUE(Check({"http://good.onion/"}, {"good.onion"}));
  EXPECT_EQ(Check({"http://good.onion/", "http://www.bad.onion/x"}, {"good.onion"}).error().code,
            Code::kRefused);
  EXPECT_EQ(Check({"http://good.onion/"}, {"good.onion", "bad.onion"}).error().code, Code::kRefused);
}

TEST_F(BlockedJob, IsRefusedWithoutSpreadingTheName) {
  const Status refused = Check({"http://bad.onion/"}, {});
  EXPECT_EQ(refused.error().Format().find("bad.onion"), std::string::npos);
  EXPECT_NE(refused.error().Format().find(Sha256("bad.onion").Hex()), std::string::npos);
}

}  // namespace
}  // namespace nightjar::jobs
