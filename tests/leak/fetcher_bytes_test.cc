// SPDX-License-Identifier: Apache-2.0
// What the fetcher keeps is what travelled, to the byte.
#include <gmock/gmock.h>

#include <atomic>
#include <set>

#include "base/build_info.h"
#include "tests/leak/fetcher_rig.h"

namespace nightjar::leak {
namespace {

using captures::Outcome;

class FetcherBytes : public FetcherTest {
 protected:
  FetcherBytes() { media_ = {"*/*"}; }  // bodies here are bytes of every kind

  // Serves head ‖ body and expects both back as they are.
  void ExpectKept(const std::string& head, const std::string& body) {
    ServeBytes(head + body);
    if (!fetcher_) Start();
    const handover::Done done = Fetch(url_);
    EXPECT_EQ(done.exchange.head, head);
    EXPECT_EQ(done.exchange.body, body);
    EXPECT_EQ(RecordOf(done).outcome, Outcome::kOk) << RecordOf(done).detail;
    EXPECT_EQ(RecordOf(done).response_sha256, Sha256(head + body));
    EXPECT_EQ(RecordOf(done).body_sha256, Sha256(body));
  }
};

TEST_F(FetcherBytes, KeepsAChunkedBodyWithItsChunkLinesExtensionsAndTrailer) {
  ExpectKept("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-End\r\n\r\n",
             "5;ext=\"v\"\r\nhello\r\n6\r\n world\r\n0\r\nX-End: yes\r\n\r\n");
}

TEST_F(FetcherBytes, KeepsContentCodingsUndecoded) {
  const std::string gzip(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x4c\x4a\x06\x00\xc2\x41\x24\x35\x03\x00\x00\x00", 23);
  ExpectKept("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 23\r\n\r\n", gzip);
}

TEST_F(FetcherBytes, KeepsATransferCodingOfGzipUndecoded) {
  ExpectKept("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n",
             "\x1f\x8bno gzip at all");
}

TEST_F(FetcherBytes, KeepsOddHeadersAsTheyCame) {
  ExpectKept(
      "HTTP/1.1 404 Gone   fishing\r\nseRVer:x\r\nX-Dup: 1\r\nX-Dup: 2\r\nX-Fold: a\r\n  b\r\nX-High: "
      "\xff\xfe\r\n"
      "Content-Length: 2\r\n\r\n",
      "ok");
  ExpectKept("HTTP/1.0 200 OK\nX-Bare: line feeds\n\n", "until the end of the stream");
}

TEST_F(FetcherBytes, KeepsABodyOfEveryByte) {
  std::string body;
  for (int i = 0; i < 256 * 300; ++i) body.push_back(static_cast<char>(i * 7));
  ExpectKept("HTTP/1.1 200 OK\r\n\r\n", body);
}

TEST_F(FetcherBytes, KeepsTheFinalResponseAndNoInterimOne) {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
  ServeBytes("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + head + "ok");
  Start();
  const handover::Done done = Fetch(url_);
  EXPECT_EQ(done.exchange.head, head);
  EXPECT_EQ(done.exchange.body, "ok");
  EXPECT_EQ(RecordOf(done).http_status, 200);
}

TEST_F(FetcherBytes, SendsTheProfileInItsOrderAndRecordsTheRequestAsSent) {
  std::string received;
  tor_->Serve([&](const Stream& stream) {
    received = stream.ReadRequest();
    stream.Write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  Start();
  const handover::Done done = Fetch("http://" + OnionHost() + "/a%20b/%7C?q=%22&r[]={x}|^`");
  fetcher_.reset();
  tor_->Stop();  // joins the thread that wrote `received`
  EXPECT_EQ(received, "GET /a%20b/%7C?q=%22&r[]={x}|^` HTTP/1.1\r\nHost: " + OnionHost() +
                          "\r\nUser-Agent: Test/1\r\naccept: */*\r\nX-Case-Kept: yes\r\n\r\n");
  EXPECT_EQ(done.exchange.request, received);
}

TEST_F(FetcherBytes, SignsARecordThatSaysWhatHappened) {
  ServeBytes("HTTP/1.1 503 Busy\r\nContent-Length: 3\r\n\r\nbye");
  Start();
  const captures::Record record = RecordOf(Fetch(url_));
  EXPECT_EQ(record.url, url_);
  EXPECT_EQ(record.job.value, "job");
  EXPECT_EQ(record.case_id.value, "case");
  EXPECT_EQ(record.legal_basis, "order 1");
  EXPECT_EQ(record.depth, 2U);
  EXPECT_EQ(record.route, "job/host/-/0");
  EXPECT_EQ(record.http_status, 503);
  EXPECT_EQ(record.clock_state, "synchronised");
  EXPECT_EQ(record.boot_id, BootId());
  EXPECT_EQ(record.tool, BuildId());
  EXPECT_EQ(record.config_sha256, std::string(64, 'c'));
  EXPECT_EQ(record.fetcher_key, KeyId(key_.public_key()));
  EXPECT_LE(record.started, record.ended);
  EXPECT_LE(record.started_mono, record.ended_mono);
}

TEST_F(FetcherBytes, KeepsTheAnsweredRequestWhenAKeptAliveConnectionHadDied) {
  // The first connection answers once and then closes at its second request, which libcurl sends again.
  std::atomic<int> connection = 0;
  tor_->Serve([&](const Stream& stream) {
    const bool first = connection++ == 0;
    while (!stream.ReadRequest().empty()) {
      stream.Write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      if (first) {
        (void)stream.ReadRequest();
        return;
      }
    }
  });
  Start();
  const handover::Done first = Fetch(url_);
  const handover::Done second = Fetch(url_);
  EXPECT_EQ(second.exchange.request, first.exchange.request);
  EXPECT_EQ(RecordOf(second).outcome, Outcome::kOk);
  EXPECT_EQ(tor_->visits().size(), 2U);
}

TEST_F(FetcherBytes, ServesFiftyTasksAtOnce) {
  tor_->Serve([](const Stream& stream) {
    while (!stream.ReadRequest().empty()) stream.Write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
  });
  Start();
  std::vector<handover::Task> tasks;
  for (int i = 0; i < 50; ++i) tasks.push_back(MakeTask(url_ + std::to_string(i)));
  std::set<std::string> urls;
  for (const auto& done : FetchAll(tasks)) {
    EXPECT_EQ(RecordOf(done).outcome, Outcome::kOk);
    urls.insert(RecordOf(done).url);
  }
  EXPECT_EQ(urls.size(), 50U);
}

}  // namespace
}  // namespace nightjar::leak
