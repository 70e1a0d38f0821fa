// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "crawler/sessions/handoff.h"
#include "crawler/sessions/picture.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::sessions {
namespace {

const std::string kHost = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";

Persona SomePersona() {
  Persona persona;
  persona.id = "owl";
  persona.hosts = {kHost};
  persona.username = "nightbird77";
  persona.password = "hoot-hoot-hoot";
  persona.per_hour = 100;
  persona.hours = *ParseHours("08:00-18:00,22:00-02:00");
  return persona;
}

Wall SomeWall() {
  Wall wall;
  wall.persona = "owl";
  wall.host = kHost;
  wall.url = "http://" + kHost + "/gate";
  wall.page_class = "captcha";
  wall.form = {
      "http://" + kHost + "/verify",
      "post",
      {{"answer", "text", ""}, {"token", "hidden", "t 1"}, {"go", "submit", "Go"}, {"x", "submit", "X"}}};
  wall.pictures = {{"http://" + kHost + "/captcha.png", "", {}}};
  return wall;
}

class StoreTest : public testing::Test {
 protected:
  void SetUp() override { Open(); }
  void Open() {
    store_.reset();
    auto opened = SessionStore::Open({.folder = folder_ / "sessions",
                                      .key_path = folder_ / "secrets/sessions.key",
                                      .clock = &clock_,
                                      .random = &random_});
    ASSERT_TRUE(opened) << opened.error().Format();
    store_ = std::move(*opened);
  }
  TemporaryFolder folder_;
  ManualClock clock_;
  SeededRandom random_{1};
  std::unique_ptr<SessionStore> store_;
};

TEST_F(StoreTest, KeepsAPersonaAndItsCookiesOverARestart) {
  ASSERT_TRUE(store_->AddPersona(SomePersona()));
  EXPECT_EQ(store_->AddPersona(SomePersona()).error().code, Code::kAlreadyExists);
  Jar jar(kHost);
  jar.Take(*Url::Parse("http://" + kHost + "/"), "HTTP/1.1 200 OK\r\nSet-Cookie: sid=abc\r\n\r\n",
           clock_.Utc());
  ASSERT_TRUE(store_->PutJar("p/owl/" + kHost, jar));
  Open();
  EXPECT_EQ(store_->GetPersona("owl").value(), SomePersona());
  EXPECT_EQ(store_->GetJar("p/owl/" + kHost, kHost).value(), jar);
  EXPECT_TRUE(store_->GetJar("p/elk/" + kHost, kHost)->cookies().empty());
  EXPECT_EQ(store_->GetPersona("elk").error().code, Code::kNotFound);
}

TEST_F(StoreTest, HoldsNoSecretInTheClear) {
  ASSERT_TRUE(store_->AddPersona(SomePersona()));
  Jar jar(kHost);
  jar.Take(*Url::Parse("http://" + kHost + "/"),
           "HTTP/1.1 200 OK\r\nSet-Cookie: sid=verysecretcookie\r\n\r\n", clock_.Utc());
  ASSERT_TRUE(store_->PutJar("p/owl/" + kHost, jar));
  Wall wall = SomeWall();
  wall.text = "Welcome back nightbird77";
  const WallId id = *store_->OpenWall(wall);
  ASSERT_TRUE(SubmitAnswer(*store_, id, {{"answer", "typed-by-a-person"}}));
  const Bytes data = ReadFile(folder_ / "sessions/data.mdb").value();
  for (const char* secret : {"nightbird77", "hoot-hoot-hoot", "verysecretcookie", "typed-by-a-person"})
    EXPECT_EQ(data.find(secret), Bytes::npos) << secret;
}

TEST_F(StoreTest, KeepsSessionsWithTheirHistory) {
  Session session;
  session.persona = "owl";
  session.host = kHost;
  for (int i = 0; i < 50; ++i) session.Enter(State::kAlive, "change " + std::to_string(i), clock_.Utc());
  for (int i = 0; i < 50; ++i) session.Remember("http://x/" + std::to_string(i));
  EXPECT_EQ(session.history.size(), kMaxHistory);
  EXPECT_EQ(session.history.back().cause, "change 49");
  EXPECT_EQ(session.trail.size(), kMaxTrail);
  ASSERT_TRUE(store_->PutSession(session));
  EXPECT_EQ(store_->GetSession(KeyOf(session)).value(), session);
  EXPECT_EQ(store_->ListSessions()->size(), 1U);
}

TEST_F(StoreTest, ForgetsAHostAndKeepsThePersona) {
  ASSERT_TRUE(store_->AddPersona(SomePersona()));
  Session session;
  session.persona = "owl";
  session.host = kHost;
  session.Enter(State::kAlive, "began", clock_.Utc());
  Session other = session;
  other.host = "elk.onion";
  ASSERT_TRUE(store_->PutSession(session) && store_->PutSession(other));
  Jar jar(kHost);
  jar.Take(*Url::Parse("http://" + kHost + "/"), "HTTP/1.1 200 OK\r\nSet-Cookie: sid=abc\r\n\r\n",
           clock_.Utc());
  ASSERT_TRUE(store_->PutJar("p/owl/" + kHost, jar));
  const WallId wall = *store_->OpenWall(SomeWall());
  ASSERT_TRUE(store_->ForgetHost(kHost));
  EXPECT_EQ(store_->ListSessions().value(), std::vector{other});
  EXPECT_TRUE(store_->GetJar("p/owl/" + kHost, kHost)->cookies().empty());
  EXPECT_EQ(store_->GetWall(wall).error().code, Code::kNotFound);
  EXPECT_TRUE(store_->GetPersona("owl"));
}

TEST_F(StoreTest, OffersOneWallASessionAndTakesOneAnswer) {
  const WallId old = *store_->OpenWall(SomeWall());
  const WallId id = *store_->OpenWall(SomeWall());
  EXPECT_EQ(store_->GetWall(old)->state, WallState::kClosed);
  ASSERT_EQ(ListOpenWalls(*store_)->size(), 1U);
  EXPECT_EQ(SubmitAnswer(*store_, id, {{"nosuch", "1"}}).error().code, Code::kInvalidInput);
  EXPECT_FALSE(SubmitAnswer(*store_, id, {}));
  ASSERT_TRUE(SubmitAnswer(*store_, id, {{"answer", "owl"}}));
  EXPECT_EQ(SubmitAnswer(*store_, id, {{"answer", "elk"}}).error().code, Code::kRefused);
  EXPECT_TRUE(ListOpenWalls(*store_)->empty());
  EXPECT_EQ(SubmitAnswer(*store_, {99}, {{"answer", "x"}}).error().code, Code::kNotFound);
}

TEST_F(StoreTest, ForgetsPicturesAndAnswersOfAClosedWall) {
  Wall wall = SomeWall();
  wall.pictures[0].bytes = "PNG";
  wall.pictures[0].sha256 = Sha256("PNG");
  const WallId id = *store_->OpenWall(wall);
  ASSERT_TRUE(SubmitAnswer(*store_, id, {{"answer", "owl"}}));
  ASSERT_TRUE(store_->ChangeWall(id, [](Wall& stored) -> Status {
    stored.state = WallState::kClosed;
    stored.note = "passed";
    return {};
  }));
  const Wall closed = *store_->GetWall(id);
  EXPECT_TRUE(closed.answers.empty());
  EXPECT_TRUE(closed.pictures[0].bytes.empty());
  EXPECT_EQ(closed.pictures[0].sha256, Sha256("PNG")) << "the digest stays";
}

TEST_F(StoreTest, RemovesAPersonaWithAllThatIsIts) {
  ASSERT_TRUE(store_->AddPersona(SomePersona()));
  ASSERT_TRUE(store_->PutJar("p/owl/" + kHost, Jar(kHost)));
  Session session;
  session.persona = "owl";
  session.host = kHost;
  ASSERT_TRUE(store_->PutSession(session));
  ASSERT_TRUE(store_->OpenWall(SomeWall()));
  ASSERT_TRUE(store_->RemovePersona("owl"));
  EXPECT_TRUE(store_->ListPersonas()->empty());
  EXPECT_TRUE(store_->ListSessions()->empty());
  EXPECT_TRUE(ListOpenWalls(*store_)->empty());
}

TEST_F(StoreTest, HandsResumesOverOnce) {
  ASSERT_TRUE(store_->AskToResume("p/owl/x"));
  EXPECT_EQ(store_->TakeResumes().value(), std::vector<std::string>{"p/owl/x"});
  EXPECT_TRUE(store_->TakeResumes()->empty());
}

TEST(Walls, AreShownToPeopleWithTheirFieldsAndPictures) {
  const json::object shown = ToJson(SomeWall());
  EXPECT_EQ(shown.at("form").at("inputs").at(0).at("ask"), true);
  EXPECT_EQ(shown.at("form").at("inputs").at(1).at("ask"), false);
  EXPECT_EQ(shown.at("pictures").at(0).at("bytes"), 0);
}

TEST(Walls, AreFilledInAsABrowserWould) {
  EXPECT_EQ(FillIn(SomeWall().form, {{"answer", "a b&c=\xC3\xBC"}}),
            "answer=a+b%26c%3D%C3%BC&token=t+1&go=Go");
}

TEST(Walls, AskWithTheFormThatMattersMost) {
  const wire::Form search{"http://x/find", "get", {{"q", "text", ""}}};
  const wire::Form gate{"http://x/in", "post", {{"answer", "text", ""}}};
  const wire::Form login{"http://x/in", "post", {{"u", "text", ""}, {"p", "password", ""}}};
  EXPECT_EQ(FormToFill({search, gate})->action, gate.action);
  EXPECT_EQ(FormToFill({search, gate, login})->inputs.size(), 2U);
  EXPECT_EQ(FormToFill({}), nullptr);
  EXPECT_EQ(FormToFill({{"", "post", {{"a", "text", ""}}}}), nullptr) << "a form that sends nowhere";
}

TEST(Walls, AreReadBackAsWritten) {
  Wall wall = SomeWall();
  wall.answers = {{"answer", "x"}};
  const Bytes row = Encode(wall);
  EXPECT_EQ(DecodeWall(row).value(), wall);
  for (std::size_t size = 0; size < row.size(); ++size)
    EXPECT_FALSE(DecodeWall(ByteView(row).substr(0, size))) << size;
}

TEST(Personas, AreRefusedWhereSomethingIsWrongAndTheMessageNeverHoldsASecret) {
  EXPECT_TRUE(Validate(SomePersona()));
  Persona named = SomePersona();
  named.id = named.username;
  EXPECT_EQ(Validate(named).error().code, Code::kRefused);
  Persona nowhere = SomePersona();
  nowhere.hosts = {"example.com"};
  EXPECT_FALSE(Validate(nowhere));
  Persona forged = SomePersona();
  forged.password = "two\nlines";
  const auto refused = Validate(forged);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().Format().find("two"), std::string::npos);
}

