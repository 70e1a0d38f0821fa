// SPDX-License-Identifier: Apache-2.0
#include "base/file_lock.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "base/unique_fd.h"

namespace nightjar {
namespace {

class FileLock : public testing::Test {
 protected:
  ~FileLock() override { ::unlink(path_.c_str()); }
  [[nodiscard]] UniqueFd Open() const {
    return UniqueFd(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  }
  const std::string path_ = testing::TempDir() + "lock-" + HexEncode(SystemRandom().Take(6));
};

TEST_F(FileLock, IsHeldOnce) {
  const UniqueFd one = Open();
  const UniqueFd other = Open();
  EXPECT_TRUE(LockExclusively(one.get(), path_).value());
  EXPECT_FALSE(LockExclusively(other.get(), path_).value());
}

TEST_F(FileLock, OutlivesItsHolderInAChildOnlyForAMoment) {
  UniqueFd held = Open();
  ASSERT_TRUE(LockExclusively(held.get(), path_).value());
  const pid_t child = ::fork();
  if (child == 0) {  // has the lock, as any child between fork() and exec() has
    ::poll(nullptr, 0, 200);
    ::_exit(0);
  }
  held = UniqueFd();
  const UniqueFd next = Open();
  EXPECT_TRUE(LockExclusively(next.get(), path_).value());
  ::waitpid(child, nullptr, 0);
}

TEST_F(FileLock, NamesTheFileThatCannotBeLocked) {
  const auto locked = LockExclusively(-1, path_);
  ASSERT_FALSE(locked);
  EXPECT_NE(locked.error().Format().find(path_), std::string::npos);
}

}  // namespace
}  // namespace nightjar
