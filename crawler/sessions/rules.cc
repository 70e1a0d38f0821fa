// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/url.h"

namespace nightjar::sessions {
namespace {

using wire::PageClass;

bool WorksAfterLogin(PageClass page_class, const Means& means) {
  if (means.recipe == nullptr || means.recipe->success.empty()) return !wire::IsWall(page_class);
  return std::ranges::find(means.recipe->success, wire::PageClassName(page_class)) !=
         means.recipe->success.end();
}

bool HasFillableForm(const wire::Facts& facts, const config::LoginRecipe& recipe) {
  return std::ranges::any_of(facts.forms, [&](const wire::Form& form) {
    return std::ranges::any_of(
        form.inputs, [&](const wire::FormInput& input) { return input.name == recipe.password_field; });
  });
}

std::chrono::seconds WaitOf(const wire::Facts& facts) {
  if (facts.refresh_seconds == wire::kNoRefresh) return kDefaultWait;
  return std::clamp(std::chrono::seconds(facts.refresh_seconds), std::chrono::seconds(1), kLongestWait);
}

// An anonymous session at a login page, a logged-out page or a ban: part of an open site, or the end of it?
bool IsTheWholeSite(const Session& session) {
  return !session.content_seen || session.trail.size() + 1 >= kStreakOfWalls;
}

Step MeetLogin(const Session& session, const PageSeen& page, const Means& means, PageClass page_class) {
  if (page.asked == Asked::kLoginPage) {
    if (!page.facts->wall_pictures.empty()) return {Move::kAskHuman, "the login form shows a picture"};
    if (!means.CanLogIn() || !HasFillableForm(*page.facts, *means.recipe))
      return {Move::kAskHuman, "the login page has no form that the recipe fits"};
    return {Move::kSubmitLogin, "the login form is filled in by the recipe"};
  }
  if (page.asked == Asked::kLogin && session.failed_logins + 1 >= kMostLogins)
    return {Move::kAskHuman, fmt::format("the login failed {} times", session.failed_logins + 1)};
  if (!means.CanLogIn()) return {Move::kAskHuman, "the site asks for a login and there is no recipe for it"};
  if (page.asked == Asked::kLogin) return {Move::kLogIn, "the login failed"};
  return {Move::kLogIn,
          fmt::format("{} page after {} pages", wire::PageClassName(page_class), session.pages)};
}

Step MeetWall(const Session& session, const PageSeen& page, const Means& means, PageClass page_class) {
  switch (page_class) {
    case PageClass::kCaptcha:
      return {Move::kAskHuman, "the site shows a CAPTCHA"};
    case PageClass::kBanned:
      if (session.persona.empty() && session.turned_away < kMostNewCircuits)
        return {Move::kNewCircuit, "the site turned a circuit away; another is used"};
      return {Move::kBan, "the site says that it has banned us"};
    case PageClass::kDdosWait:
      if (session.waits >= kMostWaits)
        return {Move::kAskHuman, fmt::format("the waiting room did not end in {} rounds", session.waits)};
      return {Move::kWait, "the site shows a waiting room", WaitOf(*page.facts)};
    default:
      return MeetLogin(session, page, means, page_class);
  }
}

bool SpeaksOf(std::string text, std::span<const std::string_view> words) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

// What stands behind the door that was just tried.
Step MeetOther(const Session& session, const PageSeen& page, const Means& means, PageClass page_class) {
  if (page.asked == Asked::kLoginPage && page.status >= 400)
    return {Move::kAskHuman, fmt::format("the login page answers with status {}", page.status)};
  if (page.asked == Asked::kLogin && !WorksAfterLogin(page_class, means))
    return session.failed_logins + 1 >= kMostLogins
               ? Step{Move::kAskHuman,
                      fmt::format("the login led to a page of class {}", wire::PageClassName(page_class))}
               : Step{Move::kLogIn, "the login led to an unexpected page"};
  switch (page.asked) {
    case Asked::kLoginPage:
      return {Move::kOpen, "the site did not ask for a login"};
    case Asked::kLogin:
      return {Move::kOpen, "logged in by the recipe"};
    case Asked::kAnswer:
      return {Move::kOpen, "a person's answer was accepted"};
    default:
      return {Move::kOpen, "the waiting room is over"};
  }
}

}  // namespace

std::string PathOf(const std::string& url) {
  const auto parsed = Url::Parse(url);
  return parsed ? parsed->path() : std::string();
}

std::string RedirectTarget(const PageSeen& page) {
  if (page.status < 300 || page.status >= 400) return {};
  for (const wire::Link& link : page.facts->links)
    if (link.kind == wire::LinkKind::kRedirect) return link.url;
  return {};
}

PageClass ClassFor(const PageSeen& page, const Means& means) {
  if (means.recipe != nullptr && page.asked != Asked::kLoginPage) {
    const std::string target = RedirectTarget(page);
    if (!target.empty() && PathOf(target) == means.recipe->url) return PageClass::kLoggedOut;
  }
  return page.facts->page_class;
}

Step Judge(const Session& session, const PageSeen& page, const Means& means) {
  const PageClass page_class = ClassFor(page, means);
  const bool wall = wire::IsWall(page_class);
  if (page.asked != Asked::kPage)
    return wall ? MeetWall(session, page, means, page_class) : MeetOther(session, page, means, page_class);
  if (!wall) return {};
  // The login page itself, met as a link: not where a page was wanted.
  if (means.recipe != nullptr && PathOf(page.url) == means.recipe->url) return {};
  if (session.state() != State::kAlive || page.started < session.since()) return {Move::kAskAgain, ""};
  const bool certain = page_class == PageClass::kCaptcha || page_class == PageClass::kDdosWait;
  if (session.persona.empty() && !certain && !IsTheWholeSite(session)) return {};
  return MeetWall(session, page, means, page_class);
}

bool IsAddressOfAWall(const std::string& url) {
  constexpr std::array<std::string_view, 10> kWords = {"captcha", "login",     "signin", "sign-in", "gate",
                                                       "verify",  "challenge", "queue",  "wait",    "auth"};
  return SpeaksOf(PathOf(url), kWords);
}

bool EndsASession(const std::string& url) {
  constexpr std::array<std::string_view, 6> kWords = {"logout",  "log-out",  "log_out",
                                                      "signout", "sign-out", "logoff"};
  const auto parsed = Url::Parse(url);
  return parsed && SpeaksOf(parsed->PathAndQuery(), kWords);
}

}  // namespace nightjar::sessions
