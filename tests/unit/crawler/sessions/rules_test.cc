// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/rules.h"

#include <gtest/gtest.h>

namespace nightjar::sessions {
namespace {

using wire::PageClass;

const UtcTime kNow = *ParseUtc("2026-01-01T12:00:00Z");
const std::string kSite = "http://market.onion";
const config::LoginRecipe kRecipe{"/login.php", "user", "pass", {}, {}};
const Means kCanLogIn{&kRecipe, true};
const Means kHelpless{};

wire::Facts Of(PageClass page_class) {
  wire::Facts facts;
  facts.page_class = page_class;
  return facts;
}
wire::Facts LoginForm() {
  wire::Facts facts = Of(PageClass::kLogin);
  facts.forms = {{kSite + "/login.php", "post", {{"user", "text", ""}, {"pass", "password", ""}}}};
  return facts;
}

struct Met {
  Session session;
  PageSeen page;
  wire::Facts facts;
  Means means;
  Step Judge() {
    page.facts = &facts;
    return sessions::Judge(session, page, means);
  }
};

// A persona that is alive since noon, and a page it fetched a second later.
Met Alive(PageClass page_class, Asked asked = Asked::kPage) {
  Met met;
  met.session.persona = "owl";
  met.session.host = "market.onion";
  met.session.Enter(State::kAlive, "test", kNow);
  met.page.asked = asked;
  met.page.url = kSite + "/item?id=1";
  met.page.status = 200;
  met.page.started = kNow + std::chrono::seconds(1);
  met.facts = Of(page_class);
  met.means = kCanLogIn;
  return met;
}

Met Anonymous(PageClass page_class) {
  Met met = Alive(page_class);
  met.session.persona.clear();
  met.means = kHelpless;
  return met;
}

TEST(Rules, LetOrdinaryPagesPass) {
  for (const PageClass fine : {PageClass::kContent, PageClass::kEmpty, PageClass::kNotFound,
                               PageClass::kError, PageClass::kMaintenance})
    EXPECT_EQ(Alive(fine).Judge().move, Move::kGoOn);
}

TEST(Rules, SendEachWallOfAPersonaToWhoCanPassIt) {
  EXPECT_EQ(Alive(PageClass::kLogin).Judge().move, Move::kLogIn);
  EXPECT_EQ(Alive(PageClass::kLoggedOut).Judge().move, Move::kLogIn);
  EXPECT_EQ(Alive(PageClass::kCaptcha).Judge().move, Move::kAskHuman);
  EXPECT_EQ(Alive(PageClass::kDdosWait).Judge().move, Move::kWait);
  EXPECT_EQ(Alive(PageClass::kBanned).Judge().move, Move::kBan);
}

TEST(Rules, GoOnAsAnotherVisitorWhereNoAccountCanBeBannedUntilThatDoesNotHelp) {
  Met met = Anonymous(PageClass::kBanned);
  for (met.session.turned_away = 0; met.session.turned_away < kMostNewCircuits; ++met.session.turned_away)
    EXPECT_EQ(met.Judge().move, Move::kNewCircuit);
  EXPECT_EQ(met.Judge().move, Move::kBan);
}

TEST(Rules, AskAPersonToLogInWhereThereIsNoRecipeOrNoSecret) {
  Met met = Alive(PageClass::kLogin);
  met.means = kHelpless;
  EXPECT_EQ(met.Judge().move, Move::kAskHuman);
  met.means = Means{&kRecipe, false};
  EXPECT_EQ(met.Judge().move, Move::kAskHuman);
}

TEST(Rules, OnlyPutBackWhatWasFetchedBeforeTheWallWasKnownOrPassed) {
  Met late = Alive(PageClass::kLoggedOut);
  late.page.started = kNow - std::chrono::seconds(1);
  EXPECT_EQ(late.Judge().move, Move::kAskAgain) << "the session became alive after that page";
  Met during = Alive(PageClass::kLoggedOut);
  during.session.Enter(State::kExpired, "test", kNow);
  EXPECT_EQ(during.Judge().move, Move::kAskAgain);
}

TEST(Rules, TakeARedirectToTheLoginPageForAWall) {
  Met met = Alive(PageClass::kEmpty);
  met.page.status = 302;
  met.facts.links = {{wire::LinkKind::kRedirect, kSite + "/login.php?next=%2Fitem", ""}};
  EXPECT_EQ(met.Judge().move, Move::kLogIn);
  met.facts.links = {{wire::LinkKind::kRedirect, kSite + "/item/1", ""}};
  EXPECT_EQ(met.Judge().move, Move::kGoOn);
}

TEST(Rules, DoNotTakeTheLoginPageItselfForOne) {
  Met met = Alive(PageClass::kLogin);
  met.page.url = kSite + "/login.php";
  EXPECT_EQ(met.Judge().move, Move::kGoOn);
}

TEST(Rules, FillInALoginFormButNeverOneWithAPicture) {
  Met met = Alive(PageClass::kLogin, Asked::kLoginPage);
  met.facts = LoginForm();
  EXPECT_EQ(met.Judge().move, Move::kSubmitLogin);
  met.facts.wall_pictures = {{kSite + "/captcha.png", ""}};
  EXPECT_EQ(met.Judge().move, Move::kAskHuman);
  met.facts = Of(PageClass::kLogin);
  EXPECT_EQ(met.Judge().move, Move::kAskHuman) << "no form that the recipe fits";
}

TEST(Rules, TryALoginTwiceAndThenAskAPerson) {
  Met met = Alive(PageClass::kLogin, Asked::kLogin);
  EXPECT_EQ(met.Judge().move, Move::kLogIn);
  met.session.failed_logins = 1;
  EXPECT_EQ(met.Judge().move, Move::kAskHuman);
}

TEST(Rules, OpenTheQueueWhenTheDoorOpened) {
  for (const Asked asked : {Asked::kLoginPage, Asked::kLogin, Asked::kAnswer, Asked::kWait}) {
    EXPECT_EQ(Alive(PageClass::kContent, asked).Judge().move, Move::kOpen);
    EXPECT_EQ(Alive(PageClass::kEmpty, asked).Judge().move, Move::kOpen) << "a redirect, most often";
    EXPECT_EQ(Alive(PageClass::kCaptcha, asked).Judge().move, Move::kAskHuman);
    EXPECT_EQ(Alive(PageClass::kBanned, asked).Judge().move, Move::kBan);
  }
}

TEST(Rules, HoldALoginToTheClassesItsRecipeNames) {
  config::LoginRecipe strict = kRecipe;
  strict.success = {"content"};
  Met met = Alive(PageClass::kEmpty, Asked::kLogin);
  met.means = Means{&strict, true};
  EXPECT_EQ(met.Judge().move, Move::kLogIn);
  met.facts = Of(PageClass::kContent);
  EXPECT_EQ(met.Judge().move, Move::kOpen);
}

TEST(Rules, WaitAsLongAsTheRoomSaysWithinBounds) {
  Met met = Alive(PageClass::kDdosWait);
  EXPECT_EQ(met.Judge().wait, kDefaultWait);
  met.facts.refresh_seconds = 5;
  EXPECT_EQ(met.Judge().wait, std::chrono::seconds(5));
  met.facts.refresh_seconds = 0;
  EXPECT_EQ(met.Judge().wait, std::chrono::seconds(1));
  met.facts.refresh_seconds = 1'000'000;
  EXPECT_EQ(met.Judge().wait, kLongestWait);
  met.session.waits = kMostWaits;
  EXPECT_EQ(met.Judge().move, Move::kAskHuman);
}

TEST(Rules, KnowALoginPageOfAnOpenSiteFromTheDoorOfAClosedOne) {
  Met closed = Anonymous(PageClass::kLogin);
  EXPECT_EQ(closed.Judge().move, Move::kAskHuman) << "nothing else was ever seen there";
  Met open = Anonymous(PageClass::kLogin);
  open.session.content_seen = true;
  EXPECT_EQ(open.Judge().move, Move::kGoOn);
  open.session.Remember(kSite + "/a");
  EXPECT_EQ(open.Judge().move, Move::kGoOn);
  open.session.Remember(kSite + "/b");
  EXPECT_EQ(open.Judge().move, Move::kAskHuman) << "the third in a row";
}

TEST(Rules, TakeACaptchaForAWallEverywhere) {
  Met met = Anonymous(PageClass::kCaptcha);
  met.session.content_seen = true;
  EXPECT_EQ(met.Judge().move, Move::kAskHuman);
}

TEST(Rules, KnowTheAddressOfAWallFromAPageBehindIt) {
  EXPECT_TRUE(IsAddressOfAWall(kSite + "/Captcha.php?next=/item"));
  EXPECT_TRUE(IsAddressOfAWall(kSite + "/user/login"));
  EXPECT_FALSE(IsAddressOfAWall(kSite + "/item.php?id=1&from=login"));
}

TEST(Rules, KnowLinksThatEndASession) {
  EXPECT_TRUE(EndsASession(kSite + "/user/LogOut.php"));
  EXPECT_TRUE(EndsASession(kSite + "/?do=sign-out"));
  EXPECT_FALSE(EndsASession("http://logout.onion/item"));
  EXPECT_FALSE(EndsASession(kSite + "/blog/output"));
}

}  // namespace
}  // namespace nightjar::sessions
