// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/http_head.h"

#include <gtest/gtest.h>

#include "sandbox/parse/media.h"

namespace nightjar::parse {
namespace {

TEST(HttpHead, ReadsStatusAndFieldsWithoutRegardToCase) {
  const Bytes raw =
      "HTTP/1.1 302 Found\r\nLOCATION:  /next \r\nset-cookie: a\r\nSet-Cookie: b\r\n\r\nnot: a field";
  const Head head = ParseHead(raw);
  EXPECT_EQ(head.status, 302);
  EXPECT_EQ(head.First("location"), "/next");
  EXPECT_EQ(head.First("set-cookie"), "a");
  EXPECT_EQ(head.First("not"), "");
}

TEST(HttpHead, JoinsTheWordsOfRepeatedFields) {
  const Bytes raw = "HTTP/1.1 200\r\nContent-Encoding: GZip , br\r\nContent-Encoding: zstd\r\n\r\n";
  EXPECT_EQ(ParseHead(raw).Words("content-encoding"), (std::vector<std::string>{"gzip", "br", "zstd"}));
}

TEST(HttpHead, ToleratesAnything) {
  EXPECT_EQ(ParseHead("").status, 0);
  EXPECT_EQ(ParseHead("HTTP/1.1 99").status, 0);
  EXPECT_EQ(ParseHead("HTTP/1.1 2x0 OK\n").status, 0);
  EXPECT_EQ(ParseHead("HTTP/1.1 200 OK\n: no name\nno colon\nA: b\n\n").fields.size(), 1U);
  std::string flood = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 10'000; ++i) flood += "A: b\r\n";
  EXPECT_EQ(ParseHead(flood).fields.size(), kMaxHeadFields);
}

TEST(Media, BelievesBytesMoreThanTheHeader) {
  EXPECT_EQ(DecideMedia("text/html", "\x89PNG\r\n\x1a\n"), Media::kNotText);
  EXPECT_EQ(DecideMedia("text/html", Bytes(100, '\x01')), Media::kNotText);
  EXPECT_EQ(DecideMedia("text/html; charset=x", "<p>"), Media::kMarkup);
  EXPECT_EQ(DecideMedia("image/png", "<p>"), Media::kNotText);
}

TEST(Media, GuessesWhereNothingIsSaid) {
  EXPECT_EQ(DecideMedia("", "\n <!DOCTYPE html>"), Media::kMarkup);
  EXPECT_EQ(DecideMedia("application/octet-stream", "just words"), Media::kPlainText);
  EXPECT_EQ(DecideMedia("text/plain", "<p>"), Media::kPlainText);
  EXPECT_EQ(DecideMedia("application/json", "{}"), Media::kPlainText);
}

TEST(Media, ReadsAPageWithAStrayNulAndUtf16) {
  EXPECT_EQ(DecideMedia("text/html", Bytes("<p>a\0b and much more text</p>", 29)), Media::kMarkup);
  EXPECT_EQ(DecideMedia("text/html", Bytes("\xFF\xFE<\0p\0>\0", 8)), Media::kMarkup);
}

}  // namespace
}  // namespace nightjar::parse
