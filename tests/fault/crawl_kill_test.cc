// SPDX-License-Identifier: Apache-2.0
// kill -9 of the shipped crawl and index roles at random moments of a crawl: no acknowledged capture is lost,
// none is stored twice, no host is asked sooner than its job allows, and in the end the frontier has every
// page of the sites exactly once. A stand-in for Tor serves the sites, so that a round costs no circuit.
//
//   NIGHTJAR_KILLS=200 NIGHTJAR_PAGES=3000 fault_crawl_kill      the long form; without them a short one
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "archive/captures/archive.h"
#include "base/onion.h"
#include "base/random.h"
#include "tests/leak/tor_stub.h"
#include "tests/story/installation.h"

namespace nightjar {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kHosts = 12;
constexpr milliseconds kDelay{200};

std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// Hosts of equally many pages. Page n leads to pages 2n+1 and 2n+2 of its host and to one of the next host.
class Sites final {
 public:
  explicit Sites(std::uint64_t pages) : per_host_(pages / kHosts) {
    for (std::uint64_t i = 0; i < kHosts; ++i) {
      const auto key = SigningKey::FromSeed(std::string(32, static_cast<char>('A' + i)));
      hosts_.push_back(OnionAddress::FromKey(key->public_key()).host());
    }
  }

  [[nodiscard]] const std::vector<std::string>& hosts() const { return hosts_; }
  [[nodiscard]] std::uint64_t pages() const { return per_host_ * kHosts; }

  void Serve(const leak::Stream& stream) {
    for (std::string request = stream.ReadRequest(); !request.empty(); request = stream.ReadRequest()) {
      const std::size_t name = request.find("\r\nHost: ") + 8;
      const std::string host = request.substr(name, request.find('\r', name) - name);
      Note(host);
      stream.Write(Answer(host, request.substr(4, request.find(' ', 4) - 4)));
    }
  }

  // The shortest time between two requests to one host, as the host saw them.
  [[nodiscard]] Micros ShortestGap() const {
    const std::scoped_lock lock(mutex_);
    return shortest_gap_;
  }

 private:
  void Note(const std::string& host) {
    const MonoTime now = SystemClock().Mono();
    const std::scoped_lock lock(mutex_);
    const auto [last, first] = last_request_.try_emplace(host, now);
    if (!first) shortest_gap_ = std::min(shortest_gap_, now - last->second);
    last->second = now;
  }

  [[nodiscard]] std::string Answer(const std::string& host, const std::string& path) const {
    const std::uint64_t n = path == "/" ? 0 : std::strtoull(path.c_str() + 3, nullptr, 10);
    const std::size_t next = (std::ranges::find(hosts_, host) - hosts_.begin() + 1) % kHosts;
    std::string body = "<title>Page " + std::to_string(n) + "</title><p>" + host + "</p>";
    for (const std::uint64_t child : {2 * n + 1, 2 * n + 2})
      if (child < per_host_) body += "<a href=\"/p/" + std::to_string(child) + "\">on</a>";
    body += "<a href=\"http://" + hosts_[next] + (n == 0 ? "/" : "/p/" + std::to_string(n)) + "\">over</a>";
    return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
  }

  const std::uint64_t per_host_;
  std::vector<std::string> hosts_;
  mutable std::mutex mutex_;  // guards the rest
  std::map<std::string, MonoTime> last_request_;
  Micros shortest_gap_ = Micros::max();
};

class KilledCrawl : public testing::Test {
 protected:
  KilledCrawl() : tor_(scratch_.path() + "/socks") {
    tor_.Serve([this](const leak::Stream& stream) { sites_.Serve(stream); });
    story::World world{
        .socks = tor_.path(), .consensus = scratch_.path() + "/none", .sites = {}, .truth = {}};
    for (const std::string& host : sites_.hosts()) world.sites.emplace_back(host, host);
    installation_ = std::make_unique<story::Installation>(world);
    installation_->Command({"case", "add", "owl-7", "--title", "Owl", "--legal-basis", "Order 12/2026"});
    std::vector<std::string> job{"job",
                                 "add",
                                 "owls",
                                 "--case",
                                 "owl-7",
                                 "--seed",
                                 "http://" + sites_.hosts()[0] + "/",
                                 "--delay-ms",
                                 std::to_string(kDelay.count()),
                                 "--jitter",
                                 "0",
                                 "--depth",
                                 "60"};
    for (const std::string& host : sites_.hosts()) job.insert(job.end(), {"--host", host});
    installation_->Command(job);
  }

