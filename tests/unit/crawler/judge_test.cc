// SPDX-License-Identifier: Apache-2.0
#include "crawler/judge.h"

#include <gtest/gtest.h>

namespace nightjar::crawler {
namespace {

using captures::Outcome;
using frontier::Cause;
using Kind = frontier::Ending::Kind;

frontier::Ending Judged(Outcome outcome, int status = 0) {
  captures::Record record;
  record.outcome = outcome;
  record.http_status = status;
  return JudgeExchange(record);
}

TEST(Judge, TakesAnyAnswerAboutThePageAsDone) {
  for (const int status : {200, 204, 301, 302, 403, 404, 410})
    EXPECT_EQ(Judged(Outcome::kOk, status).kind, Kind::kDone);
  EXPECT_EQ(Judged(Outcome::kTruncated, 200).kind, Kind::kDone);
}

TEST(Judge, TriesABusyServiceAgain) {
  for (const int status : {429, 500, 502, 503, 504}) {
    EXPECT_EQ(Judged(Outcome::kOk, status).kind, Kind::kPassing) << status;
    EXPECT_EQ(Judged(Outcome::kOk, status).cause, Cause::kServerError);
  }
}

TEST(Judge, TellsPassingCausesFromFinalOnes) {
  for (const auto outcome : {Outcome::kDescriptorMissing, Outcome::kIntroduction, Outcome::kRendezvous,
                             Outcome::kRefused, Outcome::kTimedOut, Outcome::kDisconnected})
    EXPECT_EQ(Judged(outcome).kind, Kind::kPassing) << OutcomeName(outcome);
  for (const auto outcome :
       {Outcome::kClientAuth, Outcome::kBadAddress, Outcome::kProtocol, Outcome::kNotAttempted})
    EXPECT_EQ(Judged(outcome).kind, Kind::kFinal) << OutcomeName(outcome);
}

TEST(Judge, SpendsNoTryWhenTorWasAway) { EXPECT_EQ(Judged(Outcome::kProxyUnavailable).kind, Kind::kUntried); }

TEST(Judge, LeavesABusyServiceAloneForAsLongAsItSays) {
  const std::pair<std::string, int> kTable[] = {
      {"HTTP/1.1 503 Busy\r\nRetry-After: 120\r\n\r\n", 120},
      {"HTTP/1.1 503 Busy\r\nretry-after:\t7 \r\n\r\n", 7},
      {"HTTP/1.1 503 Busy\r\nRETRY-AFTER: 99999999999999999999999\r\n\r\n", 86400},
      {"HTTP/1.1 503 Busy\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n\r\n", 0},
      {"HTTP/1.1 503 Busy\r\nRetry-After: -5\r\n\r\n", 0},
      {"HTTP/1.1 503 Busy\r\nRetry-After:", 0},
      {"", 0},
  };
  for (const auto& [head, seconds] : kTable) EXPECT_EQ(RetryAfterOf(head).count(), seconds) << head;
  captures::Record record;
  record.http_status = 503;
  EXPECT_EQ(JudgeExchange(record, kTable[0].first).not_before, std::chrono::seconds(120));
  record.http_status = 200;
  EXPECT_EQ(JudgeExchange(record, kTable[0].first).not_before, std::chrono::seconds(0));
}

TEST(Judge, TellsADeadPageAndMarksContent) {
  captures::Record record;
  record.http_status = 404;
  record.body_sha256 = Sha256("body");
  record.response_size = 77;
  const frontier::Ending ending = JudgeExchange(record);
  EXPECT_TRUE(ending.gone);
  EXPECT_TRUE(ending.content);
  EXPECT_EQ(ending.bytes, 77U);
}

TEST(Judge, SuspectsTheRouteWhereAnotherCircuitCouldHelp) {
  EXPECT_TRUE(SuspectsRoute(Outcome::kRendezvous));
  EXPECT_TRUE(SuspectsRoute(Outcome::kIntroduction));
  EXPECT_TRUE(SuspectsRoute(Outcome::kTimedOut));
  EXPECT_FALSE(SuspectsRoute(Outcome::kDescriptorMissing));
  EXPECT_FALSE(SuspectsRoute(Outcome::kOk));
}

TEST(SpeaksOfHost, TellsTroubleOfTheHostFromTroubleOfTheWay) {
  using availability::Cause;
  captures::Record record;
  record.outcome = Outcome::kOk;
  record.http_status = 404;
  EXPECT_EQ(SpeaksOfHost(record), Cause::kAnswered);
  record.http_status = 503;
  EXPECT_EQ(SpeaksOfHost(record), Cause::kServerError);
  for (const auto& [outcome, cause] : std::vector<std::pair<Outcome, std::optional<Cause>>>{
           {Outcome::kDescriptorMissing, Cause::kDescriptor},
           {Outcome::kIntroduction, Cause::kIntroduction},
           {Outcome::kRendezvous, Cause::kRendezvous},
           {Outcome::kClientAuth, Cause::kClientAuth},
           {Outcome::kRefused, Cause::kRefused},
           {Outcome::kTimedOut, Cause::kTimedOut},
           {Outcome::kDisconnected, Cause::kDisconnected},
           {Outcome::kProxyUnavailable, Cause::kTorNotReady},
           {Outcome::kNotAttempted, std::nullopt}}) {
    record.outcome = outcome;
    EXPECT_EQ(SpeaksOfHost(record), cause) << captures::OutcomeName(outcome);
  }
}

}  // namespace
}  // namespace nightjar::crawler
