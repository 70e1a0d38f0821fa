// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/run_log.h"

#include "tests/unit/crawler/jobs/control_fixture.h"

namespace nightjar::jobs {
namespace {

using RunLogTest = ControlTest;

TEST_F(RunLogTest, NumbersTheRunsOfEachJobAndEndsOneThatAnotherReplaces) {
  const auto log = *RunLog::Open(folder_);
  ASSERT_TRUE(log->Begin(JobId{"a"}, jobs::Run::Cause::kAdded, now_));
  jobs::Run second = *log->Begin(JobId{"a"}, jobs::Run::Cause::kOrdered, now_ + std::chrono::hours(1));
  EXPECT_EQ(second.number, 2U);
  EXPECT_EQ(log->Begin(JobId{"b"}, jobs::Run::Cause::kAdded, now_)->number, 1U);
  second.end = jobs::Run::End::kComplete;
  second.ended = now_ + std::chrono::hours(2);
  second.pages = 17;
  second.bytes = 1234;
  ASSERT_TRUE(log->Put(second));

  const auto runs = log->Of(JobId{"a"}, 10);
  ASSERT_TRUE(runs);
  ASSERT_EQ(runs->size(), 2U);
  EXPECT_EQ(runs->at(0), second);
  EXPECT_EQ(runs->at(1).end, jobs::Run::End::kReplaced);
  EXPECT_EQ(runs->at(1).ended, second.began);
  EXPECT_EQ(log->Of(JobId{"a"}, 1)->size(), 1U);
  EXPECT_TRUE(log->Of(JobId{"c"}, 10)->empty());
}

TEST_F(RunLogTest, GivesTheLastRunOfEachJobWhateverTheirNames) {
  const auto log = *RunLog::Open(folder_);
  for (const char* name : {"a", "a.b", "a-b", "ab", "b"})
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(log->Begin(JobId{name}, jobs::Run::Cause::kAdded, now_));
  const auto last = log->Last();
  ASSERT_TRUE(last);
  ASSERT_EQ(last->size(), 5U);
  for (const auto& [job, run] : *last) {
    EXPECT_EQ(run.number, 3U) << job.value;
    EXPECT_EQ(run.job, job);
  }
  for (const char* name : {"a", "a.b", "b"}) EXPECT_EQ(log->Of(JobId{name}, 10)->size(), 3U) << name;
}

}  // namespace
}  // namespace nightjar::jobs
