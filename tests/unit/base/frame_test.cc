// SPDX-License-Identifier: Apache-2.0
#include "base/frame.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "base/codec.h"
#include "base/file.h"
#include "base/unique_fd.h"

namespace nightjar {
namespace {

struct Pair {
  UniqueFd left;
  UniqueFd right;
};

Pair MakePair() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Code ReadError(int fd, std::size_t most = 100) {
  const auto frame = ReadFrame(fd, most);
  return frame ? Code::kInternal : frame.error().code;
}

TEST(Frame, CrossesASocketPairWhole) {
  const Pair pair = MakePair();
  const std::vector<Bytes> frames = {"", "a", Bytes(3 << 20, 'x')};
  std::thread writer([&] {
    for (const auto& frame : frames) EXPECT_TRUE(WriteFrame(pair.left.get(), frame));
  });
  for (const auto& frame : frames) EXPECT_EQ(ReadFrame(pair.right.get(), 4 << 20).value(), frame);
  writer.join();
}

TEST(Frame, OverTheLimitIsRefusedBeforeItIsRead) {
  const Pair pair = MakePair();
  ASSERT_TRUE(WriteAll(pair.left.get(), FrameHeader(101), "pair"));
  EXPECT_EQ(ReadError(pair.right.get(), 100), Code::kRefused);
}

TEST(Frame, TellsAPeerThatWentFromOneThatWasCutShort) {
  for (const std::size_t kept : {0, 2, 4, 6}) {
    Pair pair = MakePair();
    ASSERT_TRUE(WriteAll(pair.left.get(), (FrameHeader(4) + "abcd").substr(0, kept), "pair"));
    pair.left.Reset();
    EXPECT_EQ(ReadError(pair.right.get()), kept == 0 ? Code::kUnavailable : Code::kCorrupt) << kept;
  }
}

TEST(Frame, FromAPeerThatWentWithOurBytesUnreadIsUnavailable) {
  Pair pair = MakePair();
  ASSERT_TRUE(WriteFrame(pair.right.get(), "never read"));
  pair.left.Reset();  // the kernel answers with a reset
  EXPECT_EQ(ReadError(pair.right.get()), Code::kUnavailable);
}

TEST(Frame, ToAPeerThatHasGoneIsUnavailable) {
  ::signal(SIGPIPE, SIG_IGN);
  Pair pair = MakePair();
  pair.right.Reset();
  const auto written = WriteFrame(pair.left.get(), "x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Code::kUnavailable);
}

TEST(FrameDeathTest, OverFourGibibytesAborts) { EXPECT_DEATH((void)FrameHeader(1ULL << 32), ""); }

TEST(FrameSplitter, CutsFramesOutOfPiecesOfAnySize) {
  Bytes stream;
  std::vector<Bytes> sent;
  for (std::size_t size = 0; size < 40; ++size) {
    sent.emplace_back(size, static_cast<char>('a' + size % 26));
    stream += FrameHeader(size) + sent.back();
  }
  for (const std::size_t piece : {1UL, 3UL, 7UL, 100UL, stream.size()}) {
    FrameSplitter splitter(64);
    std::vector<Bytes> got;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      splitter.Feed(ByteView(stream).substr(at, piece));
      while (auto frame = splitter.Next().value()) got.push_back(*frame);
    }
    EXPECT_EQ(got, sent) << piece;
  }
}

TEST(FrameSplitter, RefusesAFrameOverTheLimitForGood) {
  FrameSplitter splitter(10);
  splitter.Feed(FrameHeader(3) + "abc" + FrameHeader(11));
  EXPECT_EQ(splitter.Next().value(), "abc");
  EXPECT_EQ(splitter.Next().error().code, Code::kRefused);
  splitter.Feed("more");
  EXPECT_FALSE(splitter.Next());
}

}  // namespace
}  // namespace nightjar
