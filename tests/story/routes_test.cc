// SPDX-License-Identifier: Apache-2.0
// Routes over real Tor: the circuit of every capture is in its record, an onion service that asks for a key
// is reached with it and not without, and a Tor that Nightjar runs itself does the same work.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "archive/captures/archive.h"
#include "base/file.h"
#include "tests/story/installation.h"

namespace nightjar::story {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr auto kPatience = std::chrono::seconds(240);
constexpr char kCircuit[] =
    "id=[0-9]+ purpose=HS_CLIENT_REND created=[0-9TZ:.-]+ built=[0-9TZ:.-]+ length=[0-9] hops=\\$[0-9A-F,$]+";

class RoutesTest : public testing::Test {
 protected:
  void SetUp() override {
    world_ = FindWorld();
    ASSERT_TRUE(world_) << "the private Tor network is not there: run through ctest, which starts it";
    installation_ = std::make_unique<Installation>(*world_);
    Installation& it = *installation_;
    it.Command({"case", "add", "owl-7", "--title", "Operation Owl", "--legal-basis", "Order 12/2026"});
  }

  // Orders one page and those it links to on its host.
  void Order(const std::string& job, const std::string& host) const {
    installation_->Command({"job", "add", job, "--case", "owl-7", "--delay-ms", "20", "--depth", "1",
                            "--seed", "http://" + host + "/"});
  }

  // The crawl alone: without an index role nothing but the seed is fetched. Waits for a capture of it.
  captures::Record CrawlUntil(const std::string& host, captures::Outcome outcome) {
    const Child crawl = installation_->Start("crawl");
    captures::Record found;
    EXPECT_TRUE(WaitUntil(
        kPatience,
        [&] {
          const auto archive = captures::Reader::Open(
              {.folder = installation_->data() + "/archive", .keyring = installation_->keyring()});
          const std::uint64_t size = archive ? (*archive)->Size().value_or(0) : 0;
          for (std::uint64_t number = 0; number < size; ++number) {
            const auto row = (*archive)->GetRow(CaptureNumber{number});
            if (!row || row->record.outcome != outcome || row->record.url.find(host) == std::string::npos)
              continue;
            found = row->record;
            return true;
          }
          return false;
        }))
        << "no capture of " << host << " ended as " << captures::OutcomeName(outcome) << "; see "
        << installation_->scratch() << "/crawl.log";
    return found;
  }

  std::optional<World> world_;
  std::unique_ptr<Installation> installation_;
};

TEST_F(RoutesTest, WriteTheCircuitOfACaptureIntoItsRecord) {
  const std::string host = world_->sites.front().second;
  Order("owls", host);
  const auto record = CrawlUntil(host, captures::Outcome::kOk);
  EXPECT_THAT(record.circuit, MatchesRegex(kCircuit));
  EXPECT_THAT(record.route, HasSubstr("owls/" + host.substr(0, 16) + "/-/"));
  EXPECT_THAT(record.consensus, HasSubstr("valid-after="));
  const auto ways = installation_->Status().at("ways").as_array();
  ASSERT_EQ(ways.size(), 1U);
  EXPECT_TRUE(ways[0].at("ready").as_bool());
  EXPECT_EQ(ways[0].at("bootstrap").as_int64(), 100);
  EXPECT_THAT(installation_->Try({"doctor"}).output, HasSubstr("bootstrapped 100 %"));
}

TEST_F(RoutesTest, OpenAClosedServiceWithItsKeyAndNotWithout) {
  const std::string& host = world_->closed_host;
  Order("closed", host);
  const auto refused = CrawlUntil(host, captures::Outcome::kClientAuth);
  EXPECT_THAT(refused.detail, HasSubstr("client authorisation"));
  EXPECT_EQ(refused.circuit, "-");
  installation_->Command({"host", "auth", host, "--key-file", world_->closed_key_file});
  EXPECT_EQ(installation_->Command({"host", "auth"}), host + "\n");
  Order("closed-again", host);
  const auto opened = CrawlUntil(host, captures::Outcome::kOk);
  EXPECT_THAT(opened.circuit, MatchesRegex(kCircuit));

  // The key is a secret: it is in the folder of secrets and nowhere else.
  const std::string line = ReadFile(world_->closed_key_file).value();
  const std::string key = line.substr(line.rfind(':') + 1, 52);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(installation_->scratch())) {
    if (!entry.is_regular_file() || entry.path().string().find("/secrets/") != std::string::npos) continue;
    const auto bytes = ReadFile(entry.path(), 64 << 20);
    EXPECT_THAT(bytes.value_or(""), Not(HasSubstr(key))) << entry.path();
  }
  installation_->Command({"host", "auth", host, "--remove"});
  EXPECT_EQ(installation_->Command({"host", "auth"}), "");
}

TEST_F(RoutesTest, RunATorOfTheirOwnWhereThatIsAskedFor) {
  installation_->Set("managed", "2");
  installation_->Set("torrc", world_->torrc);
  const std::string host = world_->sites.front().second;
  Order("owls", host);
  const auto record = CrawlUntil(host, captures::Outcome::kOk);
  EXPECT_THAT(record.circuit, MatchesRegex(kCircuit));
  EXPECT_THAT(record.consensus, HasSubstr("valid-after="));
  for (const char* number : {"0", "1"}) {
    const std::string folder = installation_->data() + "/tor/" + number;
    EXPECT_TRUE(std::filesystem::exists(folder + "/torrc")) << folder;
  }
}

}  // namespace
}  // namespace nightjar::story
