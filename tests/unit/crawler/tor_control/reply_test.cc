// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/reply.h"

#include <gtest/gtest.h>

namespace nightjar::tor_control {
namespace {

std::vector<Reply> ReadAll(ReplyParser& parser) {
  std::vector<Reply> replies;
  while (true) {
    auto reply = parser.Next();
    EXPECT_TRUE(reply) << reply.error().Format();
    if (!reply || !*reply) return replies;
    replies.push_back(std::move(**reply));
  }
}

const std::string kStream =
    "250-PROTOCOLINFO 1\r\n250 OK\r\n"
    "650 CIRC 1 BUILT\r\n"
    "250+circuit-status=\r\n1 BUILT $A\r\n..begins with a dot\r\n.\r\n250 OK\r\n"
    "650-ORCONN one\r\n650 ORCONN two\r\n"
    "552 Unrecognized\r\n";

TEST(ReplyParser, CutsRepliesDataBlocksAndEventsOutOfAStream) {
  ReplyParser parser;
  parser.Feed(kStream);
  const auto replies = ReadAll(parser);
  ASSERT_EQ(replies.size(), 5U);
  EXPECT_TRUE(replies[0].Ok());
  ASSERT_EQ(replies[0].lines.size(), 2U);
  EXPECT_EQ(replies[0].lines[0].text, "PROTOCOLINFO 1");
  EXPECT_TRUE(replies[1].IsEvent());
  EXPECT_EQ(replies[2].lines[0].text, "circuit-status=");
  EXPECT_EQ(replies[2].lines[0].data, "1 BUILT $A\n.begins with a dot\n");
  EXPECT_EQ(replies[3].lines.size(), 2U);
  EXPECT_FALSE(replies[4].Ok());
  EXPECT_EQ(replies[4].status, 552);
}

TEST(ReplyParser, GivesTheSameWhereverTheStreamIsCut) {
  for (std::size_t cut = 0; cut <= kStream.size(); ++cut) {
    ReplyParser parser;
    parser.Feed(kStream.substr(0, cut));
    auto replies = ReadAll(parser);
    parser.Feed(kStream.substr(cut));
    for (auto& reply : ReadAll(parser)) replies.push_back(std::move(reply));
    ASSERT_EQ(replies.size(), 5U) << cut;
    EXPECT_EQ(replies[2].lines[0].data, "1 BUILT $A\n.begins with a dot\n") << cut;
  }
}

TEST(ReplyParser, RefusesWhatIsNotTheProtocolForGood) {
  for (const char* bad : {"HTTP/1.1 400 Bad\r\n", "25\r\n", "250\r\n", "250_OK\r\n", "199 OK\r\n",
                          "2x0 OK\r\n", "\r\n", "250-a\r\n650 CIRC 1\r\n"}) {
    ReplyParser parser;
    parser.Feed(bad);
    EXPECT_EQ(parser.Next().error().code, Code::kCorrupt) << bad;
    parser.Feed("250 OK\r\n");
    EXPECT_FALSE(parser.Next()) << "lost is lost: " << bad;
  }
}

TEST(ReplyParser, BoundsLinesAndReplies) {
  ReplyParser parser(1000);
  parser.Feed(std::string(2000, 'x'));
  EXPECT_FALSE(parser.Next()) << "a line without end";
  ReplyParser other(1000);
  for (int i = 0; i < 200; ++i) other.Feed("250-more\r\n");
  EXPECT_FALSE(other.Next()) << "a reply without end";
  ReplyParser third;
  third.Feed("250 " + std::string(ReplyParser::kMaxLine, 'x') + "\r\n");
  EXPECT_FALSE(third.Next());
}

}  // namespace
}  // namespace nightjar::tor_control
