// SPDX-License-Identifier: Apache-2.0
#include "tests/world/gate/gate.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "tests/world/pages/html.h"

namespace nightjar::world {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kPng = "\x89PNG\r\n\x1a\n"sv;

Page Html(std::string_view title, std::string_view content) {
  Page page;
  page.content_type = "text/html; charset=utf-8";
  page.body = fmt::format("<!DOCTYPE html><html><head><title>{}</title></head><body>{}</body></html>", title,
                          content);
  return page;
}

Page RedirectTo(std::string target) {
  Page page;
  page.status = 302;
  page.content_type = "text/html";
  page.location = std::move(target);
  return page;
}

std::string CookieOf(const Request& request, std::string_view name) {
  std::string_view rest;
  const auto header = request.Header("cookie");
  if (header) rest = *header;
  while (!rest.empty()) {
    std::string_view pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.starts_with(name) && pair.size() > name.size() && pair[name.size()] == '=')
      return std::string(pair.substr(name.size() + 1));
  }
  return {};
}

std::string FieldOf(const Request& request, std::string_view name) {
  for (const auto& [field, value] : ParseParameters(request.body))
    if (field == name) return value;
  return {};
}

Page BannedPage() { return Html("Goodbye", "<h1>You have been banned</h1><p>Too many requests.</p>"); }

}  // namespace

Answer GatedService::Respond(const Request& request) {
  const std::scoped_lock lock(mutex_);
  const Page page = Handle(request);
  return {std::make_shared<const Bytes>(EncodeAnswer(page, request)), page.status,
          ClosesAfter(page, request)};
}

GateCounts GatedService::counts() const {
  const std::scoped_lock lock(mutex_);
  return counts_;
}

std::string GatedService::Token(std::string_view what) {
  return Sha256(fmt::format("{}/{}/{}", plan_.seed, what, ++tokens_)).Hex().substr(0, 24);
}

std::string GatedService::AnswerOf(int number) const {
  return "owl" + Sha256(fmt::format("{}/captcha/{}", plan_.seed, number)).Hex().substr(0, 5);
}

Bytes GatedService::Picture(int number) const { return Bytes(kPng) + "text:" + AnswerOf(number); }

std::string GatedService::ReadPicture(ByteView picture) {
  const std::size_t at = picture.find("text:");
  return at == ByteView::npos ? std::string() : std::string(picture.substr(at + 5));
}

Page GatedService::Handle(const Request& request) {
  const auto found = visitors_.find(CookieOf(request, "visit"));
  if (found == visitors_.end()) return Enter(request);
  Visitor& visitor = found->second;
  if (visitor.banned) return BannedPage();
  if (IsTooFast(visitor)) {
    visitor.banned = true;
    ++counts_.bans;
    return BannedPage();
  }
  visitor.waited = visitor.waited || clock_.Mono() - visitor.arrived >= plan_.wait;
  if (!visitor.waited) return WaitPage(request);
  if (!visitor.human) return Captcha(visitor, request);
  const bool is_in = !visitor.session.empty() && CookieOf(request, "sid") == visitor.session;
  return is_in ? Market(visitor, request) : Login(visitor, request);
}

Page GatedService::Enter(const Request& request) {
  Visitor visitor;
  visitor.token = Token("visit");
  visitor.arrived = visitor.last = clock_.Mono();
  ++counts_.visitors;
  Page page = WaitPage(request);
  page.set_cookies = {"visit=" + visitor.token + "; Path=/; HttpOnly"};
  visitors_.emplace(visitor.token, visitor);
  return page;
}

bool GatedService::IsTooFast(Visitor& visitor) {
  const MonoTime now = clock_.Mono();
  if (now - visitor.last < plan_.too_fast) ++visitor.strikes;
  visitor.last = now;
  return visitor.strikes >= plan_.strikes;
}

Page GatedService::WaitPage(const Request& request) {
  ++counts_.waits;
  Page page;
  page.content_type = "text/html; charset=utf-8";
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(plan_.wait).count();
  page.body = fmt::format(
      "<html><head><title>Please wait</title><meta http-equiv=\"refresh\" content=\"{}; url={}\"></head>"
      "<body><h1>DDoS protection</h1><p>You are placed in a queue. You will be redirected.</p></body></html>",
      seconds, Escape(request.target));
  return page;
}

