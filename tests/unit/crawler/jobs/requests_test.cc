// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/requests.h"

#include "tests/unit/crawler/jobs/control_fixture.h"

namespace nightjar::jobs {
namespace {

using RequestsTest = ControlTest;

TEST_F(RequestsTest, AreTakenInTheOrderInWhichTheyWereAsked) {
  const auto requests = *Requests::Open(folder_);
  Request run{.what = Request::What::kRunNow, .job = JobId{"market"}, .asked = now_};
  Request drop{.what = Request::What::kDrop,
               .job = JobId{"market"},
               .host = OnionHost('a'),
               .url_prefix = "http://x",
               .asked = now_};
  run.id = *requests->Ask(run);
  drop.id = *requests->Ask(drop);
  EXPECT_EQ(*requests->Open(), (std::vector{run, drop}));
  EXPECT_EQ(*requests->Get(drop.id), drop);
}

TEST_F(RequestsTest, SayWhatCameOfThem) {
  const auto requests = *Requests::Open(folder_);
  const RequestId good = *requests->Ask({.job = JobId{"a"}, .asked = now_});
  const RequestId bad = *requests->Ask({.job = JobId{"b"}, .asked = now_});
  ASSERT_TRUE(requests->Finish(good, std::string("run 2 began"), now_ + std::chrono::seconds(1)));
  ASSERT_TRUE(requests->Finish(bad, Fail(Code::kNotFound, "no such job", "b"), now_));
  EXPECT_TRUE(requests->Open()->empty());
  EXPECT_EQ(requests->Get(good)->state, Request::State::kDone);
  EXPECT_EQ(requests->Get(good)->result, "run 2 began");
  EXPECT_EQ(requests->Get(good)->ended, now_ + std::chrono::seconds(1));
  EXPECT_EQ(requests->Get(bad)->state, Request::State::kFailed);
  EXPECT_EQ(requests->Get(bad)->result, "b: no such job");
  EXPECT_EQ(requests->Get(RequestId{77}).error().code, Code::kNotFound);
}

TEST_F(RequestsTest, AreForgottenOldestFirstOnceTheyHaveEndedAndNeverWhileOpen) {
  const auto requests = *Requests::Open(folder_);
  const RequestId open = *requests->Ask({.job = JobId{"a"}, .asked = now_});
  RequestId first;
  for (std::size_t i = 0; i < kKeptRequests + 2; ++i) {
    const RequestId id = *requests->Ask({.job = JobId{"a"}, .asked = now_});
    if (i == 0) first = id;
    ASSERT_TRUE(requests->Finish(id, std::string("done"), now_));
  }
  const RequestId last = *requests->Ask({.job = JobId{"a"}, .asked = now_});
  EXPECT_EQ(requests->Get(first).error().code, Code::kNotFound);
  EXPECT_TRUE(requests->Get(open));
  EXPECT_EQ(last.value, kKeptRequests + 4) << "numbers are never used again";
}

}  // namespace
}  // namespace nightjar::jobs
