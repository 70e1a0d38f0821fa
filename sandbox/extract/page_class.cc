// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/page_class.h"

#include <algorithm>
#include <array>
#include <span>

#include "sandbox/extract/links.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

using wire::PageClass;

constexpr std::size_t kShortPage = 800;  // bytes of matter, menus not counted
constexpr std::size_t kTinyPage = 300;
constexpr int kWaitSeconds = 120;

constexpr std::array<std::string_view, 5> kSeizedWords = {"site has been seized", "website has been seized",
                                                          "domain has been seized", "has been seized by",
                                                          "hidden service has been seized"};
constexpr std::array<std::string_view, 5> kBannedWords = {"you have been banned", "you are banned",
                                                          "your account has been banned", "account suspended",
                                                          "account has been suspended"};
constexpr std::array<std::string_view, 5> kLoggedOutWords = {"session has expired", "session expired",
                                                             "you have been logged out",
                                                             "please log in again", "you must be logged in"};
constexpr std::array<std::string_view, 5> kMaintenanceWords = {"under maintenance", "maintenance mode",
                                                               "down for maintenance",
                                                               "scheduled maintenance", "we'll be back soon"};
constexpr std::array<std::string_view, 8> kNotFoundWords = {
    "not found",    "does not exist",     "no longer exists", "doesn't exist",
    "page is gone", "could not be found", "has been removed", "no longer available"};
constexpr std::array<std::string_view, 7> kWaitWords = {
    "ddos protection",        "checking your browser", "you are in a queue", "placed in a queue",
    "you will be redirected", "please wait",           "anti-ddos"};
constexpr std::array<std::string_view, 6> kLoginWords = {"login",  "log in",   "sign in",
                                                         "signin", "username", "passphrase"};
constexpr std::array<std::string_view, 1> kCaptchaWords = {"captcha"};

// Text of the page's matter: without menus, and from the first heading on where there is one.
std::string Matter(const ClassSigns& signs) {
  if (signs.layout == nullptr) return std::string(signs.text.substr(0, 4 * kShortPage));
  const std::vector<Line>& lines = signs.layout->lines;
  const auto is_matter = [](const Line& line) { return !line.navigation && !line.control; };
  auto line =
      std::find_if(lines.begin(), lines.end(), [&](const Line& l) { return is_matter(l) && l.heading > 0; });
  if (line == lines.end()) line = lines.begin();
  std::string matter;
  for (; line != lines.end() && matter.size() <= 4 * kShortPage; ++line) {
    if (is_matter(*line)) matter.append(signs.layout->At(line->range)).push_back('\n');
  }
  return matter;
}

bool IsTextInput(const wire::FormInput& input) {
  return input.type == "text" || input.type == "email" || input.type == "search" || input.type == "number";
}

bool HasInput(const wire::Form& form, bool (*test)(const wire::FormInput&)) {
  return std::any_of(form.inputs.begin(), form.inputs.end(), test);
}

bool IsPassword(const wire::FormInput& input) { return input.type == "password"; }

bool SpeaksOfLogin(const wire::Form& form) {
  return ContainsAny(form.action, kLoginWords) ||
         std::any_of(form.inputs.begin(), form.inputs.end(), [](const wire::FormInput& input) {
           return ContainsAny(input.name, kLoginWords) || ContainsAny(input.value, kLoginWords);
         });
}

// A password, a name to go with it, and words for logging in on the form or in the title; in the matter they
// mean nothing ("Last login: yesterday" on a listing that asks for a PIN).
bool HasLoginForm(const ClassSigns& signs) {
  return std::any_of(signs.forms.begin(), signs.forms.end(), [&](const wire::Form& form) {
    return HasInput(form, IsPassword) && HasInput(form, IsTextInput) &&
           (SpeaksOfLogin(form) || ContainsAny(signs.page_title, kLoginWords));
  });
}

bool HasCaptchaPicture(const Tree& tree) {
  return std::any_of(tree.nodes().begin(), tree.nodes().end(), [&](const parse::Node& node) {
    if (node.tag != Tag::kImg) return false;
    for (const std::string_view name : {"src", "alt", "id", "class", "title"}) {
      if (ContainsAny(tree.Value(node, name), kCaptchaWords)) return true;
    }
    return false;
  });
}

