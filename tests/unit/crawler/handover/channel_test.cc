// SPDX-License-Identifier: Apache-2.0
#include "crawler/handover/channel.h"

#include <gtest/gtest.h>

namespace nightjar::handover {
namespace {

constexpr std::size_t kMaxFrame = 32 << 20;

struct Ends {
  Channel left;
  Channel right;
};

Ends Connect(std::size_t max_frame = kMaxFrame) {
  SocketPair pair = *MakeSocketPair();
  return {Channel(std::move(pair.ours), max_frame), Channel(std::move(pair.theirs), max_frame)};
}

TEST(Channel, DeliversMessagesInOrder) {
  Ends ends = Connect();
  ASSERT_TRUE(ends.left.Send(Ready{"full"}));
  ASSERT_TRUE(ends.left.Send(Ready{"reduced"}));
  const auto got = ends.right.Receive();
  ASSERT_TRUE(got);
  ASSERT_EQ(got->size(), 2U);
  EXPECT_EQ(std::get<Ready>((*got)[0]).sandbox, "full");
  EXPECT_EQ(std::get<Ready>((*got)[1]).sandbox, "reduced");
}

TEST(Channel, NeverWaits) {
  Ends ends = Connect();
  const auto nothing = ends.right.Receive();
  ASSERT_TRUE(nothing);
  EXPECT_TRUE(nothing->empty());
}

TEST(Channel, KeepsWhatTheSocketDoesNotTake) {
  Ends ends = Connect();
  Done done;
  done.exchange.body.assign(8 << 20, 'x');
  ASSERT_TRUE(ends.left.Send(done));
  EXPECT_TRUE(ends.left.has_unsent());
  std::vector<Message> got;
  while (got.empty()) {
    auto some = ends.right.Receive();
    ASSERT_TRUE(some) << some.error().Format();
    got = std::move(*some);
    ASSERT_TRUE(ends.left.Flush());
  }
  EXPECT_FALSE(ends.left.has_unsent());
  EXPECT_EQ(std::get<Done>(got[0]).exchange.body, done.exchange.body);
}

TEST(Channel, DeliversTheLastWordsOfAPeerBeforeItsEnd) {
  Ends ends = Connect();
  ASSERT_TRUE(ends.left.Send(Ready{"full"}));
  { const Channel dying = std::move(ends.left); }
  const auto words = ends.right.Receive();
  ASSERT_TRUE(words);
  EXPECT_EQ(words->size(), 1U);
  EXPECT_EQ(ends.right.Receive().error().code, Code::kUnavailable);
  EXPECT_EQ(ends.right.Send(Ready{"full"}).error().code, Code::kUnavailable);
}

TEST(Channel, RefusesAFrameOverItsBound) {
  Ends ends = Connect(100);
  ASSERT_TRUE(ends.left.Send(Ready{std::string(200, 'x')}));
  EXPECT_EQ(ends.right.Receive().error().code, Code::kRefused);
}

TEST(Channel, RefusesWhatIsNoMessage) {
  SocketPair pair = *MakeSocketPair();
  Channel channel(std::move(pair.ours), kMaxFrame);
  ASSERT_TRUE(WriteFrame(pair.theirs.get(), "\x09nonsense"));
  EXPECT_EQ(channel.Receive().error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace nightjar::handover
