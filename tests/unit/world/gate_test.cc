// SPDX-License-Identifier: Apache-2.0
#include "tests/world/gate/gate.h"

#include <gtest/gtest.h>

#include "tests/world/world.h"

namespace nightjar::world {
namespace {

// A client that keeps cookies and asks slowly, unless told otherwise.
class GateTest : public testing::Test {
 protected:
  std::string Ask(Request request) {
    clock_.Advance(pace_);
    if (!cookies_.empty()) {
      std::string line;
      for (const auto& [name, value] : cookies_) line += (line.empty() ? "" : "; ") + name + "=" + value;
      request.headers.emplace_back("cookie", line);
    }
    const std::string answer = *gate_->Respond(request).bytes;
    for (std::size_t at = answer.find("Set-Cookie: "); at != std::string::npos;
         at = answer.find("Set-Cookie: ", at + 1)) {
      const std::string pair = answer.substr(at + 12, answer.find(';', at) - at - 12);
      cookies_[pair.substr(0, pair.find('='))] = pair.substr(pair.find('=') + 1);
    }
    return answer;
  }
  std::string Get(const std::string& target) { return Ask(GetRequest(target)); }
  std::string Post(const std::string& target, const std::string& form) {
    Request request = GetRequest(target);
    request.method = "POST";
    request.body = form;
    return Ask(request);
  }
  void PassWaitAndCaptcha() {
    (void)Get("/");
    clock_.Advance(plan_.wait);
    (void)Get("/");
    (void)Post("/gate", "n=1&answer=" + gate_->AnswerOf(1));
  }
  void LogIn() {
    (void)Post("/login.php",
               "username=night_reader&password=hoot-hoot-7&csrf=" + cookies_["visit"].substr(0, 8));
  }
  static bool Says(const std::string& answer, std::string_view text) {
    return answer.find(text) != std::string::npos;
  }

  ManualClock clock_;
  GatePlan plan_;
  std::unique_ptr<World> world_ = *World::Make({});
  std::unique_ptr<GatedService> gate_ = std::make_unique<GatedService>(*world_->sites()[0], plan_, clock_);
  std::chrono::milliseconds pace_{100};
  std::map<std::string, std::string> cookies_;
};

TEST_F(GateTest, MakesEveryNewcomerWait) {
  const std::string first = Get("/item.php?id=1001");
  EXPECT_TRUE(Says(first, "DDoS protection"));
  EXPECT_TRUE(Says(first, "content=\"2; url=/item.php?id=1001\""));
  EXPECT_TRUE(Says(Get("/"), "DDoS protection"));
  clock_.Advance(plan_.wait);
  EXPECT_TRUE(Says(Get("/"), "captcha"));
  cookies_.clear();
  EXPECT_TRUE(Says(Get("/"), "DDoS protection")) << "without its cookie it is another visitor";
}

TEST_F(GateTest, LetsInWhoReadsThePicture) {
  (void)Get("/");
  clock_.Advance(plan_.wait);
  EXPECT_TRUE(Says(Get("/"), "/captcha.png?n=1"));
  const std::string picture = Get("/captcha.png?n=1");
  EXPECT_TRUE(Says(Post("/gate", "n=1&answer=elk"), "/captcha.png?n=2")) << "a wrong answer gets another one";
  EXPECT_TRUE(Says(Post("/gate", "n=1&answer=" + GatedService::ReadPicture(picture)), "n=3"));
  EXPECT_TRUE(Says(Post("/gate", "n=3&answer=" + gate_->AnswerOf(3)), "Location: /"));
  EXPECT_TRUE(Says(Get("/index.php"), "Location: /login.php"));
}

TEST_F(GateTest, ShowsTheMarketToWhoIsLoggedInForFortyPages) {
  PassWaitAndCaptcha();
  EXPECT_TRUE(Says(Post("/login.php", "username=night_reader&password=wrong"), "Wrong name"));
  LogIn();
  for (int i = 0; i < 40; ++i) EXPECT_TRUE(Says(Get("/index.php"), "Welcome to Bazaar")) << i;
  EXPECT_TRUE(Says(Get("/index.php"), "session has expired"));
  LogIn();
  EXPECT_TRUE(Says(Get("/index.php"), "Logged in as night_reader"));
  const GateCounts counts = gate_->counts();
  EXPECT_EQ(counts.logins, 2);
  EXPECT_EQ(counts.failed_logins, 1);
  EXPECT_EQ(counts.expired, 1);
  EXPECT_EQ(counts.pages, 41);
}

TEST_F(GateTest, ChecksTheSessionsCookie) {
  PassWaitAndCaptcha();
  LogIn();
  cookies_["sid"] = "forged";
  EXPECT_FALSE(Says(Get("/index.php"), "Welcome to Bazaar"));
}

TEST_F(GateTest, BansWhoAsksTooFast) {
  PassWaitAndCaptcha();
  LogIn();
  pace_ = std::chrono::milliseconds(1);
  for (int i = 0; i < 10; ++i) (void)Get("/index.php");
  pace_ = std::chrono::milliseconds(1000);
  EXPECT_TRUE(Says(Get("/index.php"), "You have been banned"));
  EXPECT_EQ(gate_->counts().bans, 1);
}

}  // namespace
}  // namespace nightjar::world
