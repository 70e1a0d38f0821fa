// SPDX-License-Identifier: Apache-2.0
// A market behind a waiting room, a CAPTCHA, a login, sessions of 40 pages and a ban, crawled by the shipped
// programs over the private Tor network. The human step is done as a person does it, with `nightjar session`.
#include <gmock/gmock.h>

#include <filesystem>
#include <regex>

#include "base/file.h"
#include "tests/story/gate_server.h"
#include "tests/story/installation.h"
#include "tests/world/gate/gate.h"
#include "tests/world/world.h"

namespace nightjar::story {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::chrono::seconds kPatience{240};

class Sessions : public testing::Test {
 protected:
  explicit Sessions(world::GatePlan plan = {}) : plan_(std::move(plan)) {}

  void SetUp() override {
    const auto tor = FindWorld();
    ASSERT_TRUE(tor) << "the private Tor network is not there: run through ctest, which starts it";
    host_ = tor->gate_host;
    world::WorldPlan world_plan;
    world_plan.hosts[0] = host_;
    world_ = *world::World::Make(world_plan);
    gate_ = std::make_unique<world::GatedService>(*world_->sites()[0], plan_, SystemClock());
    nightjar_ = std::make_unique<Installation>(*tor);
    server_ = std::make_unique<GateServer>(*gate_, tor->gate_socket, nightjar_->scratch() + "/access.log");
    nightjar_->Set("profiles", nightjar_->scratch() + "/profiles");
    ASSERT_TRUE(MakeFolders(nightjar_->scratch() + "/profiles"));
  }
  void TearDown() override {
    up_.reset();
    server_.reset();
  }

  void AddPersona() {
    ASSERT_TRUE(WriteFileDurably(nightjar_->scratch() + "/profiles/bazaar.yaml",
                                 "name: bazaar\nhosts: [" + host_ + "]\nlogin:\n  url: /login.php\n" +
                                     "  user_field: username\n  password_field: password\n"));
    ASSERT_TRUE(WriteFileDurably(nightjar_->scratch() + "/secret",
                                 plan_.username + "\n" + plan_.password + "\n", 0600));
    nightjar_->Command({"session", "add", "night-owl", "--host", host_});
    nightjar_->Command({"session", "set-secret", "night-owl", "--file", nightjar_->scratch() + "/secret"});
  }
  void OrderCrawl(const std::string& delay_ms) {
    nightjar_->Command(
        {"case", "add", "owl-7", "--title", "Operation Owl", "--legal-basis", "Order 12/2026"});
    nightjar_->Command({"job", "add", "market", "--case", "owl-7", "--seed", "http://" + host_ + "/",
                        "--delay-ms", delay_ms, "--jitter", "0", "--persona", "night-owl"});
    up_ = std::make_unique<Child>(nightjar_->Start("up"));
  }

  [[nodiscard]] json::object List() const {
    const Outcome outcome = nightjar_->Try({"session", "list", "--json"});
    return outcome.status == 0 ? json::parse(outcome.output).as_object() : json::object();
  }
  [[nodiscard]] std::string StateNow() const {
    const json::object list = List();
    const json::value* sessions = list.if_contains("sessions");
    if (sessions == nullptr || sessions->as_array().empty()) return {};
    return std::string(sessions->as_array()[0].at("state").as_string());
  }
  // The open wall whose picture has arrived, if there is one.
  [[nodiscard]] std::optional<std::uint64_t> OpenWall() const {
    const json::object list = List();
    if (!list.contains("walls")) return std::nullopt;
    for (const auto& wall : list.at("walls").as_array())
      if (wall.at("state").as_string() == "open" && !wall.at("pictures").as_array().empty() &&
          wall.at("pictures").at(0).at("bytes").to_number<int>() > 0)
        return wall.at("wall").to_number<std::uint64_t>();
    return std::nullopt;
  }
  // What a person does: looks at the picture and types what it says.
  void AnswerTheWall(bool rightly) {
    std::optional<std::uint64_t> wall;
    ASSERT_TRUE(WaitUntil(kPatience, [&] { return (wall = OpenWall()).has_value(); }))
        << json::serialize(List());
    const std::string number = std::to_string(*wall);
    const std::string image = nightjar_->scratch() + "/captcha-" + number + ".png";
    EXPECT_THAT(nightjar_->Command({"session", "show", number, "--image", image}),
                HasSubstr("fill in    answer"));
    const std::string read = world::GatedService::ReadPicture(ReadFile(image).value());
    EXPECT_EQ(read.substr(0, 3), "owl");
    nightjar_->Command({"session", "answer", number, "answer=" + (rightly ? read : "elk")});
  }
  [[nodiscard]] int Total(const std::string& query) const {
    return json::parse(nightjar_->Command({"search", query, "--json"})).at("total").to_number<int>();
  }

