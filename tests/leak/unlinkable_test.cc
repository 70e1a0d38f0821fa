// SPDX-License-Identifier: Apache-2.0
// Two identities on one host: nothing that a service or a Tor relay sees of one may show up with the other.
#include <gmock/gmock.h>
#include <sys/socket.h>

#include <mutex>
#include <set>

#include "tests/leak/fetcher_rig.h"
#include "tests/leak/scenarios.h"
#include "tests/leak/tls_site.h"

namespace nightjar::leak {
namespace {

class Unlinkable : public FetcherTest {
 protected:
  // Everything that a client may be told to remember, and a connection that stays open.
  void ServeMemories() {
    tor_->Serve([this](const Stream& stream) {
      for (std::string request = stream.ReadRequest(); !request.empty(); request = stream.ReadRequest()) {
        {
          const std::scoped_lock lock(mutex_);
          requests_.push_back(request);
        }
        stream.Write(
            "HTTP/1.1 200 OK\r\nSet-Cookie: id=42; Max-Age=9999\r\nETag: \"tag42\"\r\n"
            "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\nCache-Control: max-age=9999\r\n"
            "Strict-Transport-Security: max-age=9999\r\nAlt-Svc: h2=\":443\"\r\nAccept-CH: Sec-CH-UA\r\n"
            "WWW-Authenticate: Basic realm=x\r\nContent-Length: 4\r\n\r\npage");
      }
    });
  }
  [[nodiscard]] handover::Task As(const std::string& user) const {
    handover::Task task = MakeTask(url_);
    task.socks_user = user;
    task.socks_password = "secret of " + user;
    return task;
  }

  std::mutex mutex_;  // guards the requests
  std::vector<std::string> requests_;
};

TEST_F(Unlinkable, SendsTheSameRequestWhateverAnotherIdentityWasTold) {
  ServeMemories();
  Start();
  for (const std::string user : {"a", "a", "b", "a", "b"})
    EXPECT_EQ(RecordOf(Fetch(As(user))).outcome, captures::Outcome::kOk);
  ASSERT_EQ(requests_.size(), 5U);
  for (const std::string& request : requests_) EXPECT_EQ(request, requests_[0]);
  for (const std::string word :
       {"Cookie", "If-None-Match", "If-Modified-Since", "Authorization", "Referer", "tag42"})
    EXPECT_EQ(requests_[4].find(word), std::string::npos) << word;
}

TEST_F(Unlinkable, GivesEachIdentityConnectionsAndCredentialsOfItsOwn) {
  ServeMemories();
  Start();
  std::vector<handover::Task> tasks;
  for (int i = 0; i < 12; ++i) tasks.push_back(As(i % 2 == 0 ? "a" : "b"));
  (void)FetchAll(tasks);
  for (const std::string user : {"a", "b", "a", "b"}) (void)Fetch(As(user));
  std::set<std::string> users;
  for (const Visit& visit : tor_->visits()) {
    EXPECT_EQ(visit.password, "secret of " + visit.user) << "one connection, one identity";
    users.insert(visit.user);
  }
  EXPECT_EQ(users, (std::set<std::string>{"a", "b"}));
}

TEST_F(Unlinkable, ResumesNoTlsSessionOfAnotherIdentityNorOfItsOwn) {
  const Service site = TlsSite::Serve(TlsSite::LeadingCertificates().front(),
                                      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  std::mutex mutex;
  std::vector<std::string> hellos;
  tor_->Serve([&](const Stream& stream) {
    std::string hello(4096, '\0');
    const ssize_t size = ::recv(stream.fd(), hello.data(), hello.size(), MSG_PEEK);
    hello.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    {
      const std::scoped_lock lock(mutex);
      hellos.push_back(hello);
    }
    site(stream);
  });
  Start();
  for (const std::string user : {"a", "b", "a"}) {
    handover::Task task = As(user);
    task.url = "https://" + OnionHost() + "/";
    EXPECT_EQ(RecordOf(Fetch(task)).outcome, captures::Outcome::kOk);
  }
  ASSERT_EQ(hellos.size(), 3U);
  // A resumed session would name itself in the pre_shared_key extension (RFC 8446 section 4.2.11), number 41,
  // which makes the hello longer than the first one was.
  for (const std::string& hello : hellos) EXPECT_EQ(hello.size(), hellos[0].size());
}

}  // namespace
}  // namespace nightjar::leak
