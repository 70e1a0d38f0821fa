// SPDX-License-Identifier: Apache-2.0
// A session keeper over a real store, frontier and archive, moved by hand.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/onion.h"
#include "crawler/session_keeper.h"
#include "crawler/sessions/handoff.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::crawler {

using sessions::State;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using wire::PageClass;

inline const std::string kHost =
    OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, 'm'))->public_key()).host();
inline const std::string kSite = "http://" + kHost;

inline wire::Facts LoginForm() {
  wire::Facts facts;
  facts.page_class = PageClass::kLogin;
  facts.forms = {{kSite + "/login.php",
                  "post",
                  {{"user", "text", ""}, {"pass", "password", ""}, {"csrf", "hidden", "t1"}}}};
  return facts;
}

// A keeper over a real store, frontier and archive, moved by hand: no fetcher, no parser, no time but ours.
class SessionKeeperTest : public testing::Test {
 protected:
  void SetUp() override {
    frontier_ = *frontier::Frontier::Open(
        {.folder = folder_ / "frontier", .clock = &clock_, .boot_id = "b", .random = &random_});
    OpenStore();
  }
  void OpenStore() {
    store_ = *sessions::SessionStore::Open({.folder = folder_ / "sessions",
                                            .key_path = folder_ / "key/k",
                                            .clock = &clock_,
                                            .random = &random_});
  }
  void Begin(bool persona, bool recipe = true, bool anonymous_cookies = false) {
    job_.id.value = "market";
    job_.hosts = {kHost};
    job_.persona = persona ? "night-owl" : "";
    if (persona) {
      sessions::Persona account;
      account.id = "night-owl";
      account.hosts = {kHost};
      account.username = "reader";
      account.password = "hoot";
      ASSERT_TRUE(store_->AddPersona(account));
    }
    config::SiteProfile profile{"bazaar", {kHost}, std::nullopt};
    if (recipe) profile.login = config::LoginRecipe{"/login.php", "user", "pass", {}, {}};
    OpenArchive();
    keeper_ = std::make_unique<SessionKeeper>(SessionKeeper::Parts{.store = std::move(store_),
                                                                   .profiles = {profile},
                                                                   .anonymous_cookies = anonymous_cookies,
                                                                   .archive = archive_.get(),
                                                                   .clock = &clock_});
    OpenStore();
    ASSERT_TRUE(keeper_->SetJobs({{job_.id, job_}}));
    auto tick = *frontier_->Begin();
    frontier::JobTerms terms{.id = job_.id, .hosts = job_.hosts};
    terms.delay = std::chrono::milliseconds(0);
    ASSERT_TRUE(tick.SetJobs(std::vector{terms}));
    std::vector<frontier::Candidate> pages;
    for (int i = 0; i < 5; ++i) pages.push_back({*Url::Parse(kSite + "/" + std::to_string(i)), 0, ""});
    ASSERT_TRUE(tick.Add(job_.id, pages));
    ASSERT_TRUE(tick.Commit());
  }
  void OpenArchive() {
    captures::Writer::Options options{.paths = {.folder = folder_ / "archive", .map_size = 64 << 20},
                                      .origin = "unit.example/nightjar/2026a",
                                      .log_key = *SigningKey::FromSeed(std::string(32, 'l')),
                                      .fetchers = {}};
    writer_ = *captures::Writer::Open(std::move(options));
    archive_ = *captures::Reader::Open({.folder = folder_ / "archive", .map_size = 64 << 20});
  }

  // One tick: returns the errands, and leases what may be leased into `leased_`.
  std::vector<Errand> Tick() {
    clock_.Advance(std::chrono::seconds(1));
    auto tick = *frontier_->Begin();
    for (const auto lease : leases_) EXPECT_TRUE(tick.Complete(lease, {}));
    leases_.clear();
    auto errands = keeper_->Apply(tick, 4);
    EXPECT_TRUE(errands) << errands.error().Format();
    leased_.clear();
    const auto tasks = tick.Lease(1);
    for (const auto& task : *tasks) {
      leased_.push_back(task.url);
      leases_.push_back(task.lease);
    }
    EXPECT_TRUE(tick.Commit());
    for (const Errand& errand : *errands) keeper_->Sent(errand, "f-" + errand.url);
    return std::move(*errands);
  }
  // The page came back and was read. True if its links may be followed.
  bool Seen(const std::string& url, wire::Facts facts, int status = 200, const std::string& fetch_id = "") {
    FollowedPage page;
    page.record.url = url;
    page.record.job = job_.id;
    page.record.fetch_id = fetch_id;
    page.record.http_status = status;
    page.record.route = "the-route";
    page.record.started = clock_.Utc();
    page.facts = std::move(facts);
    const auto leads_on = keeper_->Saw(page);
    EXPECT_TRUE(leads_on) << leads_on.error().Format();
    clock_.Advance(std::chrono::seconds(1));
    return *leads_on;
  }
  bool Seen(const std::string& url, PageClass page_class) {
    wire::Facts facts;
    facts.page_class = page_class;
    return Seen(url, std::move(facts));
  }
  bool SeenErrand(const Errand& errand, wire::Facts facts, int status = 200) {
    auto tick = *frontier_->Begin();
    EXPECT_TRUE(tick.GiveBack(errand.job, errand.host));
    EXPECT_TRUE(tick.Commit());
    return Seen(errand.url, std::move(facts), status, "f-" + errand.url);
  }
  [[nodiscard]] State StateNow() { return (*store_->ListSessions()).at(0).state(); }

  TemporaryFolder folder_;
  ManualClock clock_;
  SeededRandom random_{1};
  jobs::Job job_;
  std::unique_ptr<sessions::SessionStore> store_;
  std::unique_ptr<captures::Writer> writer_;
  std::unique_ptr<captures::Reader> archive_;
  std::unique_ptr<frontier::Frontier> frontier_;
  std::unique_ptr<SessionKeeper> keeper_;
  std::vector<frontier::LeaseId> leases_;
  std::vector<std::string> leased_;
};

class LoggedIn : public SessionKeeperTest {
 protected:
  void SetUp() override {
    SessionKeeperTest::SetUp();
    Begin(true);
    SeenErrand(Tick().at(0), LoginForm());
    SeenErrand(Tick().at(0), {}, 302);
  }
};

}  // namespace nightjar::crawler