  const world::GatePlan plan_;
  std::string host_;
  std::unique_ptr<world::World> world_;
  std::unique_ptr<world::GatedService> gate_;
  std::unique_ptr<Installation> nightjar_;
  std::unique_ptr<GateServer> server_;
  std::unique_ptr<Child> up_;
};

TEST_F(Sessions, CarryACrawlThroughEveryWallToEveryListing) {
  AddPersona();
  OrderCrawl("25");
  AnswerTheWall(false);  // the site shows another one
  ASSERT_TRUE(WaitUntil(kPatience, [&] { return gate_->counts().captchas_wrong == 1; }));
  AnswerTheWall(true);
  ASSERT_TRUE(WaitUntil(kPatience, [&] { return nightjar_->Idle(); }))
      << json::serialize(nightjar_->Status()) << json::serialize(List());

  const json::value truth = json::parse(world_->TruthJson());
  int listings = 0;
  for (const auto& listing : truth.at("listings").as_array()) {
    if (listing.at("site").as_string() != "bazaar") continue;
    ++listings;
    const std::string url = "http://" + host_ + std::string(listing.at("path").as_string());
    EXPECT_EQ(Total("kind:listing url:\"" + url + "\""), 1) << url;
  }
  EXPECT_EQ(listings, 60);
  EXPECT_EQ(Total("kind:listing"), 60);
  for (const char* wall : {"login", "captcha", "ddos-wait", "logged-out", "banned"})
    EXPECT_EQ(Total("class:" + std::string(wall)), 0) << wall;

  const world::GateCounts counts = gate_->counts();
  EXPECT_EQ(counts.visitors, 1) << "one circuit, one jar, one visitor";
  EXPECT_EQ(counts.bans, 0);
  EXPECT_EQ(counts.logouts, 0) << "the link that ends a session is never followed";
  EXPECT_EQ(counts.captchas_right, 1);
  EXPECT_GE(counts.expired, 2) << "forty pages a session, and more than eighty pages";
  EXPECT_EQ(counts.logins, counts.expired + 1);
  EXPECT_EQ(counts.failed_logins, 0);
  EXPECT_EQ(StateNow(), "alive");
}

TEST_F(Sessions, KeepTheirSecretsOutOfLogsIndexAndExports) {
  AddPersona();
  OrderCrawl("25");
  AnswerTheWall(true);
  ASSERT_TRUE(WaitUntil(kPatience, [&] { return nightjar_->Idle(); }))
      << json::serialize(nightjar_->Status());
  const std::string bundle = nightjar_->scratch() + "/all.tar";
  nightjar_->Command({"export", "--case", "owl-7", "--query", "host:" + host_, "--out", bundle});
  EXPECT_THAT(nightjar_->Command({"verify", bundle}), HasSubstr("VERIFIED"));
  const std::string bytes = ReadFile(bundle).value();
  EXPECT_THAT(bytes, HasSubstr("Cookie: [redacted by Nightjar]"));
  EXPECT_FALSE(std::regex_search(bytes, std::regex("(visit|sid)=[0-9a-f]{24}"))) << "a cookie in the export";
  EXPECT_EQ(bytes.find(plan_.password), std::string::npos);
  const std::string log = ReadFile(nightjar_->scratch() + "/up.log").value();
  for (const std::string& secret : {plan_.username, plan_.password}) EXPECT_THAT(log, Not(HasSubstr(secret)));
  EXPECT_FALSE(std::regex_search(log, std::regex("(visit|sid)=[0-9a-f]{24}")));
  const std::string origin = "http://127.0.0.1:" + std::to_string(nightjar_->port());
  for (int number = 0; number < 40; ++number) {
    for (const char* view : {"", "/raw"}) {
      const Outcome shown = RunProgram(
          "/usr/bin/curl",
          {"-sS", "--fail", "--output", "-", origin + "/capture/" + std::to_string(number) + view});
      EXPECT_EQ(shown.status, 0) << number << view;
      EXPECT_FALSE(std::regex_search(shown.output, std::regex("(visit|sid)=[0-9a-f]{24}"))) << number << view;
    }
  }
  EXPECT_EQ(Total(plan_.username), 0) << "the market prints the account's name on every page";
}

class RudeSessions : public Sessions {
 protected:
  RudeSessions() : Sessions({.too_fast = std::chrono::milliseconds(60'000), .strikes = 30}) {}
};

TEST_F(RudeSessions, AreBannedAndThenRestWhereAPersonSeesIt) {
  AddPersona();
  OrderCrawl("10");
  AnswerTheWall(true);
  ASSERT_TRUE(WaitUntil(kPatience, [&] { return StateNow() == "banned"; })) << json::serialize(List());
  const int asked = gate_->counts().pages;
  EXPECT_EQ(gate_->counts().bans, 1);
  EXPECT_THAT(nightjar_->Command({"session", "show", "night-owl"}),
              HasSubstr("the site says that it has banned us"));
  ASSERT_TRUE(WaitUntil(kPatience, [&] { return nightjar_->Status().at("frontier").at("leased") == 0; }));
  EXPECT_EQ(gate_->counts().pages, asked);
  EXPECT_GT(nightjar_->Status().at("frontier").at("waiting").to_number<int>(), 0) << "the queue is kept";
}

}  // namespace
}  // namespace nightjar::story
