// SPDX-License-Identifier: Apache-2.0
#include "crawler/session_keeper.h"

#include <gmock/gmock.h>

#include "base/onion.h"
#include "crawler/sessions/handoff.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::crawler {
namespace {

using sessions::State;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using wire::PageClass;

const std::string kHost =
    OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, 'm'))->public_key()).host();
const std::string kSite = "http://" + kHost;

wire::Facts LoginForm() {
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

TEST_F(SessionKeeperTest, LogsAPersonaInBeforeItsQueueOpens) {
  Begin(true);
  auto errands = Tick();
  ASSERT_EQ(errands.size(), 1U);
  EXPECT_EQ(errands[0].url, kSite + "/login.php");
  EXPECT_FALSE(errands[0].post);
  EXPECT_THAT(leased_, IsEmpty());
  EXPECT_FALSE(SeenErrand(errands[0], LoginForm()));
  errands = Tick();
  ASSERT_EQ(errands.size(), 1U);
  EXPECT_TRUE(errands[0].post);
  EXPECT_EQ(errands[0].form, "user=reader&pass=hoot&csrf=t1");
  EXPECT_THAT(leased_, IsEmpty());
  EXPECT_TRUE(SeenErrand(errands[0], {}, 302));
  EXPECT_EQ(StateNow(), State::kAlive);
  EXPECT_THAT(Tick(), IsEmpty());
  EXPECT_THAT(leased_, ElementsAre(kSite + "/0"));
}

class LoggedIn : public SessionKeeperTest {
 protected:
  void SetUp() override {
    SessionKeeperTest::SetUp();
    Begin(true);
    SeenErrand(Tick().at(0), LoginForm());
    SeenErrand(Tick().at(0), {}, 302);
  }
};

TEST_F(LoggedIn, LogInAgainWhenTheSessionExpiresAndAsksForTheLostPagesAgain) {
  (void)Tick();  // leases /0
  EXPECT_TRUE(Seen(kSite + "/0", PageClass::kContent));
  (void)Tick();  // closes /0, leases /1
  EXPECT_THAT(leased_, ElementsAre(kSite + "/1"));
  (void)Tick();  // closes /1, leases /2, before /1 was read
  EXPECT_FALSE(Seen(kSite + "/1", PageClass::kLoggedOut));
  auto errands = Tick();
  ASSERT_EQ(errands.size(), 1U);
  EXPECT_THAT(leased_, IsEmpty()) << "the queue is held";
  EXPECT_FALSE(Seen(kSite + "/2", PageClass::kLoggedOut)) << "fetched behind the wall";
  SeenErrand(errands[0], LoginForm());
  SeenErrand(Tick().at(0), {}, 302);
  std::vector<std::string> asked;
  for (int i = 0; i < 6; ++i) {
    (void)Tick();
    asked.insert(asked.end(), leased_.begin(), leased_.end());
  }
  std::ranges::sort(asked);
  EXPECT_THAT(asked, ElementsAre(kSite + "/1", kSite + "/2", kSite + "/3", kSite + "/4"));
}

TEST_F(LoggedIn, GivePagesThatWereFetchedBeforeALoginBackWithoutAnotherOne) {
  (void)Tick();
  EXPECT_FALSE(Seen(kSite + "/0", PageClass::kLoggedOut));
  SeenErrand(Tick().at(0), LoginForm());
  const UtcTime before = clock_.Utc();
  SeenErrand(Tick().at(0), {}, 302);
  FollowedPage late;
  late.record.url = kSite + "/4";
  late.record.job = job_.id;
  late.record.http_status = 200;
  late.record.started = before;
  late.facts.page_class = PageClass::kLoggedOut;
  EXPECT_FALSE(*keeper_->Saw(late));
  EXPECT_EQ(StateNow(), State::kAlive);
}

TEST_F(LoggedIn, RestInAWaitingRoomAndAskItAgainWhenItSays) {
  (void)Tick();
  wire::Facts room;
  room.page_class = PageClass::kDdosWait;
  room.refresh_seconds = 7;
  room.links = {{wire::LinkKind::kRefresh, kSite + "/0?token=1", ""}};
  EXPECT_FALSE(Seen(kSite + "/0", room));
  EXPECT_EQ(StateNow(), State::kWaiting);
  EXPECT_THAT(Tick(), IsEmpty());
  clock_.Advance(std::chrono::seconds(7));
  auto errands = Tick();
  ASSERT_EQ(errands.size(), 1U);
  EXPECT_EQ(errands[0].url, kSite + "/0?token=1");
  EXPECT_THAT(leased_, IsEmpty());
  SeenErrand(errands[0], room);
  clock_.Advance(std::chrono::seconds(7));
  errands = Tick();
  ASSERT_EQ(errands.size(), 1U);
  EXPECT_TRUE(SeenErrand(errands[0], {}));
  (void)Tick();
  EXPECT_THAT(leased_, ElementsAre(kSite + "/0"));
}

TEST_F(LoggedIn, RestForGoodWhenBanned) {
  EXPECT_FALSE(Seen(kSite + "/0", PageClass::kBanned));
  for (int i = 0; i < 5; ++i) EXPECT_THAT(Tick(), IsEmpty());
  EXPECT_THAT(leased_, IsEmpty());
  EXPECT_EQ(StateNow(), State::kBanned);
  ASSERT_TRUE(store_->AskToResume(sessions::KeyOf("night-owl", {}, kHost)));
  ASSERT_TRUE(keeper_->Look());
  (void)Tick();
  EXPECT_THAT(leased_, ElementsAre(kSite + "/0"));
}

TEST_F(LoggedIn, KeepToQuotasPausesAndHours) {
  ASSERT_TRUE(store_->ChangePersona("night-owl", [](sessions::Persona& persona) { persona.paused = true; }));
  ASSERT_TRUE(keeper_->Look());
  (void)Tick();
  EXPECT_THAT(leased_, IsEmpty());
  ASSERT_TRUE(store_->ChangePersona("night-owl", [](sessions::Persona& persona) {
    persona.paused = false;
    persona.per_hour = 2;
  }));
  ASSERT_TRUE(keeper_->Look());
  handover::Task task;
  task.url = kSite + "/";
  for (int i = 0; i < 2; ++i) keeper_->Equip(task, {job_.id, kHost, "night-owl"});
  (void)Tick();
  EXPECT_THAT(leased_, IsEmpty()) << "two requests of this hour are made";
  clock_.Advance(std::chrono::hours(1));
  (void)Tick();
  EXPECT_THAT(leased_, ElementsAre(kSite + "/0"));
}

TEST_F(LoggedIn, SendCookiesBackAndKeepThemOverARestart) {
  UnderWayTask asked{{1}, {}, {job_.id, kHost, "night-owl"}, 0, ""};
  asked.task.url = kSite + "/0";
  captures::Record record;
  record.http_status = 200;
  captures::Exchange exchange;
  exchange.head = "HTTP/1.1 200 OK\r\nSet-Cookie: sid=abc\r\n\r\n";
  ASSERT_TRUE(keeper_->Took(asked, record, exchange));
  handover::Task next;
  next.url = kSite + "/1";
  keeper_->Equip(next, asked.identity);
  EXPECT_EQ(next.cookies, "sid=abc");
  EXPECT_TRUE(next.redact);
  EXPECT_EQ(store_->GetJar(sessions::KeyOf("night-owl", {}, kHost), kHost)->cookies().size(), 1U);
}

TEST_F(LoggedIn, DoNotFollowTheWayOut) {
  EXPECT_TRUE(keeper_->Avoids(job_.id, *Url::Parse(kSite + "/logout.php")));
  EXPECT_FALSE(keeper_->Avoids(job_.id, *Url::Parse(kSite + "/item.php")));
}

TEST_F(LoggedIn, RestWhileTheirJobDoes) {
  EXPECT_FALSE(Seen(kSite + "/0", PageClass::kLoggedOut));
  job_.state = jobs::JobState::kPaused;
  ASSERT_TRUE(keeper_->SetJobs({{job_.id, job_}}));
  EXPECT_THAT(Tick(), IsEmpty()) << "a paused job does not even log in";
  EXPECT_FALSE(keeper_->Busy());
  job_.state = jobs::JobState::kActive;
  ASSERT_TRUE(keeper_->SetJobs({{job_.id, job_}}));
  EXPECT_EQ(Tick().size(), 1U);
}

TEST_F(LoggedIn, ServeOneJobAtATime) {
  jobs::Job other = job_;
  other.id.value = "other";
  auto tick = *frontier_->Begin();
  ASSERT_TRUE(tick.SetJobs(std::vector<frontier::JobTerms>{{.id = job_.id, .hosts = job_.hosts},
                                                           {.id = other.id, .hosts = other.hosts}}));
  ASSERT_TRUE(tick.Add(other.id, std::vector<frontier::Candidate>{{*Url::Parse(kSite + "/x"), 0, ""}}));
  ASSERT_TRUE(tick.Commit());
  ASSERT_TRUE(keeper_->SetJobs({{job_.id, job_}, {other.id, other}}));
  EXPECT_EQ(keeper_->PersonaFor(job_.id, kHost), "night-owl");
  EXPECT_EQ(keeper_->PersonaFor(other.id, kHost), "");
  std::vector<std::string> asked;
  const auto tick_often = [&] {
    for (int i = 0; i < 12; ++i) {
      (void)Tick();
      asked.insert(asked.end(), leased_.begin(), leased_.end());
    }
  };
  tick_often();
  EXPECT_THAT(asked, Not(Contains(kSite + "/x"))) << "it would be fetched without the account";
  other.persona.clear();
  ASSERT_TRUE(keeper_->SetJobs({{job_.id, job_}, {other.id, other}}));
  tick_often();
  EXPECT_THAT(asked, Contains(kSite + "/x"));
}

TEST_F(SessionKeeperTest, OffersACaptchaToAPersonAndSendsTheAnswer) {
  Begin(false);
  (void)Tick();
  wire::Facts gate;
  gate.page_class = PageClass::kCaptcha;
  gate.forms = {{kSite + "/gate", "post", {{"answer", "text", ""}, {"n", "hidden", "1"}}}};
  gate.wall_pictures = {{kSite + "/captcha.png", ""}};
  EXPECT_FALSE(Seen(kSite + "/0", gate));
  auto errands = Tick();
  ASSERT_EQ(errands.size(), 1U);
  EXPECT_EQ(errands[0].purpose, handover::Purpose::kWallImage);
  EXPECT_THAT(leased_, IsEmpty());
  UnderWayTask asked{{}, {}, {job_.id, kHost, ""}, 0, errands[0].session};
  asked.task.url = errands[0].url;
  asked.task.purpose = errands[0].purpose;
  asked.task.fetch_id = "f-" + errands[0].url;
  captures::Record record;
  record.http_status = 200;
  const captures::Exchange picture{"", "", "", "HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n\r\n",
                                   "GIF89a..."};
  EXPECT_FALSE(*keeper_->Took(asked, record, picture)) << "media is not archived";
  const auto walls = *sessions::ListOpenWalls(*store_);
  ASSERT_EQ(walls.size(), 1U);
  EXPECT_EQ(walls[0].pictures[0].bytes, "GIF89a...");
  EXPECT_EQ(walls[0].pictures[0].sha256, Sha256("GIF89a..."));
  EXPECT_FALSE(keeper_->Busy()) << "waiting for a person is rest";

  ASSERT_TRUE(sessions::SubmitAnswer(*store_, walls[0].id, {{"answer", "owl"}}));
  ASSERT_TRUE(keeper_->Look());
  errands = Tick();
  ASSERT_EQ(errands.size(), 1U);
  EXPECT_TRUE(errands[0].post);
  EXPECT_EQ(errands[0].form, "answer=owl&n=1");
  EXPECT_TRUE(SeenErrand(errands[0], {}, 302));
  EXPECT_EQ(store_->GetWall(walls[0].id)->state, sessions::WallState::kClosed);
  (void)Tick();
  EXPECT_THAT(leased_, ElementsAre(kSite + "/0")) << "the queue goes on where it stopped";
}

TEST_F(SessionKeeperTest, AsksForThePageAgainThatHadRedirectedToAWall) {
  Begin(false);
  (void)Tick();
  wire::Facts redirect;
  redirect.page_class = PageClass::kEmpty;
  redirect.links = {{wire::LinkKind::kRedirect, kSite + "/gate?next=0", ""}};
  EXPECT_TRUE(Seen(kSite + "/0", redirect, 302));
  EXPECT_FALSE(Seen(kSite + "/gate?next=0", PageClass::kCaptcha));
  ASSERT_TRUE(store_->AskToResume(sessions::KeyOf("", job_.id, kHost)));
  (void)Tick();  // puts the page back
  ASSERT_TRUE(keeper_->Look());
  (void)Tick();
  EXPECT_THAT(leased_, ElementsAre(kSite + "/0"));
}

TEST_F(LoggedIn, AskForBothAgainWhereARedirectLedToAWalledPage) {
  (void)Tick();  // leases /0, then /1
  wire::Facts redirect;
  redirect.page_class = PageClass::kEmpty;
  redirect.links = {{wire::LinkKind::kRedirect, kSite + "/1", ""}};
  EXPECT_TRUE(Seen(kSite + "/0", redirect, 302));
  (void)Tick();
  (void)Tick();
  EXPECT_FALSE(Seen(kSite + "/1", PageClass::kLoggedOut));
  SeenErrand(Tick().at(0), LoginForm());
  SeenErrand(Tick().at(0), {}, 302);
  std::vector<std::string> asked;
  for (int i = 0; i < 6; ++i) {
    (void)Tick();
    asked.insert(asked.end(), leased_.begin(), leased_.end());
  }
  EXPECT_THAT(asked, Contains(kSite + "/0"));
  EXPECT_THAT(asked, Contains(kSite + "/1"));
}

TEST_F(SessionKeeperTest, KeepsCookiesWithoutAPersonaOnlyWhereThatIsAskedFor) {
  for (const bool asked_for : {false, true}) {
    keeper_.reset();
    writer_.reset();
    Begin(false, false, asked_for);
    UnderWayTask asked{{1}, {}, {job_.id, kHost, ""}, 0, ""};
    asked.task.url = kSite + "/0";
    captures::Record record;
    record.http_status = 200;
    captures::Exchange exchange;
    exchange.head = "HTTP/1.1 200 OK\r\nSet-Cookie: theme=dark\r\n\r\n";
    ASSERT_TRUE(keeper_->Took(asked, record, exchange));
    handover::Task next;
    next.url = kSite + "/1";
    keeper_->Equip(next, asked.identity);
    EXPECT_EQ(next.cookies, asked_for ? "theme=dark" : "");
    EXPECT_EQ(next.redact, asked_for);
    next.cookies.clear();
    keeper_->Equip(next, {JobId{"other"}, kHost, ""});
    EXPECT_EQ(next.cookies, "") << "a jar belongs to one job";
  }
}

TEST_F(SessionKeeperTest, LeavesALoginPageOfAnOpenSiteAlone) {
  Begin(false, false);
  FollowedPage linked;
  linked.record.url = kSite + "/login.php";
  linked.record.job = job_.id;
  linked.record.http_status = 200;
  linked.record.depth = 3;
  linked.facts = LoginForm();
  EXPECT_TRUE(*keeper_->Saw(linked));
  (void)Tick();
  EXPECT_THAT(leased_, Not(IsEmpty()));
}

TEST_F(SessionKeeperTest, AsksAPersonWhenTheVeryFirstPageIsALogin) {
  Begin(false, false);
  (void)Tick();
  EXPECT_FALSE(Seen(kSite + "/0", LoginForm()));
  (void)Tick();
  EXPECT_THAT(leased_, IsEmpty());
  EXPECT_EQ(sessions::ListOpenWalls(*store_)->size(), 1U);
}

TEST_F(SessionKeeperTest, FillsInTheAccountWhereAPersonAnswersOnlyThePictureOfALogin) {
  Begin(true);
  wire::Facts form = LoginForm();
  form.forms[0].inputs.push_back({"captcha", "text", ""});
  form.wall_pictures = {{"", "GIF89a"}};
  SeenErrand(Tick().at(0), form);
  const auto walls = *sessions::ListOpenWalls(*store_);
  ASSERT_EQ(walls.size(), 1U);
  EXPECT_EQ(walls[0].pictures[0].bytes, "GIF89a") << "the page carried it";
  ASSERT_TRUE(sessions::SubmitAnswer(*store_, walls[0].id, {{"captcha", "owl"}}));
  ASSERT_TRUE(keeper_->Look());
  const auto errands = Tick();
  ASSERT_EQ(errands.size(), 1U);
  EXPECT_EQ(errands[0].form, "user=reader&pass=hoot&csrf=t1&captcha=owl");
  EXPECT_TRUE(SeenErrand(errands[0], {}, 302));
  EXPECT_EQ(StateNow(), State::kAlive);
}

TEST_F(SessionKeeperTest, NeverSendsAPasswordElsewhereOrInAUrl) {
  Begin(true);
  wire::Facts form = LoginForm();
  form.forms[0].action =
      "http://" + OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, 'x'))->public_key()).host() +
      "/in";
  SeenErrand(Tick().at(0), form);
  EXPECT_THAT(Tick(), IsEmpty());
  EXPECT_EQ(StateNow(), State::kNeedsHuman);
  const auto walls = *sessions::ListOpenWalls(*store_);
  ASSERT_EQ(walls.size(), 1U);
  EXPECT_EQ(walls[0].form.action, "") << "not even a person can send it there";
}

TEST_F(SessionKeeperTest, TriesAnErrandAgainThatDidNotArriveAndThenAsksAPerson) {
  Begin(true);
  UnderWayTask asked{{}, {}, {job_.id, kHost, "night-owl"}, 0, "p"};
  asked.task.url = kSite + "/login.php";
  asked.task.purpose = handover::Purpose::kLogin;
  asked.task.fetch_id = "f-" + asked.task.url;
  captures::Record record;
  record.outcome = captures::Outcome::kTimedOut;
  int tries = 0;
  for (int i = 0; i < 20; ++i) {
    clock_.Advance(std::chrono::minutes(10));
    if (Tick().empty()) continue;
    ++tries;
    EXPECT_TRUE(*keeper_->Took(asked, record, {})) << "a failure is evidence too";
  }
  EXPECT_EQ(tries, 5);
  EXPECT_EQ(StateNow(), State::kNeedsHuman);
}

}  // namespace
}  // namespace nightjar::crawler
