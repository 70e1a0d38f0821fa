// SPDX-License-Identifier: Apache-2.0
#include "archive/store/writer_lock.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

namespace nightjar::store {
namespace {

class AWriterLock : public testing::Test {
 protected:
  AWriterLock() {
    std::string pattern = testing::TempDir() + "nightjar-lock-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~AWriterLock() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
};

TEST_F(AWriterLock, IsHeldOnceAndNamesItsHolder) {
  const auto held = WriterLock::Acquire(folder_ + "/made/if/missing");
  ASSERT_TRUE(held) << held.error().Format();
  const auto refused = WriterLock::Acquire(folder_ + "/made/if/missing");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_NE(refused.error().text.find("process " + std::to_string(::getpid())), std::string::npos);
}

TEST_F(AWriterLock, TellsWhoHoldsItWithoutTouchingIt) {
  EXPECT_EQ(WriterLock::Holder(folder_), std::nullopt);
  {
    const auto held = WriterLock::Acquire(folder_);
    ASSERT_TRUE(held);
    EXPECT_EQ(WriterLock::Holder(folder_), ::getpid());
  }
  EXPECT_EQ(WriterLock::Holder(folder_), std::nullopt) << "the file is still there, the lock is not";
}

TEST_F(AWriterLock, IsFreeAgainWhenItsHolderGoes) {
  { ASSERT_TRUE(WriterLock::Acquire(folder_)); }
  EXPECT_TRUE(WriterLock::Acquire(folder_));
}

TEST_F(AWriterLock, IsFreeAgainWhenItsHolderIsKilled) {
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto held = WriterLock::Acquire(folder_);
    if (!held || ::write(pipe_ends[1], "x", 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(pipe_ends[0], &byte, 1), 1);
  EXPECT_EQ(WriterLock::Acquire(folder_).error().code, Code::kUnavailable);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(WriterLock::Acquire(folder_));
  ::close(pipe_ends[0]);
  ::close(pipe_ends[1]);
}

}  // namespace
}  // namespace nightjar::store
