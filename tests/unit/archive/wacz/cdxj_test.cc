// SPDX-License-Identifier: Apache-2.0
#include "archive/wacz/cdxj.h"

#include <gtest/gtest.h>

namespace nightjar::wacz {
namespace {

TEST(Surt, TurnsTheHostRoundAndSortsTheArguments) {
  EXPECT_EQ(Surt("http://www2.Example.onion/A?b=2&a=1"), "onion,example)/a?a=1&b=2");
  EXPECT_EQ(Surt("http://a.b.onion:8080/"), "onion,b,a:8080)/");
  EXPECT_EQ(Surt("https://wwwx.onion/"), "onion,wwwx)/");
  EXPECT_EQ(Surt("http://x.onion/?"), "onion,x)/");
  EXPECT_EQ(Surt("no url"), "no url");
}

TEST(Timestamp, HasFourteenDigits) {
  EXPECT_EQ(Timestamp(FromUnixMicros(1767225600420000)), "20260101000000");
}

TEST(MimeOf, IsWhatTheHeadDeclaresWithoutParameters) {
  EXPECT_EQ(MimeOf("HTTP/1.1 200 OK\r\ncontent-TYPE:  Text/HTML ; charset=x\r\n\r\n"), "text/html");
  EXPECT_EQ(MimeOf("HTTP/1.1 200 OK\nContent-Type: a/b\n\n"), "a/b");
  EXPECT_EQ(MimeOf("HTTP/1.1 200 OK\r\n\r\n"), "unk");
  EXPECT_EQ(MimeOf("HTTP/1.1 200 OK\r\nContent-Type: ;\r\n\r\n"), "unk");
  EXPECT_EQ(MimeOf(""), "unk");
}

TEST(Cdxj, SortsItsLinesAndEscapesWhatServersSay) {
  captures::StoredCapture capture;
  capture.head = "HTTP/1.1 200 OK\r\nContent-Type: \"evil\"\r\n\r\n";
  Cdxj index;
  for (const char* url : {"http://b.onion/", "http://a.onion/"}) {
    capture.record.url = url;
    index.Add(capture, {.file = "x.warc.gz", .offset = 7, .length = 9, .block = {}});
  }
  const Bytes lines = index.Take();
  EXPECT_TRUE(
      lines.starts_with("onion,a)/ 19700101000000 {\"url\": \"http://a.onion/\", \"mime\": \"\\\"evil\\\"\""))
      << lines;
  EXPECT_LT(lines.find("onion,a)"), lines.find("onion,b)"));
}

}  // namespace
}  // namespace nightjar::wacz
