// SPDX-License-Identifier: Apache-2.0
// Personas: logging in, staying in, resting.
#include "tests/unit/crawler/session_keeper_fixture.h"

namespace nightjar::crawler {
namespace {

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

}  // namespace
}  // namespace nightjar::crawler
