// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/wall_class.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sandbox/extract/links.h"
#include "sandbox/extract/words.h"
#include "sandbox/values/letters.h"

namespace nightjar::extract {
namespace {

using phrases::Stated;
using phrases::StatedAlone;
using wire::PageClass;
using Maybe = std::optional<ClassGuess>;

constexpr int kWaitSeconds = 120;
constexpr std::array<std::string_view, 1> kCaptchaName = {"captcha"};

bool IsTextInput(const wire::FormInput& input) {
  return input.type == "text" || input.type == "email" || input.type == "search" || input.type == "number" ||
         input.type == "tel";
}

bool HasInput(const wire::Form& form, std::string_view type) {
  return std::any_of(form.inputs.begin(), form.inputs.end(),
                     [&](const wire::FormInput& input) { return input.type == type; });
}

bool HasTextInput(const wire::Form& form) {
  return std::any_of(form.inputs.begin(), form.inputs.end(), IsTextInput);
}

bool Speaks(std::string_view text, phrases::List list) {
  if (text.empty()) return false;
  const std::string lower = values::LowerCase(text);
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view phrase) { return lower.find(phrase) != std::string::npos; });
}

bool SpeaksOfLogin(const wire::Form& form) {
  return Speaks(form.action, phrases::LoggingIn()) ||
         std::any_of(form.inputs.begin(), form.inputs.end(), [](const wire::FormInput& input) {
           return Speaks(input.name, phrases::LoggingIn()) || Speaks(input.value, phrases::LoggingIn());
         });
}

// A password, a name to go with it, and words for logging in on the form, in the title or in a heading; in
// the matter they mean nothing ("Last login: yesterday" on a listing that asks for a PIN).
Maybe Login(const PageSays& page) {
  if (!page.IsShort()) return std::nullopt;
  for (const wire::Form& form : page.signs().forms) {
    if (!HasInput(form, "password") || !HasTextInput(form)) continue;
    if (SpeaksOfLogin(form) || Speaks(page.title(), phrases::LoggingIn())) {
      return ClassGuess{PageClass::kLogin, 95, "a form with a password input and " + page.Words()};
    }
    if (!page.HeadingSays(phrases::LoggingIn()).empty()) {
      return ClassGuess{PageClass::kLogin, 85,
                        "a form with a password input below a heading about logging in"};
    }
  }
  return std::nullopt;
}

bool HasCaptchaPicture(const PageSays& page) {
  const Tree& tree = *page.signs().page.tree;
  return std::any_of(tree.nodes().begin(), tree.nodes().end(), [&](const parse::Node& node) {
    const bool image = node.tag == Tag::kImg ||
                       (node.tag == Tag::kInput && parse::EqualsNoCase(tree.Value(node, "type"), "image"));
    if (!image) return false;
    for (const std::string_view name : {"src", "alt", "id", "class", "title", "name"}) {
      if (ContainsAny(tree.Value(node, name), kCaptchaName)) return true;
    }
    return false;
  });
}

bool HasAnyPicture(const PageSays& page) {
  const Tree& tree = *page.signs().page.tree;
  return std::any_of(tree.nodes().begin(), tree.nodes().end(), [&](const parse::Node& node) {
    return node.tag == Tag::kImg || node.tag == Tag::kSvg ||
           (node.tag == Tag::kInput && parse::EqualsNoCase(tree.Value(node, "type"), "image")) ||
           tree.Value(node, "style").find("url(") != std::string_view::npos;
  });
}

Maybe Captcha(const PageSays& page) {
  if (!page.IsShort() || page.signs().layout == nullptr || page.signs().page.tree == nullptr ||
      page.TakesAnswers())
    return std::nullopt;
  const bool answer =
      std::any_of(page.signs().forms.begin(), page.signs().forms.end(), [](const wire::Form& form) {
        return HasTextInput(form) || HasInput(form, "image") || HasInput(form, "radio") ||
               HasInput(form, "checkbox");
      });
  if (!answer) return std::nullopt;
  if (HasCaptchaPicture(page))
    return ClassGuess{PageClass::kCaptcha, 95, "captcha picture beside an answer input"};
  const bool words = Speaks(page.matter(), phrases::Captcha()) || Speaks(page.title(), phrases::Captcha());
  if (words && HasAnyPicture(page)) {
    return ClassGuess{PageClass::kCaptcha, 85, "words about a captcha, a picture and an answer input"};
  }
  const bool named =
      std::any_of(page.signs().forms.begin(), page.signs().forms.end(), [](const wire::Form& form) {
        return std::any_of(form.inputs.begin(), form.inputs.end(), [](const wire::FormInput& input) {
          return ContainsAny(input.name, kCaptchaName) && input.type != "hidden";
        });
      });
  if (words && named)
    return ClassGuess{PageClass::kCaptcha, 75, "words about a captcha and an input named after it"};
  return std::nullopt;
}

Maybe Wait(const PageSays& page) {
  if (!page.IsShort() || page.TakesAnswers()) return std::nullopt;
  if (page.status() == 429) return ClassGuess{PageClass::kDdosWait, 80, "status 429"};
  const bool words = Speaks(page.title(), phrases::Waiting()) || Speaks(page.matter(), phrases::Waiting());
  if (!words) return std::nullopt;
  const int delay = page.signs().page.tree == nullptr ? -1 : RefreshDelay(*page.signs().page.tree);
  if ((delay >= 0 && delay <= kWaitSeconds) || !page.signs().page.head.First("refresh").empty()) {
    return ClassGuess{PageClass::kDdosWait, 95, "words about waiting and a refresh"};
  }
  if (page.status() == 503) return ClassGuess{PageClass::kDdosWait, 90, "words about waiting and status 503"};
  std::string_view phrase = StatedAlone(page.title(), phrases::Queueing());
  if (phrase.empty()) phrase = page.HeadingSays(phrases::Queueing());
  if (phrase.empty() && page.IsTiny()) phrase = Stated(page.matter(), phrases::Queueing());
  if (phrase.empty()) return std::nullopt;
  return ClassGuess{PageClass::kDdosWait, 70, fmt::format("\"{}\" in {}", phrase, page.Words())};
}

}  // namespace

std::optional<ClassGuess> GuessWall(const PageSays& page) {
  for (const auto rule : {Login, Captcha, Wait}) {
    if (Maybe guess = rule(page)) return guess;
  }
  return std::nullopt;
}

}  // namespace nightjar::extract