TEST(Personas, WorkInTheirHoursOverMidnightToo) {
  const auto hours = *ParseHours("08:00-18:00,22:00-02:00");
  EXPECT_EQ(FormatHours(hours), "08:00-18:00,22:00-02:00");
  const auto at = [&](const char* time) {
    return IsAtWork(hours, *ParseUtc(std::string("2026-01-01T") + time));
  };
  EXPECT_TRUE(at("08:00:00Z"));
  EXPECT_FALSE(at("18:00:00Z"));
  EXPECT_TRUE(at("23:59:59Z"));
  EXPECT_TRUE(at("01:59:59Z"));
  EXPECT_FALSE(at("02:00:00Z"));
  EXPECT_TRUE(IsAtWork({}, *ParseUtc("2026-01-01T03:00:00Z")));
  for (const char* wrong : {"8-18", "08:00", "08:00-08:00", "24:00-01:00", "08:60-09:00", "08:00-18:00;"})
    EXPECT_FALSE(ParseHours(wrong)) << wrong;
}

TEST(Usage, CountsByTheHourAndTheDay) {
  Usage usage;
  const UtcTime noon = *ParseUtc("2026-01-01T12:59:59Z");
  usage.Count(noon);
  usage.Count(noon);
  EXPECT_EQ(usage.InHour(noon), 2U);
  usage.Count(noon + std::chrono::seconds(1));
  EXPECT_EQ(usage.InHour(noon + std::chrono::seconds(1)), 1U);
  EXPECT_EQ(usage.InDay(noon + std::chrono::seconds(1)), 3U);
  EXPECT_EQ(usage.InDay(noon + std::chrono::hours(24)), 0U);
}

