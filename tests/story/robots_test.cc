// SPDX-License-Identifier: Apache-2.0
// A job that obeys robots.txt, over real Tor, with every role: what the file forbids is never asked for, and
// that it was left out stands in the log, in the status, and in what is handed out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "archive/captures/archive.h"
#include "base/file.h"
#include "tests/story/installation.h"

namespace nightjar::story {
namespace {

using ::testing::HasSubstr;

constexpr auto kPatience = std::chrono::seconds(420);

class RobotsStory : public testing::Test {
 protected:
  void SetUp() override {
    world_ = FindWorld();
    ASSERT_TRUE(world_) << "the private Tor network is not there: run through ctest, which starts it";
    installation_ = std::make_unique<Installation>(*world_);
    installation_->Command(
        {"case", "add", "owl-7", "--title", "Operation Owl", "--legal-basis", "Order 12/2026"});
    for (const auto& [name, host] : world_->sites)
      if (name == "forum") host_ = host;
    ASSERT_FALSE(host_.empty()) << "the world has a forum with a robots.txt";
  }

  // What the archive holds of this host.
  std::vector<captures::Record> Records() const {
    const auto archive = captures::Reader::Open(
        {.folder = installation_->data() + "/archive", .keyring = installation_->keyring()});
    std::vector<captures::Record> records;
    const std::uint64_t size = (*archive)->Size().value_or(0);
    for (std::uint64_t n = 0; n < size; ++n) records.push_back((*archive)->GetRow(CaptureNumber{n})->record);
    return records;
  }

  std::optional<World> world_;
  std::unique_ptr<Installation> installation_;
  std::string host_;
};

TEST_F(RobotsStory, LeavesOutWhatTheFileForbidsAndHandsOutThatItDid) {
  Installation& it = *installation_;
  it.Command({"job", "add", "owls", "--case", "owl-7", "--delay-ms", "20", "--pages", "60", "--depth", "3",
              "--robots", "obey", "--seed", "http://" + host_ + "/"});
  {
    const Child up = it.Start("up");
    ASSERT_TRUE(WaitUntil(kPatience, [&] {
      const json::object status = it.Status();
      const auto& archive = status.at("archive").as_object();
      const auto excluded = status.at("frontier").at("excluded").as_int64();
      return excluded > 0 && status.at("frontier").at("leased").as_int64() == 0 &&
             archive.at("captures").as_int64() >= 60 &&
             archive.at("checkpoint_size") == archive.at("captures");
    })) << json::serialize(it.Status());
  }
  std::set<std::string> left_out;
  std::size_t robots = 0;
  for (const captures::Record& record : Records()) {
    robots += record.robots == "itself" ? 1 : 0;
    const bool forbidden = record.url.find("/memberlist.php") != std::string::npos;
    EXPECT_EQ(forbidden, record.outcome == captures::Outcome::kNotAttempted) << record.url;
    if (!forbidden) continue;
    EXPECT_TRUE(left_out.insert(record.url).second) << record.url << " twice";
    EXPECT_EQ(record.detail, "robots.txt forbids it: Disallow: /memberlist.php");
    EXPECT_THAT(record.robots, HasSubstr("disallowed sha256="));
    EXPECT_EQ(record.request_size, 0U);
  }
  EXPECT_EQ(robots, 1U);
  ASSERT_FALSE(left_out.empty());
  EXPECT_EQ(it.Status().at("frontier").at("excluded_for").at("robots").as_int64(),
            static_cast<std::int64_t>(left_out.size()));
  EXPECT_THAT(it.Command({"status"}), HasSubstr(std::to_string(left_out.size()) + " not fetched: robots"));
  const std::string excluded = it.Command({"queue", "show", "--state", "excluded"});
  EXPECT_THAT(excluded, HasSubstr("robots"));

  const std::string bundle = it.scratch() + "/owl.tar";
  it.Command({"export", "--case", "owl-7", "--job", "owls", "--by", "Analyst 3", "--out", bundle});
  const std::string sentence =
      std::to_string(left_out.size()) + " records say that a URL was left out by a rule";
  EXPECT_THAT(it.Command({"verify", bundle}), HasSubstr(sentence));
  const Outcome script =
      RunProgram("/usr/bin/env", {"python3", NIGHTJAR_SOURCE "/archive/bundle/verify.py", bundle});
  EXPECT_EQ(script.status, 0) << script.output;
  EXPECT_THAT(script.output, HasSubstr(sentence));
  EXPECT_THAT(ReadFile(bundle).value(),
              HasSubstr(std::to_string(left_out.size()) + " not fetched by rule (robots.txt, blocklist)"));
}

}  // namespace
}  // namespace nightjar::story