  // Ends the role as a power cut would end it, and starts it again.
  void Kill(const std::string& role) {
    Child& child = roles_.at(role);
    ASSERT_FALSE(child.WaitFor(milliseconds(0))) << role << " had ended by itself";
    child.Signal(SIGKILL);
    ASSERT_TRUE(child.WaitFor(std::chrono::seconds(10)));
    child = installation_->Start(role);
  }

  // Reads what has come to the archive since; a capture once seen counts as acknowledged.
  void ReadNew() {
    const auto archive = captures::Reader::Open(
        {.folder = installation_->data() + "/archive", .keyring = installation_->keyring()});
    if (!archive) return;
    for (std::uint64_t n = acknowledged_.size(); n < (*archive)->Size().value_or(0); ++n) {
      const auto capture = (*archive)->Get(CaptureNumber{n});
      ASSERT_TRUE(capture) << "capture " << n << ": " << capture.error().Format();
      acknowledged_.push_back(Sha256(capture->record_text));
    }
  }

  story::Scratch scratch_;
  Sites sites_{FromEnvironment("NIGHTJAR_PAGES", 600)};
  leak::TorStub tor_;
  std::unique_ptr<story::Installation> installation_;
  std::map<std::string, Child> roles_;
  std::vector<Digest> acknowledged_;
};

TEST_F(KilledCrawl, LosesNothingRepeatsNothingAndStaysPolite) {
  const std::uint64_t kills = FromEnvironment("NIGHTJAR_KILLS", 25);
  SeededRandom random(3);
  for (const char* role : {"crawl", "index"}) roles_.emplace(role, installation_->Start(role));
  for (std::uint64_t kill = 0; kill < kills; ++kill) {
    std::this_thread::sleep_for(milliseconds(random.Next() % 500));  // the random moment itself
    ReadNew();
    Kill(random.Next() % 4 == 0 ? "index" : "crawl");
    if (HasFatalFailure()) return;
  }
  EXPECT_LT(acknowledged_.size(), sites_.pages()) << "the crawl was over before the kills were";
  ASSERT_TRUE(story::WaitUntil(std::chrono::seconds(600), [&] { return installation_->Idle(); }))
      << "the crawl did not come to rest: " << json::serialize(installation_->Status());

  const std::vector<Digest> before = acknowledged_;
  acknowledged_.clear();
  ReadNew();
  ASSERT_GE(acknowledged_.size(), before.size()) << "acknowledged captures are gone";
  EXPECT_TRUE(std::equal(before.begin(), before.end(), acknowledged_.begin())) << "a capture changed";
  EXPECT_EQ(std::set<Digest>(acknowledged_.begin(), acknowledged_.end()).size(), acknowledged_.size())
      << "a capture was stored twice";
  const json::object status = installation_->Status();
  const json::value& frontier = status.at("frontier");
  EXPECT_EQ(frontier.at("done").to_number<std::uint64_t>(), sites_.pages());
  for (const char* state : {"waiting", "leased", "failed", "excluded"})
    EXPECT_EQ(frontier.at(state).to_number<std::uint64_t>(), 0U) << state;
  EXPECT_GE(sites_.ShortestGap(), kDelay) << "a host was asked too soon";
  RecordProperty("captures", static_cast<int>(acknowledged_.size()));
}

}  // namespace
}  // namespace nightjar
