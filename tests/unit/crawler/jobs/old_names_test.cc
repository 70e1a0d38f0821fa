// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/old_names.h"

#include "tests/unit/crawler/jobs/control_fixture.h"

namespace nightjar::jobs {
namespace {

using OldNamesTest = ControlTest;

TEST_F(OldNamesTest, RememberWhenTheyWereFirstMetAndHowOften) {
  const auto names = *OldNames::Open(folder_);
  const std::vector<std::string> list = {"expyuzz4wqqyqhjn.onion", "3g2upl4pq6kufc4m.onion"};
  EXPECT_EQ(*names->Meet(list, JobId{"a"}, now_), 2U);
  EXPECT_EQ(*names->Meet(std::span(list).first(1), JobId{"b"}, now_ + std::chrono::hours(1)), 0U);
  const auto listed = names->List();
  ASSERT_TRUE(listed);
  EXPECT_EQ(listed->at(list[0]), (OldName{JobId{"a"}, now_, 2}));
  EXPECT_EQ(listed->at(list[1]), (OldName{JobId{"a"}, now_, 1}));
}

}  // namespace
}  // namespace nightjar::jobs