TEST(Pictures, AreTakenOutOfTheirTransfer) {
  const Bytes png = "\x89PNG\r\n\x1a\nrest";
  EXPECT_EQ(PictureIn("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", png).value(), png);
  EXPECT_EQ(PictureIn("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n",
                      "8;x=y\r\n" + png.substr(0, 8) + "\r\n4\r\nrest\r\n0\r\n\r\n")
                .value(),
            png);
}

TEST(Pictures, AreRefusedWhenTheyAreNone) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  EXPECT_FALSE(PictureIn(head + "Content-Type: text/html\r\n\r\n", "\x89PNG\r\n\x1a\n"));
  EXPECT_FALSE(PictureIn(head + "\r\n", "<html>"));
  EXPECT_FALSE(PictureIn(head + "Content-Encoding: gzip\r\n\r\n", "GIF89a"));
  EXPECT_FALSE(PictureIn(head + "\r\n", "GIF89a" + Bytes(kMaxPicture, 'x')));
  for (const char* chunks : {"", "6\r\nGIF89a", "zz\r\n", "6\r\nGIF89aXX0\r\n\r\n", "ffffffffffffffffff\r\n"})
    EXPECT_FALSE(PictureIn(head + "Transfer-Encoding: chunked\r\n\r\n", chunks)) << chunks;
}

}  // namespace
}  // namespace nightjar::sessions
