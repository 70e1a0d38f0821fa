// SPDX-License-Identifier: Apache-2.0
// Walls that only a person can pass, pages that were fetched behind one, and jobs without a persona.
#include "tests/unit/crawler/session_keeper_fixture.h"

namespace nightjar::crawler {
namespace {

TEST_F(SessionKeeperTest, GoesOnOverAnotherCircuitWhereAJobIsTurnedAway) {
  Begin(false);
  (void)Tick();
  for (std::uint32_t times = 0; times < sessions::kMostNewCircuits; ++times) {
    EXPECT_FALSE(Seen(kSite + "/0", PageClass::kBanned));
    const auto left = keeper_->TakeTurnedAway();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].identity, (routes::Identity{job_.id, kHost, ""}));
    EXPECT_EQ(left[0].user, "the-route");
    (void)Tick();
    EXPECT_THAT(leased_, ElementsAre(kSite + "/0")) << "it is asked for again";
  }
  EXPECT_FALSE(Seen(kSite + "/1", PageClass::kBanned));
  EXPECT_THAT(keeper_->TakeTurnedAway(), IsEmpty());
  EXPECT_EQ(StateNow(), State::kBanned) << "it is not the circuit";
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
