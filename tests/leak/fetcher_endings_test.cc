// SPDX-License-Identifier: Apache-2.0
// However an exchange ends, the record says how, and what had arrived is kept.
#include <gmock/gmock.h>

#include "tests/leak/fetcher_rig.h"

namespace nightjar::leak {
namespace {

using captures::Outcome;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

class FetcherEndings : public FetcherTest {};

TEST_F(FetcherEndings, CutsABodyAtTheLimitAndKeepsWhatFits) {
  limits_.body_bytes = 1000;
  ServeBytes("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + std::string(5000, 'x'));
  Start();
  const handover::Done done = Fetch(url_);
  EXPECT_EQ(done.exchange.body, std::string(1000, 'x'));
  EXPECT_EQ(RecordOf(done).outcome, Outcome::kTruncated);
  EXPECT_THAT(RecordOf(done).detail, HasSubstr("cut at 1000 bytes"));
}

TEST_F(FetcherEndings, TakesABodyOfExactlyTheLimit) {
  limits_.body_bytes = 1000;
  ServeBytes("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'));
  Start();
  EXPECT_EQ(RecordOf(Fetch(url_)).outcome, Outcome::kOk);
}

TEST_F(FetcherEndings, CutsAnEndlessBody) {
  tor_->Serve([](const Stream& stream) {
    (void)stream.ReadRequest();
    stream.Write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 200; ++i) stream.Write("4000\r\n" + std::string(0x4000, 'x') + "\r\n");
    stream.WaitForEnd();
  });
  Start();
  const handover::Done done = Fetch(url_);
  EXPECT_EQ(done.exchange.body.size(), limits_.body_bytes);
  EXPECT_EQ(RecordOf(done).outcome, Outcome::kTruncated);
}

TEST_F(FetcherEndings, EndsAHeaderFloodByBytes) {
  limits_.header_bytes = 4096;
  ServeBytes("HTTP/1.1 200 OK\r\nX-Flood: " + std::string(8000, 'x') + "\r\n\r\nbody");
  Start();
  const handover::Done done = Fetch(url_);
  EXPECT_EQ(RecordOf(done).outcome, Outcome::kProtocol);
  EXPECT_THAT(RecordOf(done).detail, HasSubstr("longer than 4096 bytes"));
  EXPECT_LE(done.exchange.head.size(), 4096U);
}

TEST_F(FetcherEndings, EndsAHeaderFloodByFieldsAndTakesOneWithinTheLimit) {
  limits_.header_fields = 20;
  std::string fields;
  for (int i = 0; i < 20; ++i) fields += "X-" + std::to_string(i) + ": y\r\n";
  ServeBytes("HTTP/1.1 200 OK\r\n" + fields + "\r\nbody");
  Start();
  EXPECT_EQ(RecordOf(Fetch(url_)).outcome, Outcome::kOk);
  ServeBytes("HTTP/1.1 200 OK\r\n" + fields + "X-20: y\r\n\r\nbody");
  const captures::Record record = RecordOf(Fetch(url_));
  EXPECT_EQ(record.outcome, Outcome::kProtocol);
  EXPECT_THAT(record.detail, HasSubstr("more than 20 fields"));
}

TEST_F(FetcherEndings, EndsAFloodOfInterimResponses) {
  limits_.header_bytes = 4096;
  tor_->Serve([](const Stream& stream) {
    (void)stream.ReadRequest();
    for (int i = 0; i < 1000; ++i) stream.Write("HTTP/1.1 103 Early Hints\r\n\r\n");
    stream.WaitForEnd();
  });
  Start();
  EXPECT_EQ(RecordOf(Fetch(url_)).outcome, Outcome::kProtocol);
}

TEST_F(FetcherEndings, GivesUpOnAServiceThatSaysNothing) {
  limits_.total = milliseconds(300);
  tor_->Serve([](const Stream& stream) { stream.WaitForEnd(); });
  Start();
  const captures::Record record = RecordOf(Fetch(url_));
  EXPECT_EQ(record.outcome, Outcome::kTimedOut);
  EXPECT_THAT(record.detail, HasSubstr("longer than 300 ms"));
}

TEST_F(FetcherEndings, CallsAResponseThatStopsHalfWayTruncated) {
  limits_.total = milliseconds(300);
  tor_->Serve([](const Stream& stream) {
    (void)stream.ReadRequest();
    stream.Write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    stream.WaitForEnd();
  });
  Start();
  const handover::Done done = Fetch(url_);
  EXPECT_EQ(RecordOf(done).outcome, Outcome::kTruncated);
  EXPECT_EQ(done.exchange.body, "half");
}

TEST_F(FetcherEndings, EndsATransferThatOnlyDrips) {
  limits_.low_speed_bytes = 1000;
  limits_.low_speed_time = seconds(1);
  tor_->Serve([](const Stream& stream) {
    (void)stream.ReadRequest();
    stream.Write("HTTP/1.1 200 OK\r\n\r\ndrip");
    stream.WaitForEnd();
  });
  Start();
  const captures::Record record = RecordOf(Fetch(url_));
  EXPECT_EQ(record.outcome, Outcome::kTruncated);
  EXPECT_THAT(record.detail, HasSubstr("slower than 1000 bytes a second"));
}

TEST_F(FetcherEndings, GivesUpOnATorThatNeverConnects) {
  limits_.connect = milliseconds(300);
  tor_->StaySilent();
  Start();
  const captures::Record record = RecordOf(Fetch(url_));
  EXPECT_EQ(record.outcome, Outcome::kTimedOut);
  EXPECT_THAT(record.detail, HasSubstr("no connection stood within 300 ms"));
}

TEST_F(FetcherEndings, TellsThatARequestWentOutWhereThatIsAskedFor) {
  ServeBytes("HTTP/1.1 200 OK\r\n\r\n");
  Start();
  handover::Task task = MakeTask(url_);
  (void)Fetch(task);
  EXPECT_THAT(begun_, ::testing::IsEmpty());
  task = MakeTask(url_);
  task.tell_begin = true;
  (void)Fetch(task);
  EXPECT_THAT(begun_, ::testing::ElementsAre(task.fetch_id));
}

TEST_F(FetcherEndings, TellsOfNoRequestThatNeverWentOut) {
  limits_.connect = milliseconds(300);
  tor_->StaySilent();
  Start();
  handover::Task task = MakeTask(url_);
  task.tell_begin = true;
  EXPECT_EQ(RecordOf(Fetch(task)).outcome, Outcome::kTimedOut);
  EXPECT_THAT(begun_, ::testing::IsEmpty());
}

TEST_F(FetcherEndings, ReportsAConnectionThatEndedEarly) {
  ServeBytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  Start();
  const handover::Done half = Fetch(url_);
  EXPECT_EQ(RecordOf(half).outcome, Outcome::kDisconnected);
  EXPECT_EQ(half.exchange.body, "half");
  ServeBytes("");
  EXPECT_EQ(RecordOf(Fetch(url_)).outcome, Outcome::kDisconnected);
  ServeBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
  EXPECT_EQ(RecordOf(Fetch(url_)).outcome, Outcome::kDisconnected);
}

TEST_F(FetcherEndings, RefusesWhatIsNotHttpOne) {
  ServeBytes("SSH-2.0-OpenSSH_9.2\r\n");
  Start();
  EXPECT_EQ(RecordOf(Fetch(url_)).outcome, Outcome::kProtocol);
  ServeBytes("HTTP/2 200\r\n\r\n");
  EXPECT_EQ(RecordOf(Fetch(url_)).outcome, Outcome::kProtocol);
  ServeBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk line\r\n");
  EXPECT_EQ(RecordOf(Fetch(url_)).outcome, Outcome::kProtocol);
}

TEST_F(FetcherEndings, NamesTheCauseThatTorGives) {
  struct Case {
    int reply;
    Outcome outcome;
  };
  Start();
  for (const Case& given : {Case{0x01, Outcome::kDisconnected}, Case{0x02, Outcome::kBadAddress},
                            Case{0x04, Outcome::kDescriptorMissing}, Case{0x05, Outcome::kRefused},
                            Case{0x06, Outcome::kTimedOut}, Case{0xF0, Outcome::kDescriptorMissing},
                            Case{0xF1, Outcome::kDescriptorMissing}, Case{0xF2, Outcome::kIntroduction},
                            Case{0xF3, Outcome::kRendezvous}, Case{0xF4, Outcome::kClientAuth},
                            Case{0xF5, Outcome::kClientAuth}, Case{0xF6, Outcome::kBadAddress},
                            Case{0xF7, Outcome::kIntroduction}, Case{0xEE, Outcome::kDisconnected}}) {
    tor_->AnswerSocks(given.reply);
    const captures::Record record = RecordOf(Fetch(url_));
    EXPECT_EQ(record.outcome, given.outcome) << given.reply;
    EXPECT_EQ(record.socks_reply, given.reply);
    EXPECT_NE(record.detail, "-");
    EXPECT_EQ(record.request_size, 0U);
  }
}

TEST_F(FetcherEndings, SaysWhenTorsSocketIsGone) {
  Start();
  tor_->Stop();
  EXPECT_EQ(RecordOf(Fetch(url_)).outcome, Outcome::kProxyUnavailable);
}

TEST_F(FetcherEndings, FindsATorThatWasStartedAnew) {
  Start();
  tor_.reset();
  tor_ = std::make_unique<TorStub>(folder_ + "/socks");
  ServeBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(RecordOf(Fetch(url_)).outcome, Outcome::kOk);
}

}  // namespace
}  // namespace nightjar::leak
