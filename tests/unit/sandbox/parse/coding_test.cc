// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/coding.h"

#include <gtest/gtest.h>

#include "sandbox/parse/dechunk.h"
#include "sandbox/parse/decompress.h"

namespace nightjar::parse {
namespace {

// Plain(), by gzip.
const Bytes kGzipped(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9"
    "\xc9\x57\xc8\x40\x90\x5c\x00\x3b\x7c\x8a\xdf\x12\x00\x00\x00",
    29);

std::string Plain() { return "hello hello hello\n"; }

TEST(Dechunk, JoinsChunksAndIgnoresExtensionsAndTrailers) {
  EXPECT_EQ(Dechunk("5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: t\r\n\r\n"), "hello world");
}

TEST(Dechunk, GivesWhatCameOfABodyThatBreaksOff) {
  EXPECT_EQ(Dechunk("5\r\nhello\r\n10\r\nwor"), "hellowor");
  EXPECT_EQ(Dechunk("5\r\nhello\r\nrubbish\r\nworld"), "hello");
}

TEST(Dechunk, LeavesABodyAloneThatIsNotChunkedAtAll) { EXPECT_EQ(Dechunk("<html>hi"), "<html>hi"); }

TEST(Dechunk, TakesNoMemoryForAHugeChunkSize) {
  EXPECT_EQ(Dechunk("FFFFFFFF\r\nabc"), "abc");
  EXPECT_EQ(Dechunk("FFFFFFFFFFFFFFFFFF\r\nabc"), "FFFFFFFFFFFFFFFFFF\r\nabc");
}

TEST(Codings, UndoesChunksThenGzip) {
  const std::string raw = "1d\r\n" + kGzipped + "\r\n0\r\n\r\n";
  const Head head =
      ParseHead("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n");
  const DecodedBody body = UndoCodings(head, raw);
  EXPECT_EQ(body.end, CodingEnd::kWhole) << body.reason;
  EXPECT_EQ(body.bytes, Plain());
}

TEST(Codings, ReadsTwoGzipMembersAndIgnoresWhatFollows) {
  EXPECT_EQ(Decompress(Codec::kGzip, kGzipped + kGzipped + "garbage").bytes, Plain() + Plain());
}

TEST(Codings, KeepsWhatCameOfACutStream) {
  const Head head = ParseHead("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
  const DecodedBody body = UndoCodings(head, kGzipped.substr(0, 20));
  EXPECT_EQ(body.end, CodingEnd::kWhole);
  EXPECT_TRUE(Plain().starts_with(body.bytes));
}

TEST(Codings, TakesAnAnnouncedGzipThatIsNoneAsItIs) {
  const Head head = ParseHead("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
  EXPECT_EQ(UndoCodings(head, "<html>plain").bytes, "<html>plain");
}

TEST(Codings, SaysWhyItGivesUp) {
  const auto end_of = [](const char* codings, ByteView raw) {
    return UndoCodings(ParseHead(std::string("HTTP/1.1 200 OK\r\nContent-Encoding: ") + codings + "\r\n\r\n"),
                       raw);
  };
  EXPECT_EQ(end_of("gzip, br, zstd", "x").end, CodingEnd::kBad);
  EXPECT_EQ(end_of("rot13", "x").end, CodingEnd::kBad);
  EXPECT_EQ(end_of("br", "\xFF\xFF\xFF").end, CodingEnd::kBad);
  EXPECT_EQ(end_of("identity", "x").end, CodingEnd::kWhole);
  EXPECT_FALSE(end_of("rot13", "x").reason.empty());
}

TEST(Codings, CutsABodyOverTheCap) {
  const DecodedBody body = UndoCodings(ParseHead(""), Bytes(kMaxDecoded + 1, 'x'));
  EXPECT_EQ(body.end, CodingEnd::kTooLarge);
  EXPECT_EQ(body.bytes.size(), kMaxDecoded);
}

}  // namespace
}  // namespace nightjar::parse