Page GatedService::CaptchaPage(Visitor& visitor) {
  visitor.captcha = ++captchas_;
  ++counts_.captchas_shown;
  return Html(
      "Are you human?",
      fmt::format("<form action=\"/gate\" method=\"post\"><p>Type the captcha below</p>"
                  "<img src=\"/captcha.png?n={0}\" alt=\"captcha\"><input type=\"text\" name=\"answer\">"
                  "<input type=\"hidden\" name=\"n\" value=\"{0}\"><input type=\"submit\" value=\"Go\">"
                  "</form>",
                  visitor.captcha));
}

Page GatedService::Captcha(Visitor& visitor, const Request& request) {
  if (request.path == "/captcha.png" && request.QueryNumber("n") == std::uint64_t(visitor.captcha)) {
    Page page;
    page.content_type = "image/png";
    page.body = Picture(visitor.captcha);
    return page;
  }
  if (request.method != "POST" || request.path != "/gate") return CaptchaPage(visitor);
  const bool right = FieldOf(request, "n") == std::to_string(visitor.captcha) &&
                     FieldOf(request, "answer") == AnswerOf(visitor.captcha);
  ++(right ? counts_.captchas_right : counts_.captchas_wrong);
  if (!right) return CaptchaPage(visitor);
  visitor.human = true;
  return RedirectTo("/");
}

Page GatedService::LoginPage(Visitor& visitor, bool tried) {
  std::string picture;
  if (plan_.captcha_on_login) {
    visitor.captcha = ++captchas_;
    picture =
        fmt::format("<img src=\"/captcha.png?n={}\" alt=\"captcha\"><input type=\"text\" name=\"answer\">",
                    visitor.captcha);
  }
  return Html(
      "Login",
      fmt::format("{}<form action=\"/login.php\" method=\"post\"><input type=\"text\" name=\"username\">"
                  "<input type=\"password\" name=\"password\">"
                  "<input type=\"hidden\" name=\"csrf\" value=\"{}\">{}"
                  "<input type=\"submit\" value=\"Log in\"></form>",
                  tried ? "<p>Wrong name or password.</p>" : "", visitor.token.substr(0, 8), picture));
}

Page GatedService::Login(Visitor& visitor, const Request& request) {
  if (request.path == "/login.php" && request.method == "POST") {
    const bool right = FieldOf(request, "username") == plan_.username &&
                       FieldOf(request, "password") == plan_.password &&
                       FieldOf(request, "csrf") == visitor.token.substr(0, 8) &&
                       (!plan_.captcha_on_login || FieldOf(request, "answer") == AnswerOf(visitor.captcha));
    ++(right ? counts_.logins : counts_.failed_logins);
    if (!right) return LoginPage(visitor, true);
    visitor.session = Token("sid");
    visitor.pages = 0;
    visitor.was_in = true;
    Page page = RedirectTo("/index.php");
    page.set_cookies = {"sid=" + visitor.session + "; Path=/; HttpOnly; Secure"};
    return page;
  }
  if (request.path == "/captcha.png" && plan_.captcha_on_login) {
    Page page;
    page.content_type = "image/png";
    page.body = Picture(visitor.captcha);
    return page;
  }
  if (request.path == "/login.php") return LoginPage(visitor, false);
  if (!visitor.was_in) return RedirectTo("/login.php?next=" + request.path);
  return Html("Session expired",
              "<p>Your session has expired, please <a href=\"/login.php\">log in</a> again.</p>");
}

Page GatedService::Market(Visitor& visitor, const Request& request) {
  if (request.path == "/login.php") return RedirectTo("/index.php");
  if (request.path == "/logout.php") {
    ++counts_.logouts;
    visitor.session.clear();
    return Html("Goodbye", "<p>You have been logged out.</p>");
  }
  if (++visitor.pages > plan_.pages_per_session) {
    ++counts_.expired;
    visitor.session.clear();
    return Login(visitor, request);
  }
  ++counts_.pages;
  Page page = site_.Answer(request);
  const std::size_t end = page.body.rfind("</body>");
  if (end != Bytes::npos)
    page.body.insert(end, fmt::format("<p>Logged in as {} <a href=\"/logout.php\">Log out</a></p>\n",
                                      Escape(plan_.username)));
  return page;
}

}  // namespace nightjar::world