bool HasCaptchaWall(const ClassSigns& signs, std::string_view matter) {
  if (signs.layout == nullptr || signs.page.tree == nullptr || signs.forms.empty()) return false;
  const bool answer = std::any_of(signs.forms.begin(), signs.forms.end(),
                                  [](const wire::Form& form) { return HasInput(form, IsTextInput); });
  const bool pictures = std::any_of(signs.page.tree->nodes().begin(), signs.page.tree->nodes().end(),
                                    [](const parse::Node& node) { return node.tag == Tag::kImg; });
  return answer &&
         (HasCaptchaPicture(*signs.page.tree) ||
          (pictures && (ContainsAny(matter, kCaptchaWords) || ContainsAny(signs.page_title, kCaptchaWords))));
}

bool HasWait(const ClassSigns& signs, std::string_view matter) {
  if (!ContainsAny(matter, kWaitWords) && !ContainsAny(signs.page_title, kWaitWords)) return false;
  const int delay = signs.page.tree == nullptr ? -1 : RefreshDelay(*signs.page.tree);
  const bool refreshes = (delay >= 0 && delay <= kWaitSeconds) || !signs.page.head.First("refresh").empty();
  return refreshes || signs.page.head.status == 503;
}

// By status alone; kContent where the status says nothing.
PageClass ClassOfStatus(int status) {
  if (status == 404 || status == 410) return PageClass::kNotFound;
  if (status >= 400) return PageClass::kError;
  return status >= 300 && status != 304 ? PageClass::kEmpty : PageClass::kContent;
}

bool HeadingSays(const ClassSigns& signs, std::span<const std::string_view> words) {
  if (signs.layout == nullptr) return false;
  return std::any_of(signs.layout->lines.begin(), signs.layout->lines.end(), [&](const Line& line) {
    if (line.heading == 0 || line.navigation) return false;
    const std::string_view text = signs.layout->At(line.range);
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return parse::FindNoCase(text, word) != std::string_view::npos;
    });
  });
}

// Status 200 and a shop's full frame around "not found": said in a heading or the title of a short page, or
// anywhere in one that says little else.
bool SoftNotFound(const ClassSigns& signs, std::string_view matter) {
  if (matter.size() > kShortPage) return false;
  return HeadingSays(signs, kNotFoundWords) || ContainsAny(signs.page_title, kNotFoundWords) ||
         (matter.size() <= kTinyPage && ContainsAny(matter, kNotFoundWords));
}

PageClass ClassOfShortPage(const ClassSigns& signs, std::string_view matter) {
  if (HasLoginForm(signs)) return PageClass::kLogin;
  if (HasCaptchaWall(signs, matter)) return PageClass::kCaptcha;
  if (HasWait(signs, matter)) return PageClass::kDdosWait;
  if (ContainsAny(matter, kBannedWords)) return PageClass::kBanned;
  if (ContainsAny(matter, kLoggedOutWords)) return PageClass::kLoggedOut;
  if (ContainsAny(matter, kMaintenanceWords)) return PageClass::kMaintenance;
  return PageClass::kContent;
}

}  // namespace

PageClass DecideClass(const ClassSigns& signs) {
  const std::string matter = Matter(signs);
  const PageClass by_status = ClassOfStatus(signs.page.head.status);
  if (by_status == PageClass::kNotFound || by_status == PageClass::kEmpty) return by_status;
  if (ContainsAny(signs.page_title, kSeizedWords) ||
      (matter.size() <= 2 * kShortPage && ContainsAny(matter, kSeizedWords))) {
    return PageClass::kSeizureNotice;
  }
  if (matter.size() <= kShortPage) {
    const PageClass wall = ClassOfShortPage(signs, matter);
    if (wall != PageClass::kContent) return wall;
  }
  if (by_status != PageClass::kContent) return by_status;
  if (SoftNotFound(signs, matter)) return PageClass::kNotFound;
  return signs.text.empty() && signs.forms.empty() ? PageClass::kEmpty : PageClass::kContent;
}

}  // namespace nightjar::extract
