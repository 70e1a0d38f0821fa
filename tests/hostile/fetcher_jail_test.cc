// SPDX-License-Identifier: Apache-2.0
// The fetcher's jail: what it forbids, in the binary that ships, and the one thing it must not forbid.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>

#include "base/unique_fd.h"
#include "sandbox/walls/selftest.h"
#include "tests/hostile/started.h"

namespace nightjar::hostile {
namespace {

// A folder of our own with a listening unix socket, as Tor makes it.
class ListeningSocket final {
 public:
  ListeningSocket() {
    char folder[] = "/tmp/nightjar-jail-XXXXXX";
    folder_ = ::mkdtemp(folder);
    ::chmod(folder_.c_str(), 0755);
    path_ = folder_ + "/tor.sock";
    Listen();
  }
  ~ListeningSocket() { std::filesystem::remove_all(folder_); }

  // As a Tor that starts anew does: another socket under the same name.
  void Listen() {
    ::unlink(path_.c_str());
    listener_.Reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::chmod(path_.c_str(), 0666);
    EXPECT_EQ(::listen(listener_.get(), 4), 0);
  }

  // One connection, or an invalid descriptor when none comes in time.
  [[nodiscard]] UniqueFd Accept() const {
    timeval patience{20, 0};
    ::setsockopt(listener_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return UniqueFd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string folder_, path_;
  UniqueFd listener_;
};

using Command = Words (*)(Words);
Words AsOurselves(Words command) { return command; }

void ExpectEndings(Command as, const std::string& socket) {
  for (const walls::ForbiddenAction& action : walls::ForbiddenActions()) {
    const ChildEnd end =
        RunToEnd(as({Program("nightjar-fetcher"), "--selftest", std::string(action.name), socket}));
    switch (action.in_fetcher) {
      case walls::Ending::kKilled:
        EXPECT_TRUE(end.signalled && end.value == SIGSYS) << action.name << ": " << end.Format();
        break;
      case walls::Ending::kRefused:
        EXPECT_TRUE(!end.signalled && end.value == walls::kExitRefused)
            << action.name << ": " << end.Format();
        break;
      case walls::Ending::kAllowed:
        EXPECT_TRUE(!end.signalled && end.value == walls::kExitAllowed)
            << action.name << ": " << end.Format();
        break;
    }
  }
  const ChildEnd control = RunToEnd(as({Program("nightjar-fetcher"), "--selftest", "control", socket}));
  EXPECT_TRUE(!control.signalled && control.value == walls::kExitControl) << control.Format();
}

// The probe connects to the Tor socket from inside the jail, waits for a byte, and connects again.
void ExpectReachable(Command as) {
  ListeningSocket tor;
  const Words command = as({Program("jail-probe"), tor.path()});
  auto probe =
      Child::Start({.program = command.front(), .arguments = Words(command.begin() + 1, command.end())});
  ASSERT_TRUE(probe);
  const UniqueFd first = tor.Accept();
  ASSERT_TRUE(first) << "no connection came out of the jail";
  tor.Listen();
  ASSERT_EQ(::write(first.get(), "x", 1), 1);
  const UniqueFd second = tor.Accept();
  EXPECT_TRUE(second) << "the socket of a Tor that was started anew is not seen in the jail";
  const auto end = probe->WaitFor(std::chrono::seconds(20));
  ASSERT_TRUE(end);
  EXPECT_TRUE(!end->signalled && end->value == 0) << end->Format();
}

TEST(FetcherJail, EndsEveryForbiddenActionAsListed) {
  const ListeningSocket tor;
  ExpectEndings(AsOurselves, tor.path());
}

TEST(FetcherJail, EndsEveryForbiddenActionAsListedForAnOrdinaryUserToo) {
  if (!NobodyCanRun(Program("nightjar-parser")))
    GTEST_SKIP() << "needs root, setpriv, and a readable build folder";
  const ListeningSocket tor;
  const ChildEnd control =
      RunToEnd(AsNobody({Program("nightjar-fetcher"), "--selftest", "control", tor.path()}));
  if (control.value == walls::kExitNoJail) GTEST_SKIP() << "this system denies user namespaces";
  ExpectEndings(AsNobody, tor.path());
}

TEST(FetcherJail, ReachesTheTorSocketAndTheOneThatFollowsIt) { ExpectReachable(AsOurselves); }

TEST(FetcherJail, ReachesTheTorSocketAsAnOrdinaryUserToo) {
  if (!NobodyCanRun(Program("nightjar-parser")))
    GTEST_SKIP() << "needs root, setpriv, and a readable build folder";
  ExpectReachable(AsNobody);
}

TEST(FetcherJail, IsNotEnteredWithoutTheFolderOfTheTorSocket) {
  const ChildEnd end = RunToEnd({Program("jail-probe"), "/nowhere/at/all/socks"});
  EXPECT_TRUE(!end.signalled && end.value == walls::kExitNoJail) << end.Format();
}

}  // namespace
}  // namespace nightjar::hostile
