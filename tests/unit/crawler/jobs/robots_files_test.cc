// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/robots_files.h"

#include "tests/unit/crawler/jobs/control_fixture.h"

namespace nightjar::jobs {
namespace {

using RobotsFilesTest = ControlTest;

TEST_F(RobotsFilesTest, KeepOneForEachJobAndOriginOverAReopen) {
  const RobotsFile text{RobotsFile::Kind::kText, now_, Sha256("x"), "user-agent: *\ndisallow: /\n"};
  const RobotsFile none{RobotsFile::Kind::kNone, now_, {}, ""};
  const std::string origin = "http://" + OnionHost('a');
  {
    const auto files = *RobotsFiles::Open(folder_);
    ASSERT_TRUE(files->Put(JobId{"a"}, origin, none));
    ASSERT_TRUE(files->Put(JobId{"a"}, origin, text));
    ASSERT_TRUE(files->Put(JobId{"b"}, origin, none));
  }
  const auto files = *RobotsFiles::Open(folder_);
  EXPECT_EQ(*files->Get(JobId{"a"}, origin), text);
  EXPECT_EQ(*files->Get(JobId{"b"}, origin), none);
  EXPECT_EQ(*files->Get(JobId{"a"}, origin + ":81"), std::nullopt);
}

TEST_F(RobotsFilesTest, AreAllForgottenAtOnce) {
  const auto files = *RobotsFiles::Open(folder_);
  ASSERT_TRUE(files->Put(JobId{"a"}, "http://o", {RobotsFile::Kind::kNone, now_, {}, ""}));
  ASSERT_TRUE(files->Clear());
  EXPECT_EQ(*files->Get(JobId{"a"}, "http://o"), std::nullopt);
}

TEST_F(RobotsFilesTest, CutATextAtItsBound) {
  const auto files = *RobotsFiles::Open(folder_);
  RobotsFile file{RobotsFile::Kind::kText, now_, Sha256("x"), std::string(kMostText + 5, 'x')};
  ASSERT_TRUE(files->Put(JobId{"a"}, "http://o", file));
  EXPECT_EQ((*files->Get(JobId{"a"}, "http://o"))->text.size(), kMostText);
}

}  // namespace
}  // namespace nightjar::jobs
