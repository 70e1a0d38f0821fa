// SPDX-License-Identifier: Apache-2.0
// The fetcher has one way out, and the walls around it stand in the program that ships.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>

#include "base/file.h"
#include "sandbox/walls/selftest.h"
#include "tests/leak/fetcher_rig.h"

namespace nightjar::leak {
namespace {

using captures::Outcome;
using ::testing::HasSubstr;

class FetcherWalls : public FetcherTest {
 protected:
  [[nodiscard]] ChildEnd Selftest(const std::string& action) const {
    auto child = Child::Start({.program = FetcherProgram(),
                               .arguments = {"--selftest", action, tor_->path()},
                               .descriptors = {},
                               .clear_environment = true});
    EXPECT_TRUE(child) << child.error().Format();
    return child->WaitFor(std::chrono::seconds(30)).value_or(ChildEnd{});
  }

  [[nodiscard]] std::string Proc(const std::string& name) const {
    std::ifstream file("/proc/" + std::to_string(fetcher_->pid()) + "/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
};

TEST_F(FetcherWalls, ThePositiveControlRuns) {
  const ChildEnd end = Selftest("control");
  EXPECT_FALSE(end.signalled);
  EXPECT_EQ(end.value, walls::kExitControl) << end.Format();
}

TEST_F(FetcherWalls, EveryForbiddenActionEndsAsItsTableSays) {
  int tried = 0;
  for (const auto& action : walls::ForbiddenActions()) {
    const ChildEnd end = Selftest(std::string(action.name));
    ++tried;
    if (action.in_fetcher == walls::Ending::kKilled) {
      EXPECT_TRUE(end.signalled && end.value == SIGSYS) << action.name << ": " << end.Format();
      continue;
    }
    const bool allowed = action.in_fetcher == walls::Ending::kAllowed;
    EXPECT_FALSE(end.signalled) << action.name << ": " << end.Format();
    EXPECT_EQ(end.value, allowed ? walls::kExitAllowed : walls::kExitRefused) << action.name;
  }
  EXPECT_GE(tried, 18);
}

TEST_F(FetcherWalls, NoSocketOfAnyOtherFamilyThanUnixCanBeHad) {
  const ChildEnd end = Selftest("socket-families");
  EXPECT_EQ(end.value, walls::kExitRefused) << end.Format();
  const ChildEnd control = Selftest("unix-socket");
  EXPECT_EQ(control.value, walls::kExitAllowed) << control.Format();
}

TEST_F(FetcherWalls, RunsWithoutNetworkPrivilegesOrEnvironment) {
  ::setenv("no_proxy", "*", 1);
  ::setenv("ALL_PROXY", "http://127.0.0.1:9", 1);
  Start();
  ::unsetenv("no_proxy");
  ::unsetenv("ALL_PROXY");
  EXPECT_EQ(fetcher_->sandbox(), "full");
  EXPECT_THAT(Proc("status"), HasSubstr("Seccomp:\t2"));
  EXPECT_THAT(Proc("status"), HasSubstr("NoNewPrivs:\t1"));
  EXPECT_THAT(Proc("status"), HasSubstr("CapEff:\t0000000000000000"));
  EXPECT_EQ(Proc("environ"), "");
  const std::string own = std::filesystem::read_symlink("/proc/self/ns/net");
  const std::string jailed =
      std::filesystem::read_symlink("/proc/" + std::to_string(fetcher_->pid()) + "/ns/net");
  EXPECT_NE(own, jailed);
  // In its network namespace: two heading lines and the loopback device, which is down.
  const std::string devices = Proc("net/dev");
  EXPECT_EQ(std::ranges::count(devices, '\n'), 3) << devices;
  EXPECT_THAT(devices, HasSubstr("lo:"));
  EXPECT_EQ(Proc("net/route").find('\n'), Proc("net/route").size() - 1) << "a route exists";
}

TEST_F(FetcherWalls, NeverTriesWhatIsNoOnionPage) {
  Start();
  for (const std::string& url : std::vector<std::string>{
           "http://example.org/", "http://127.0.0.1/", "http://[::1]/", "http://localhost/",
           "https://1.1.1.1/", "http://" + OnionHost() + ".example.org/",
           "http://user:pw@" + OnionHost() + "/", "http://" + std::string(300, 'a') + ".onion/",
           "http://expyuzz4wqqyqhjn.onion/", "file:///etc/passwd", "gopher://" + OnionHost() + "/",
           "http://" + OnionHost() + "/a/../b", "http://" + OnionHost() + "/#x",
           "HTTP://" + OnionHost() + "/", "http://" + OnionHost() + "/" + std::string(3000, 'x'),
           std::string("x")}) {
    const handover::Done done = Fetch(url);
    EXPECT_EQ(RecordOf(done).outcome, Outcome::kNotAttempted) << url;
    EXPECT_EQ(done.exchange.request, "");
  }
  EXPECT_TRUE(tor_->visits().empty());
}

TEST_F(FetcherWalls, SignsARefusalAndTriesNothing) {
  Start();
  handover::Task task = MakeTask(url_);
  task.robots = "disallowed sha256=" + std::string(64, '0');
  task.refusal = "robots.txt forbids it: Disallow: /";
  task.tell_begin = true;
  const handover::Done done = Fetch(task);
  const captures::Record record = RecordOf(done);
  EXPECT_EQ(record.outcome, Outcome::kNotAttempted);
  EXPECT_EQ(record.detail, task.refusal);
  EXPECT_EQ(record.robots, task.robots);
  EXPECT_EQ(done.exchange.request + done.exchange.head + done.exchange.body, "");
  EXPECT_TRUE(begun_.empty());
  EXPECT_TRUE(tor_->visits().empty());
}

TEST_F(FetcherWalls, FollowsNoRedirect) {
  Start();
  for (const std::string& target :
       std::vector<std::string>{"http://example.org/", "http://127.0.0.1/", "http://" + OnionHost('b') + "/",
                                "file:///etc/passwd", "//" + OnionHost('b') + "/", "/elsewhere"}) {
    for (const std::string status : {"301", "302", "303", "307", "308"}) {
      ServeBytes("HTTP/1.1 " + status + " Moved\r\nLocation: " + target + "\r\nRefresh: 0;url=" + target +
                 "\r\nOnion-Location: " + target +
                 "\r\nAlt-Svc: h2=\":443\"\r\nContent-Length: 0\r\n"
                 "Connection: close\r\n\r\n");
      const std::size_t before = tor_->visits().size();
      const handover::Done done = Fetch(url_);
      EXPECT_EQ(RecordOf(done).outcome, Outcome::kOk);
      EXPECT_EQ(RecordOf(done).http_status, std::stoi(status));
      EXPECT_EQ(tor_->visits().size(), before + 1);
    }
  }
  for (const Visit& visit : tor_->visits()) EXPECT_EQ(visit.host, OnionHost());
}

TEST_F(FetcherWalls, SendsNothingThatASiteAskedItToRemember) {
  std::mutex mutex;
  std::vector<std::string> requests;
  tor_->Serve([&](const Stream& stream) {
    while (true) {
      const std::string request = stream.ReadRequest();
      if (request.empty()) return;
      const std::scoped_lock lock(mutex);
      requests.push_back(request);
      stream.Write("HTTP/1.1 200 OK\r\nSet-Cookie: id=1\r\nETag: \"x\"\r\nContent-Length: 0\r\n\r\n");
    }
  });
  Start();
  (void)Fetch(url_);
  (void)Fetch(url_);
  const std::scoped_lock lock(mutex);
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0], requests[1]);
}

TEST_F(FetcherWalls, GivesTorTheCredentialsOfTheRouteAndResolvesNothingItself) {
  ServeBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  Start();
  (void)Fetch("http://www." + OnionHost() + ":8080/");
  ASSERT_EQ(tor_->visits().size(), 1U);
  EXPECT_EQ(tor_->visits()[0].user, "job/host/-/0");
  EXPECT_EQ(tor_->visits()[0].password, "password");
  EXPECT_EQ(tor_->visits()[0].host, "www." + OnionHost());
  EXPECT_EQ(tor_->visits()[0].port, 8080);
}

TEST_F(FetcherWalls, ReusesAConnectionOnlyForTheSameRoute) {
  tor_->Serve([](const Stream& stream) {
    while (!stream.ReadRequest().empty()) stream.Write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  Start();
  handover::Task task = MakeTask(url_);
  (void)Fetch(task);
  (void)Fetch(task);
  EXPECT_EQ(tor_->visits().size(), 1U) << "the same route should keep its connection";
  task.socks_user = "job/host/-/1";
  (void)Fetch(task);
  EXPECT_EQ(tor_->visits().size(), 2U);
  task.socks_password = "other";
  (void)Fetch(task);
  EXPECT_EQ(tor_->visits().size(), 3U);
}

TEST_F(FetcherWalls, RefusesAnotherBuildAndAMissingTorFolder) {
  handover::Hello other = MakeHello();
  other.build = "nightjar/0 (elsewhere)";
  EXPECT_EQ(crawler::FetcherProcess::Start(FetcherProgram(), other).error().code, Code::kUnavailable);
  handover::Hello nowhere = MakeHello();
  nowhere.tor_socket = folder_ + "/missing/socks";
  EXPECT_EQ(crawler::FetcherProcess::Start(FetcherProgram(), nowhere).error().code, Code::kUnavailable);
}

TEST_F(FetcherWalls, EndsByItselfWhenTheRoleIsGone) {
  handover::SocketPair pair = *handover::MakeSocketPair();
  auto child = Child::Start({.program = FetcherProgram(),
                             .arguments = {},
                             .descriptors = {{pair.theirs.get(), 3}},
                             .clear_environment = true});
  ASSERT_TRUE(child);
  pair.theirs.Reset();
  ASSERT_TRUE(WriteFrame(pair.ours.get(), handover::Encode(MakeHello())));
  ASSERT_TRUE(ReadFrame(pair.ours.get(), 1000));  // Ready
  child->Signal(SIGINT);                          // not meant for it
  pair.ours.Reset();
  const auto end = child->WaitFor(std::chrono::seconds(30));
  ASSERT_TRUE(end);
  EXPECT_FALSE(end->signalled) << end->Format();
  EXPECT_EQ(end->value, 0);
}

}  // namespace
}  // namespace nightjar::leak
