// SPDX-License-Identifier: Apache-2.0
#include "crawler/robots_desk.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/random.h"

namespace nightjar::crawler {
namespace {

using Kind = frontier::Ending::Kind;
using Step = RobotsDesk::Advice::Step;
using jobs::RobotsPolicy;

class RobotsDeskTest : public ::testing::Test {
 protected:
  RobotsDeskTest() { desk_ = Open(); }
  ~RobotsDeskTest() override {
    desk_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::unique_ptr<RobotsDesk> Open() {
    return std::make_unique<RobotsDesk>(*jobs::RobotsFiles::Open(folder_), clock_);
  }
  static jobs::Job JobThat(RobotsPolicy policy) {
    jobs::Job job;
    job.id.value = "market";
    job.robots = policy;
    return job;
  }
  RobotsDesk::Advice Advise(RobotsPolicy policy, const std::string& path) {
    const auto advice = desk_->Advise(JobThat(policy), "http://a.onion" + path);
    EXPECT_TRUE(advice) << advice.error().Format();
    return advice.value_or(RobotsDesk::Advice{});
  }
  Kind Answer(RobotsPolicy policy, captures::Outcome outcome, int status, Kind kind = Kind::kDone) {
    captures::Record record;
    record.url = "http://a.onion/robots.txt";
    record.outcome = outcome;
    record.http_status = status;
    const auto ending = desk_->Answered(JobThat(policy), record, {.kind = kind});
    EXPECT_TRUE(ending) << ending.error().Format();
    return ending->kind;
  }
  void Read(const std::string& text) {
    ASSERT_TRUE(desk_->TakeText(JobId{"market"}, {"http://a.onion", Sha256(text), text}));
  }

  const std::string folder_ = ::testing::TempDir() + "robots-" + HexEncode(SystemRandom().Take(6));
  ManualClock clock_;
  std::unique_ptr<RobotsDesk> desk_;
};

constexpr auto kOk = captures::Outcome::kOk;
const std::string kText = "user-agent: *\ndisallow: /private\n";

TEST_F(RobotsDeskTest, AsksNobodyWhereTheJobIgnoresTheFile) {
  const auto advice = Advise(RobotsPolicy::kIgnore, "/private");
  EXPECT_EQ(advice.step, Step::kGo);
  EXPECT_EQ(advice.robots, "ignored");
}

TEST_F(RobotsDeskTest, AsksForTheFileOnceAndLetsTheOthersWait) {
  const auto first = Advise(RobotsPolicy::kObey, "/x");
  EXPECT_EQ(first.step, Step::kAskFirst);
  EXPECT_EQ(first.robots_url, "http://a.onion/robots.txt");
  EXPECT_EQ(first.robots, "itself");
  EXPECT_EQ(Advise(RobotsPolicy::kObey, "/y").step, Step::kWait);
  EXPECT_TRUE(desk_->Awaits(JobId{"market"}));
  EXPECT_FALSE(desk_->Awaits(JobId{"other"}));
  EXPECT_EQ(Answer(RobotsPolicy::kObey, kOk, 200), Kind::kHeld);
  EXPECT_EQ(Advise(RobotsPolicy::kObey, "/y").step, Step::kWait) << "its text is still to be read";
  Read(kText);
  EXPECT_FALSE(desk_->Awaits(JobId{"market"}));
  EXPECT_EQ(Advise(RobotsPolicy::kObey, "/x").robots, "allowed sha256=" + Sha256(kText).Hex());
  EXPECT_EQ(Advise(RobotsPolicy::kObey, ":81/private").step, Step::kAskFirst) << "another origin's";
}

TEST_F(RobotsDeskTest, SaysByWhichRuleOfWhichFileAUrlIsRefused) {
  (void)Advise(RobotsPolicy::kObey, "/x");
  Read(kText);
  const auto advice = Advise(RobotsPolicy::kObey, "/private/1");
  EXPECT_EQ(advice.step, Step::kRefuse);
  EXPECT_EQ(advice.robots, "disallowed sha256=" + Sha256(kText).Hex());
  EXPECT_EQ(advice.refusal, "robots.txt forbids it: disallow: /private");
}

TEST_F(RobotsDeskTest, OnlyRecordsWhereTheJobSaysSo) {
  (void)Advise(RobotsPolicy::kRecord, "/x");
  Read(kText);
  const auto advice = Advise(RobotsPolicy::kRecord, "/private");
  EXPECT_EQ(advice.step, Step::kGo);
  EXPECT_EQ(advice.robots, "disallowed sha256=" + Sha256(kText).Hex());
  EXPECT_EQ(advice.refusal, "");
}

TEST_F(RobotsDeskTest, TakesAMissingFileForNone) {
  for (const int status : {404, 403, 301}) {
    desk_ = Open();
    clock_.Advance(kRobotsKeptFor);
    (void)Advise(RobotsPolicy::kObey, "/x");
    EXPECT_EQ(Answer(RobotsPolicy::kObey, kOk, status), Kind::kHeld) << status;
    EXPECT_EQ(Advise(RobotsPolicy::kObey, "/private").robots, "none") << status;
  }
}

TEST_F(RobotsDeskTest, CostsTheUrlItsTryWhereAnObeyingJobCannotReachTheFile) {
  (void)Advise(RobotsPolicy::kObey, "/x");
  EXPECT_EQ(Answer(RobotsPolicy::kObey, captures::Outcome::kTimedOut, 0, Kind::kPassing), Kind::kPassing);
  EXPECT_EQ(Advise(RobotsPolicy::kObey, "/x").step, Step::kAskFirst) << "and it is asked for again";
  EXPECT_EQ(Answer(RobotsPolicy::kObey, kOk, 503, Kind::kPassing), Kind::kPassing);
}

TEST_F(RobotsDeskTest, GoesOnWithoutAFileThatARecordingJobCannotReach) {
  (void)Advise(RobotsPolicy::kRecord, "/x");
  EXPECT_EQ(Answer(RobotsPolicy::kRecord, captures::Outcome::kTimedOut, 0, Kind::kPassing), Kind::kHeld);
  EXPECT_EQ(Advise(RobotsPolicy::kRecord, "/x").robots, "unreachable");
  clock_.Advance(kUnreachableKeptFor);
  EXPECT_EQ(Advise(RobotsPolicy::kRecord, "/x").step, Step::kAskFirst);
}

TEST_F(RobotsDeskTest, LearnsNothingFromAnAbsentTorOrALostFetcher) {
  (void)Advise(RobotsPolicy::kObey, "/x");
  EXPECT_EQ(Answer(RobotsPolicy::kObey, captures::Outcome::kProxyUnavailable, 0, Kind::kUntried),
            Kind::kUntried);
  EXPECT_EQ(Advise(RobotsPolicy::kObey, "/x").step, Step::kAskFirst);
  desk_->LostAll();
  EXPECT_EQ(Advise(RobotsPolicy::kObey, "/x").step, Step::kAskFirst);
}

TEST_F(RobotsDeskTest, KeepsWhatItLearntForADayAndOverRestarts) {
  (void)Advise(RobotsPolicy::kObey, "/x");
  Read(kText);
  desk_ = Open();
  EXPECT_EQ(Advise(RobotsPolicy::kObey, "/private").step, Step::kRefuse);
  clock_.Advance(kRobotsKeptFor - std::chrono::seconds(1));
  EXPECT_EQ(Advise(RobotsPolicy::kObey, "/private").step, Step::kRefuse);
  clock_.Advance(std::chrono::seconds(1));
  EXPECT_EQ(Advise(RobotsPolicy::kObey, "/private").step, Step::kAskFirst);
}

TEST_F(RobotsDeskTest, AsksAgainWhenTheTextNeverComes) {
  (void)Advise(RobotsPolicy::kObey, "/x");
  (void)Answer(RobotsPolicy::kObey, kOk, 200);
  clock_.Advance(std::chrono::hours(1));
  EXPECT_EQ(Advise(RobotsPolicy::kObey, "/x").step, Step::kAskFirst);
}

}  // namespace
}  // namespace nightjar::crawler
