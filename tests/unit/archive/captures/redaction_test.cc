// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/redaction.h"

#include <gtest/gtest.h>

#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::captures {
namespace {

const std::string kMark(kRedactionMark);

TEST(Redaction, TakesSecretsOutOfARequestAndLeavesTheRest) {
  EXPECT_EQ(RedactRequest("POST /login HTTP/1.1\r\nHost: a.onion\r\ncookie: sid=1\r\nAccept: */*\r\n"
                          "Content-Length: 9\r\nAuthorization: Basic eA==\r\n\r\nuser=x&p=y"),
            "POST /login HTTP/1.1\r\nHost: a.onion\r\ncookie: " + kMark +
                "\r\nAccept: */*\r\nContent-Length: " + kMark + "\r\nAuthorization: " + kMark + "\r\n\r\n" +
                kMark);
}

TEST(Redaction, TakesTheCookiesOutOfAResponsesHead) {
  EXPECT_EQ(
      RedactHead("HTTP/1.1 200 OK\r\nSet-Cookie: sid=1;\r\n\tPath=/\r\nServer: x\r\nSET-COOKIE: b=2\r\n\r\n"),
      "HTTP/1.1 200 OK\r\nSet-Cookie: " + kMark + "\r\nServer: x\r\nSET-COOKIE: " + kMark + "\r\n\r\n");
}

TEST(Redaction, ChangesNothingWhereThereIsNoSecret) {
  for (const std::string head : {"", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\nX: y\n\n", "garbage",
                                 "HTTP/1.1 200 OK\r\nX-Cookie: stays\r\nCookies: stay\r\n\r\n"})
    EXPECT_EQ(RedactHead(head), head);
  EXPECT_EQ(RedactRequest("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
}

TEST(Redaction, HidesTheLengthOfASecret) {
  EXPECT_EQ(RedactRequest("GET / HTTP/1.1\r\nCookie: a\r\n\r\n"),
            RedactRequest("GET / HTTP/1.1\r\nCookie: a very long one\r\n\r\n"));
}

Exchange SessionExchange(Record& record) {
  const Bytes request = "GET / HTTP/1.1\r\nCookie: sid=1\r\n\r\n";
  const Bytes head = "HTTP/1.1 200 OK\r\nSet-Cookie: sid=2\r\n\r\n";
  record = ExampleRecord(1, request, head, "body");
  record.purpose = "login";
  record.redacted_request = DescribeRedactedRequest(request);
  record.redacted_response = DescribeRedactedResponse(head, "body");
  return Signed(record, request, head, "body");
}

TEST(Redaction, IsPartOfTheSignedRecord) {
  Record record;
  const Exchange exchange = SessionExchange(record);
  const auto read = ParseRecord(exchange.record);
  ASSERT_TRUE(read) << read.error().Format();
  EXPECT_EQ(read->redacted_request, record.redacted_request);
  EXPECT_EQ(read->redacted_response, record.redacted_response);
  EXPECT_EQ(read->purpose, "login");
  EXPECT_EQ(FormatRecord(*read), exchange.record);
  EXPECT_TRUE(CheckExchange(exchange, ExampleFetcherKey().public_key()));
}

TEST(Redaction, ThatDoesNotFollowFromTheBytesIsRefused) {
  Record record;
  Exchange exchange = SessionExchange(record);
  record.redacted_response->sha256 = Sha256("something else");
  exchange = Signed(record, exchange.request, exchange.head, exchange.body);
  EXPECT_EQ(CheckExchange(exchange, ExampleFetcherKey().public_key()).error().code, Code::kCorrupt);
}

TEST(Redaction, StandsInARecordWholeOrNotAtAll) {
  Record record;
  (void)SessionExchange(record);
  record.redacted_response.reset();
  EXPECT_FALSE(ParseRecord(FormatRecord(record)));
  record.redacted_request.reset();
  EXPECT_TRUE(ParseRecord(FormatRecord(record)));
  record.purpose = "shopping";
  EXPECT_FALSE(ParseRecord(FormatRecord(record)));
}

}  // namespace
}  // namespace nightjar::captures
