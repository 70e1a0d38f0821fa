// SPDX-License-Identifier: Apache-2.0
// A market behind walls: a waiting room, a CAPTCHA, a login, sessions that expire, and a ban for whoever asks
// too fast. Stands before any Site and checks its cookies at every request. Deterministic: the same requests
// at the same times get the same bytes.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "tests/world/server/service.h"

namespace nightjar::world {

struct GatePlan {
  std::uint64_t seed = 1;
  std::string username = "night_reader";
  std::string password = "hoot-hoot-7";
  std::chrono::milliseconds wait{1500};    // in the waiting room
  std::size_t pages_per_session = 40;      // then one has to log in again
  std::chrono::milliseconds too_fast{10};  // a request sooner than this after the last one is a strike
  int strikes = 5;                         // so many are a ban
  bool captcha_on_login = false;           // the login form shows a picture too
};

// What happened so far: the ground truth of a crawl.
struct GateCounts {
  int visitors = 0;
  int waits = 0;  // waiting-room pages
  int captchas_shown = 0;
  int captchas_right = 0;
  int captchas_wrong = 0;
  int logins = 0;
  int failed_logins = 0;
  int expired = 0;
  int logouts = 0;  // somebody followed the link
  int bans = 0;
  int pages = 0;  // of the market itself
};

// Thread-safe.
class GatedService final : public Service {
 public:
  // `site` and `clock` outlive the service.
  GatedService(const Site& site, GatePlan plan, const Clock& clock)
      : site_(site), plan_(std::move(plan)), clock_(clock) {}

  [[nodiscard]] const std::string& host() const override { return site_.who().host; }
  [[nodiscard]] Answer Respond(const Request& request) override;

  [[nodiscard]] GateCounts counts() const;

  // The picture of the n-th CAPTCHA, and what a person reads in it.
  [[nodiscard]] Bytes Picture(int number) const;
  [[nodiscard]] std::string AnswerOf(int number) const;
  // What a person does: reads the answer off the picture's bytes.
  [[nodiscard]] static std::string ReadPicture(ByteView picture);

 private:
  struct Visitor {
    std::string token;
    MonoTime arrived;
    MonoTime last;
    bool waited = false;
    bool human = false;
    bool banned = false;
    bool was_in = false;  // logged in at some time
    int captcha = 0;      // number of the one shown last
    int strikes = 0;
    std::string session;  // value of the cookie "sid"; empty: not logged in
    std::size_t pages = 0;
  };
  [[nodiscard]] Page Handle(const Request& request);
  [[nodiscard]] Page Enter(const Request& request);
  [[nodiscard]] Page WaitPage(const Request& request);
  [[nodiscard]] Page Captcha(Visitor& visitor, const Request& request);
  [[nodiscard]] Page CaptchaPage(Visitor& visitor);
  [[nodiscard]] Page Login(Visitor& visitor, const Request& request);
  [[nodiscard]] Page LoginPage(Visitor& visitor, bool tried);
  [[nodiscard]] Page Market(Visitor& visitor, const Request& request);
  [[nodiscard]] bool IsTooFast(Visitor& visitor);
  [[nodiscard]] std::string Token(std::string_view what);

  const Site& site_;
  const GatePlan plan_;
  const Clock& clock_;
  mutable std::mutex mutex_;  // guards everything below
  std::map<std::string, Visitor> visitors_;
  GateCounts counts_;
  int captchas_ = 0;
  int tokens_ = 0;
};

}  // namespace nightjar::world
