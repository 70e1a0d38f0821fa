// SPDX-License-Identifier: Apache-2.0
#include "indexer/hunt/run_hunt.h"

#include <gtest/gtest.h>

#include "tests/unit/indexer/sample.h"

namespace nightjar::hunt {
namespace {

using indexer::SampleFacts;

class Hunting : public testing::Test {
 protected:
  Hunting()
      : archive_(folder_ / "archive"),
        facts_(
            std::move(facts::FactsStore::Open(folder_ / "facts", facts::FactsStore::Mode::kWrite).value())),
        store_(std::move(HuntStore::Open(folder_ / "hunt", HuntStore::Mode::kWrite).value())) {}

  void Capture(const std::string& path, const std::string& text, const std::string& case_id = "owl-7",
               const std::string& hidden = "") {
    archive_.Append({{.path = path, .body = "<p>" + text + "</p>", .case_id = case_id}});
    wire::Facts page = SampleFacts("Page " + path, text);
    page.hidden_text = hidden;
    const std::pair<CaptureNumber, wire::Facts> row{{next_++}, page};
    ASSERT_TRUE(facts_->Put({&row, 1}));
  }
  Hunt Run(Hunt hunt, const std::stop_token& stop = {}) {
    const std::string name = hunt.name;
    if (!store_->Find(name)) {
      EXPECT_TRUE(store_->Add(std::move(hunt)));
    }
    const auto ended =
        RunHunt(*store_, name, {.archive = &archive_.reader(), .facts = facts_.get(), .hidden = hidden_},
                progress_, stop);
    EXPECT_TRUE(ended) << ended.error().Format();
    return ended.value_or(Hunt{});
  }
  std::vector<std::string> Found(const Hunt& hunt) {
    std::vector<std::string> found;
    const auto matches = store_->Matches(hunt.id, 0, 10'000).value();
    found.reserve(matches.size());
    for (const Match& match : matches)
      found.push_back(std::to_string(match.capture.value) + " " + std::string(PartName(match.part)));
    return found;
  }

  TemporaryFolder folder_;
  indexer::SampleArchive archive_;
  std::unique_ptr<facts::FactsStore> facts_;
  std::unique_ptr<HuntStore> store_;
  std::function<Result<bool>(const std::string&)> hidden_;
  std::function<void(const Hunt&)> progress_ = [](const Hunt&) {};
  std::uint64_t next_ = 0;
};

TEST_F(Hunting, FindsPatternsInTextsAndHiddenTexts) {
  Capture("/1", "bc1qxyz");
  Capture("/2", "nothing", "owl-7", "display-none: bc1qabc");
  const Hunt ended = Run({.name = "wallets", .patterns = {"bc1q[a-z]{3}"}});
  EXPECT_EQ(ended.state, HuntState::kDone);
  EXPECT_EQ(ended.looked_at, 2U);
  EXPECT_EQ(Found(ended), (std::vector<std::string>{"0 text", "1 hidden"}));
}

TEST_F(Hunting, LooksAtBodiesWhereAskedTo) {
  Capture("/1", "owl");
  EXPECT_TRUE(Found(Run({.name = "tags", .patterns = {"<p>"}})).empty());
  EXPECT_EQ(Found(Run({.name = "bodies", .patterns = {"<p>"}, .bodies = true})),
            (std::vector<std::string>{"0 body"}));
}

TEST_F(Hunting, LeavesBodiesAloneThatAreCodedInAnyWay) {
  EXPECT_TRUE(BodyIsPlain("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"));
  EXPECT_TRUE(BodyIsPlain("HTTP/1.1 200 OK\r\nContent-Encoding: Identity\r\n\r\n"));
  EXPECT_FALSE(BodyIsPlain("HTTP/1.1 200 OK\r\ncontent-encoding : gzip\r\n\r\n"));
  EXPECT_FALSE(BodyIsPlain("HTTP/1.1 200 OK\nTransfer-Encoding:\tchunked\n\n"));
}

TEST_F(Hunting, KeepsToItsCaseHostAndTime) {
  Capture("/1", "owl");
  Capture("/2", "owl", "raven-1");
  EXPECT_EQ(Found(Run({.name = "case", .patterns = {"owl"}, .case_id = "raven-1"})),
            (std::vector<std::string>{"1 text"}));
  EXPECT_EQ(Found(Run({.name = "host", .patterns = {"owl"}, .host = indexer::kSampleHost})).size(), 2U);
  EXPECT_TRUE(Found(Run({.name = "other", .patterns = {"owl"}, .host = "other.onion"})).empty());
  EXPECT_TRUE(
      Found(Run({.name = "late", .patterns = {"owl"}, .since = UtcTime(std::chrono::hours(24 * 40000))}))
          .empty());
  hidden_ = [](const std::string&) -> Result<bool> { return true; };
  EXPECT_TRUE(Found(Run({.name = "blocked", .patterns = {"owl"}})).empty());
}

TEST_F(Hunting, GoesOnWhereItWasStoppedAndFindsEverythingOnce) {
  for (int i = 0; i < 1200; ++i) Capture("/" + std::to_string(i), i % 10 == 0 ? "owl" : "");
  progress_ = [&](const Hunt& hunt) {
    if (hunt.next == 500) {
      ASSERT_TRUE(store_->SetState("owls", HuntState::kStopped));
    }
  };
  Hunt hunt = Run({.name = "owls", .patterns = {"owl"}});
  EXPECT_EQ(hunt.state, HuntState::kStopped);
  EXPECT_LT(hunt.next, 1200U);
  progress_ = [](const Hunt&) {};
  std::stop_source stopped;
  stopped.request_stop();
  EXPECT_EQ(Run({.name = "owls"}, stopped.get_token()).state, HuntState::kWaiting);
  hunt = Run({.name = "owls"});
  EXPECT_EQ(hunt.state, HuntState::kDone);
  EXPECT_EQ(hunt.matches, 120U);
  EXPECT_EQ(Found(hunt).size(), 120U);
}

TEST_F(Hunting, IsNotDoneTwiceAtOnce) {
  Capture("/1", "owl");
  const Hunt hunt = store_->Add({.name = "owls", .patterns = {"owl"}}).value();
  Hunt ahead = hunt;
  ahead.next = 1;
  ASSERT_TRUE(store_->Advance(ahead, 0, {}));
  EXPECT_EQ(store_->Advance(ahead, 0, {}).error().code, Code::kUnavailable);
}

TEST_F(Hunting, ForgetsWhatWasErased) {
  Capture("/1", "owl");
  Capture("/2", "owl");
  const Hunt hunt = Run({.name = "owls", .patterns = {"owl"}});
  EXPECT_EQ(store_->Forget([](CaptureNumber n) { return n.value == 0; }).value(), 1U);
  EXPECT_EQ(Found(hunt), (std::vector<std::string>{"1 text"}));
  ASSERT_TRUE(store_->Remove("owls"));
  EXPECT_EQ(store_->Find("owls").error().code, Code::kNotFound);
}

}  // namespace
}  // namespace nightjar::hunt
