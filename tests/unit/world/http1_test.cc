// SPDX-License-Identifier: Apache-2.0
#include "tests/world/server/http1.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace nightjar::world {
namespace {

int StatusOf(ByteView bytes) {
  const Parsed parsed = ParseRequest(bytes);
  return parsed.state == Parsed::State::kBad ? parsed.status : 0;
}

Page PageOf(Bytes body) {
  Page page;
  page.content_type = "text/plain";
  page.body = std::move(body);
  return page;
}

std::string_view BodyOf(std::string_view answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }

Bytes Gunzip(ByteView packed) {
  z_stream stream{};
  Bytes plain(1 << 20, '\0');
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return "cannot start";
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  const int end = inflate(&stream, Z_FINISH);
  plain.resize(end == Z_STREAM_END ? stream.total_out : 0);
  inflateEnd(&stream);
  return plain;
}

TEST(ParseRequest, ReadsTargetQueryHeadersAndBody) {
  const std::string head =
      "POST /login.php?next=%2Fa+b&x HTTP/1.1\r\nHost: a.onion\r\nContent-Length: 3\r\nACCEPT-Encoding: br, "
      "gzip\r\n\r\n";
  const Parsed parsed = ParseRequest(head + "abcGET /");
  ASSERT_EQ(parsed.state, Parsed::State::kDone);
  EXPECT_EQ(parsed.consumed, head.size() + 3);
  EXPECT_EQ(parsed.request.path, "/login.php");
  EXPECT_EQ(parsed.request.Query("next"), "/a b");
  EXPECT_EQ(parsed.request.Query("x"), "");
  EXPECT_EQ(parsed.request.Header("host"), "a.onion");
  EXPECT_EQ(parsed.request.body, "abc");
  EXPECT_TRUE(parsed.request.accepts_gzip);
  EXPECT_TRUE(parsed.request.keep_alive);
}

TEST(ParseRequest, WaitsForWhatIsMissing) {
  const std::string whole = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(ParseRequest(whole.substr(0, size)).state, Parsed::State::kNeedMore) << size;
}

TEST(ParseRequest, RefusesWhatIsNoRequest) {
  EXPECT_EQ(StatusOf("hello\r\n\r\n"), 400);
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\nHost: a\n\n"), 400) << "line feed alone";
  EXPECT_EQ(StatusOf("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"), 400) << "form of a proxy request";
  EXPECT_EQ(StatusOf("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"), 400) << "blank in the target";
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\n\r\n"), 400) << "no Host";
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400) << "two Hosts";
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n"), 400);
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nHost : a\r\n\r\n"), 400) << "blank before the colon";
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nHost: a\r\nX: a\x01\r\n\r\n"), 400) << "control character";
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"), 400);
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n"), 413);
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"), 501);
  EXPECT_EQ(StatusOf("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n"), 405);
  EXPECT_EQ(StatusOf("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 505);
  EXPECT_EQ(StatusOf("GET /" + std::string(kMaxHead, 'a')), 431);
}

TEST(EncodeAnswer, TellsTheLengthAndLeavesTheBodyOutForHead) {
  Request request = GetRequest("/");
  const Bytes got = EncodeAnswer(PageOf("hello"), request);
  EXPECT_NE(got.find("Content-Length: 5\r\n"), got.npos);
  EXPECT_EQ(BodyOf(got), "hello");
  request.method = "HEAD";
  const Bytes head = EncodeAnswer(PageOf("hello"), request);
  EXPECT_EQ(head + "hello", got);
}

TEST(EncodeAnswer, CutsAChunkedBodyIntoChunksThatGiveItBack) {
  Page page = PageOf(Bytes(7000, 'x') + "end");
  page.framing = Framing::kChunked;
  const Bytes answer = EncodeAnswer(page, GetRequest("/"));
  EXPECT_EQ(answer.find("Content-Length"), answer.npos);
  std::string_view rest = BodyOf(answer);
  Bytes joined;
  while (true) {
    const std::size_t size = std::stoul(std::string(rest.substr(0, rest.find('\r'))), nullptr, 16);
    rest.remove_prefix(rest.find('\n') + 1);
    joined += rest.substr(0, size);
    ASSERT_EQ(rest.substr(size, 2), "\r\n");
    rest.remove_prefix(size + 2);
    if (size == 0) break;
  }
  EXPECT_EQ(joined, page.body);
  EXPECT_TRUE(rest.empty());
}

TEST(EncodeAnswer, CompressesOnlyForWhoeverAcceptsIt) {
  Page page = PageOf(Bytes(5000, 'x'));
  page.gzip = true;
  Request request = GetRequest("/");
  EXPECT_EQ(BodyOf(EncodeAnswer(page, request)), page.body);
  request.accepts_gzip = true;
  const Bytes packed = EncodeAnswer(page, request);
  EXPECT_NE(packed.find("Content-Encoding: gzip\r\n"), packed.npos);
  EXPECT_LT(packed.size(), 1000u);
  EXPECT_EQ(Gunzip(BodyOf(packed)), page.body);
}

TEST(EncodeAnswer, EndsTheConnectionWhereNothingElseTellsTheEndOfTheBody) {
  Page page = PageOf("hello");
  page.framing = Framing::kClose;
  const Bytes answer = EncodeAnswer(page, GetRequest("/"));
  EXPECT_EQ(answer.find("Content-Length"), answer.npos);
  EXPECT_NE(answer.find("Connection: close\r\n"), answer.npos);
  EXPECT_TRUE(ClosesAfter(page, GetRequest("/")));
  page.framing = Framing::kChunked;
  EXPECT_FALSE(ClosesAfter(page, GetRequest("/")));
  Request old = GetRequest("/");
  old.http10 = true;
  EXPECT_TRUE(ClosesAfter(page, old)) << "HTTP/1.0 knows no chunks";
}

}  // namespace
}  // namespace nightjar::world
