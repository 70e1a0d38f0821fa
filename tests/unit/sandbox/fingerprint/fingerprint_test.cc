// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fingerprint/fingerprint.h"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>

#include "base/digest.h"

namespace nightjar::fingerprint {
namespace {

int Distance(const std::string& a, const std::string& b) {
  std::uint64_t x = 0;
  std::uint64_t y = 0;
  std::from_chars(a.data(), a.data() + a.size(), x, 16);
  std::from_chars(b.data(), b.data() + b.size(), y, 16);
  return std::popcount(x ^ y);
}

std::string Words(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) text += "word" + std::to_string(i * 7919 % 1000) + " ";
  return text;
}

TEST(Murmur3, GivesThePublishedValues) {
  EXPECT_EQ(Murmur3("", 0), 0U);
  EXPECT_EQ(Murmur3("", 1), 0x514E28B7U);
  EXPECT_EQ(Murmur3("hello", 0), 0x248BFA47U);
  EXPECT_EQ(Murmur3("hello, world", 0), 0x149BBB7FU);
  EXPECT_EQ(Murmur3("The quick brown fox jumps over the lazy dog", 0), 0x2E4FF723U);
  EXPECT_EQ(Murmur3("aaa", 0x9747B28C), 0x283E0130U);
  EXPECT_EQ(Murmur3(std::string("\0\0\0\0", 4), 0), 0x2362F9DEU);
}

TEST(FaviconMmh3, HashesBase64InLinesOfSeventySix) {
  // python3: mmh3.hash(base64.encodebytes(b"...")): the text that is hashed, spelled out.
  EXPECT_EQ(FaviconMmh3("abc"), std::to_string(static_cast<std::int32_t>(Murmur3("YWJj\n", 0))));
  const std::string picture(58, 'x');
  const std::string lines =
      "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4\neA==\n";
  EXPECT_EQ(FaviconMmh3(picture), std::to_string(static_cast<std::int32_t>(Murmur3(lines, 0))));
  EXPECT_EQ(FaviconMmh3(""), "0");
}

TEST(HhHash, HashesNamesAsSentInOrderWithRepeats) {
  EXPECT_EQ(HhHash("HTTP/1.1 200 OK\r\nServer: x\r\ncontent-Type: text/html; a:b\r\nSet-Cookie: 1\r\n"
                   "Set-Cookie: 2\r\n\r\n"),
            "hhh:1:" + Sha256("Server:content-Type:Set-Cookie:Set-Cookie").Hex());
  EXPECT_EQ(HhHash("HTTP/1.1 200 OK\nA: 1\n folded: 2\nB: 3\n\nC: not a header"),
            "hhh:1:" + Sha256("A:B").Hex());
  EXPECT_EQ(HhHash("HTTP/1.1 200 OK\r\n\r\n"), "");
  EXPECT_EQ(HhHash(""), "");
}

TEST(Simhash, IsStableAndSmallForSmallChanges) {
  const std::string page = Words(0, 400);
  EXPECT_EQ(Simhash(page).size(), 16U);
  EXPECT_EQ(Simhash(page), Simhash("  " + page + " \n"));
  EXPECT_EQ(Simhash("Blue LAMP, on sale"), Simhash("blue lamp on   sale!"));
  EXPECT_LE(Distance(Simhash(page), Simhash(page + "one more sentence")), 3);
  EXPECT_GE(Distance(Simhash(page), Simhash(Words(500, 900))), 16);
  EXPECT_EQ(Simhash("blue ceramic owl"), "82b61ca0776358c2");  // whatever changes this changes stored hashes
}

TEST(Simhash, TakesAnyText) {
  EXPECT_EQ(Simhash(""), "");
  EXPECT_EQ(Simhash(" ,.- "), "");
  EXPECT_NE(Simhash("one"), Simhash("two"));
  EXPECT_NE(Simhash("one two"), Simhash("two one"));
  EXPECT_NE(Simhash("сова"), "");
}

}  // namespace
}  // namespace nightjar::fingerprint
