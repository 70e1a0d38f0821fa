// SPDX-License-Identifier: Apache-2.0
#include "crawler/agenda.h"

#include <gtest/gtest.h>

namespace nightjar::crawler {
namespace {

using jobs::Job;
using jobs::JobState;
using ARun = jobs::Run;
using std::chrono::hours;
using std::chrono::minutes;

UtcTime At(const std::string& text) {
  const auto time = ParseUtc(text + ":00Z");
  EXPECT_TRUE(time) << text;
  return time.value_or(UtcTime{});
}

const UtcTime kCreated = At("2026-01-01T00:00");  // a Thursday

Job SomeJob() {
  Job job;
  job.id.value = "market";
  job.created = job.seeded = kCreated;
  return job;
}

ARun Began(UtcTime when) {
  ARun run;
  run.number = 1;
  run.began = when;
  return run;
}

ARun Ended(UtcTime began, UtcTime ended) {
  ARun run = Began(began);
  run.end = ARun::End::kComplete;
  run.ended = ended;
  return run;
}

TEST(Agenda, RunsAJobWithoutAScheduleOnceFromWhenItWasAdded) {
  const Job job = SomeJob();
  const Outlook first = Look(job, nullptr, {}, kCreated);
  EXPECT_EQ(first.begin, ARun::Cause::kAdded);
  EXPECT_TRUE(first.open);
  EXPECT_EQ(first.phase, Phase::kRunning);
  EXPECT_FALSE(first.next_run);

  const ARun open = Began(kCreated);
  EXPECT_FALSE(Look(job, &open, {}, kCreated + hours(1)).begin);
  EXPECT_TRUE(Look(job, &open, {}, kCreated + hours(1)).open);
  EXPECT_EQ(Look(job, &open, {.idle = true}, kCreated + hours(1)).end, ARun::End::kComplete);
  EXPECT_EQ(Look(job, &open, {.spent = true}, kCreated + hours(1)).end, ARun::End::kBudget);

  const ARun ended = Ended(kCreated, kCreated + hours(1));
  const Outlook after = Look(job, &ended, {.idle = true}, kCreated + hours(2));
  EXPECT_EQ(after.phase, Phase::kFinished);
  EXPECT_FALSE(after.open || after.begin || after.end || after.next_look);
}

TEST(Agenda, RunsAgainForSeedsAddedAfterARunHadEndedButNotForThoseOfTheRunItself) {
  Job job = SomeJob();
  job.seeded = kCreated + minutes(30);
  const ARun ended = Ended(kCreated, kCreated + hours(1));
  EXPECT_FALSE(Look(job, &ended, {}, kCreated + hours(2)).begin);
  job.seeded = kCreated + minutes(90);
  EXPECT_EQ(Look(job, &ended, {}, kCreated + hours(2)).begin, ARun::Cause::kAdded);
}

TEST(Agenda, RunsOnceAtItsMoment) {
  Job job = SomeJob();
  job.at = kCreated + hours(5);
  const Outlook before = Look(job, nullptr, {}, kCreated + hours(4));
  EXPECT_EQ(before.phase, Phase::kScheduled);
  EXPECT_EQ(before.next_run, job.at);
  EXPECT_EQ(before.next_look, job.at);
  EXPECT_FALSE(before.open);
  EXPECT_EQ(Look(job, nullptr, {}, kCreated + hours(5)).begin, ARun::Cause::kAt);
  EXPECT_EQ(Look(job, nullptr, {}, kCreated + hours(500)).begin, ARun::Cause::kAt) << "the machine was off";
  const ARun ended = Ended(kCreated + hours(5), kCreated + hours(6));
  EXPECT_EQ(Look(job, &ended, {}, kCreated + hours(7)).phase, Phase::kFinished);
}

TEST(Agenda, RunsOnceForAllTheMomentsThatWereMissed) {
  Job job = SomeJob();
  job.cron = "0 3 * * *";
  EXPECT_EQ(Look(job, nullptr, {}, At("2026-01-01T02:59")).next_run, At("2026-01-01T03:00"));
  EXPECT_EQ(Look(job, nullptr, {}, At("2026-01-01T03:00")).begin, ARun::Cause::kCron);

  const UtcTime back_on = At("2026-01-20T12:00");
  const ARun last = Ended(At("2026-01-01T03:00"), At("2026-01-01T04:00"));
  const Outlook late = Look(job, &last, {}, back_on);
  EXPECT_EQ(late.begin, ARun::Cause::kCron);
  EXPECT_EQ(late.next_run, At("2026-01-21T03:00"));
  const ARun made_up = Ended(back_on, back_on + hours(1));
  EXPECT_FALSE(Look(job, &made_up, {}, back_on + hours(2)).begin);
}

TEST(Agenda, LetsARunFinishBeforeTheNextBegins) {
  Job job = SomeJob();
  job.cron = "@hourly";
  const ARun open = Began(At("2026-01-01T01:00"));
  const Outlook during = Look(job, &open, {}, At("2026-01-01T02:30"));
  EXPECT_FALSE(during.begin);
  EXPECT_EQ(during.phase, Phase::kRunning);
  const Outlook over = Look(job, &open, {.idle = true}, At("2026-01-01T02:30"));
  EXPECT_EQ(over.end, ARun::End::kComplete);
  EXPECT_FALSE(over.begin) << "one step at a time";
  EXPECT_EQ(over.next_look, At("2026-01-01T02:30"));
  const ARun ended = Ended(open.began, At("2026-01-01T02:30"));
  EXPECT_EQ(Look(job, &ended, {}, At("2026-01-01T02:30")).begin, ARun::Cause::kCron);
}

TEST(Agenda, EndsARunWithItsTime) {
  Job job = SomeJob();
  job.max_time = hours(2);
  const ARun open = Began(kCreated);
  EXPECT_EQ(Look(job, &open, {}, kCreated + hours(1)).next_look, kCreated + hours(2));
  EXPECT_EQ(Look(job, &open, {}, kCreated + hours(2)).end, ARun::End::kTime);
  job.state = JobState::kPaused;
  EXPECT_EQ(Look(job, &open, {}, kCreated + hours(2)).end, ARun::End::kTime)
      << "a pause does not stop the clock";
}

TEST(Agenda, RestsOutsideWindowsAndInNightsAndWakesUpAtTheirEdges) {
  Job job = SomeJob();
  job.windows = {*jobs::ParseWindow("22:00-06:00")};
  job.nights = {*jobs::ParseWindow("02:00-03:00")};
  const ARun open = Began(At("2026-01-01T23:00"));
  const auto look = [&](const char* time) { return Look(job, &open, {}, At(time)); };
  EXPECT_TRUE(look("2026-01-02T01:59").open);
  EXPECT_EQ(look("2026-01-02T01:59").next_look, At("2026-01-02T02:00"));
  EXPECT_EQ(look("2026-01-02T02:00").phase, Phase::kResting);
  EXPECT_FALSE(look("2026-01-02T02:00").open);
  EXPECT_TRUE(look("2026-01-02T03:00").open);
  EXPECT_FALSE(look("2026-01-02T06:00").open);
  EXPECT_EQ(look("2026-01-02T06:00").next_look, At("2026-01-02T22:00"));
}

TEST(Agenda, DoesNotBeginARunWhileTheJobRests) {
  Job job = SomeJob();
  job.windows = {*jobs::ParseWindow("22:00-06:00")};
  const Outlook day = Look(job, nullptr, {}, At("2026-01-01T12:00"));
  EXPECT_FALSE(day.begin);
  EXPECT_EQ(day.phase, Phase::kDue);
  EXPECT_EQ(Look(job, nullptr, {}, At("2026-01-01T22:00")).begin, ARun::Cause::kAdded);
}

TEST(Agenda, KeepsPausedAndCancelledJobsClosed) {
  Job job = SomeJob();
  const ARun open = Began(kCreated);
  job.state = JobState::kPaused;
  EXPECT_EQ(Look(job, &open, {}, kCreated + hours(1)).phase, Phase::kPaused);
  EXPECT_FALSE(Look(job, &open, {}, kCreated + hours(1)).open);
  EXPECT_FALSE(Look(job, nullptr, {}, kCreated + hours(1)).begin);
  job.state = JobState::kCancelled;
  const Outlook cancelled = Look(job, &open, {}, kCreated + hours(1));
  EXPECT_EQ(cancelled.end, ARun::End::kCancelled);
  EXPECT_EQ(cancelled.phase, Phase::kCancelled);
  EXPECT_FALSE(cancelled.open || cancelled.begin || cancelled.next_run);
}

TEST(Agenda, KeepsARecrawlingJobOpenAndRenewsItsBudgetsByCron) {
  Job job = SomeJob();
  job.recrawl_min = job.recrawl_max = hours(1);
  const ARun open = Began(kCreated);
  EXPECT_FALSE(Look(job, &open, {.idle = true}, kCreated + hours(30)).end);
  EXPECT_EQ(Look(job, &open, {.spent = true}, kCreated + hours(30)).end, ARun::End::kBudget);
  job.cron = "@daily";
  EXPECT_EQ(Look(job, &open, {}, kCreated + hours(24)).begin, ARun::Cause::kCron);
}

}  // namespace
}  // namespace nightjar::crawler
