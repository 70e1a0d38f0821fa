// SPDX-License-Identifier: Apache-2.0
#include "search/http/head_check.h"

#include <gtest/gtest.h>

namespace nightjar::http {
namespace {

std::string Head(const std::string& fields) { return "GET / HTTP/1.1\r\n" + fields + "\r\n"; }

TEST(ScanHead, FindsTheEndOfTheHeadAndNotBefore) {
  const std::string head = Head("Host: a\r\n");
  for (std::size_t size = 0; size < head.size(); ++size) {
    const HeadScan scan = ScanHead(head.substr(0, size));
    EXPECT_FALSE(scan.fault) << size;
    EXPECT_FALSE(scan.head_size) << size;
  }
  EXPECT_EQ(ScanHead(head).head_size, head.size());
  EXPECT_EQ(ScanHead(head + "body\nwith\0anything").head_size, head.size());
}

TEST(ScanHead, RefusesBareLineFeedsCarriageReturnsAndNul) {
  EXPECT_TRUE(ScanHead("GET / HTTP/1.1\nHost: a\n\n").fault);
  EXPECT_TRUE(ScanHead("GET / HTTP/1.1\r\nHost: a\n").fault);
  EXPECT_TRUE(ScanHead("GET / HTTP/1.1\r\nHost: a\rb").fault);
  EXPECT_TRUE(ScanHead(std::string_view("GET /\0 HTTP", 11)).fault);
  EXPECT_TRUE(ScanHead("\n").fault);
}

TEST(CheckHead, TakesAnOrdinaryRequest) {
  EXPECT_FALSE(CheckHead(Head("Host: localhost:8080\r\nContent-Length: 12\r\nAccept: */*\r\n")));
}

TEST(CheckHead, RefusesWhatTwoParsersCouldReadDifferently) {
  EXPECT_EQ(CheckHead(Head("Host: a\r\n folded\r\n"))->status, 400);
  EXPECT_EQ(CheckHead(Head("Host: a\r\nX: 1\r\n\tfolded\r\n"))->status, 400);
  EXPECT_EQ(CheckHead(Head("Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n"))->status, 411);
  EXPECT_EQ(CheckHead(Head("Host: a\r\nTRANSFER-ENCODING: xchunked\r\n"))->status, 411);
  EXPECT_EQ(CheckHead(Head("Host: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n"))->status, 400);
  EXPECT_EQ(CheckHead(Head("Host: a\r\nContent-Length: +3\r\n"))->status, 400);
  EXPECT_EQ(CheckHead(Head("Host: a\r\nContent-Length:\r\n"))->status, 400);
  EXPECT_EQ(CheckHead(Head("Host: a\r\nHost: b\r\n"))->status, 400);
  EXPECT_EQ(CheckHead(Head("Accept: */*\r\n"))->status, 400);
  EXPECT_EQ(CheckHead(Head("Host: a\r\nnocolon\r\n"))->status, 400);
}

TEST(CheckHead, LimitsTheNumberOfFields) {
  std::string fields = "Host: a\r\n";
  for (std::size_t i = 1; i < kMaxFields; ++i) fields += "X: y\r\n";
  EXPECT_FALSE(CheckHead(Head(fields)));
  EXPECT_EQ(CheckHead(Head(fields + "X: y\r\n"))->status, 431);
}

}  // namespace
}  // namespace nightjar::http
