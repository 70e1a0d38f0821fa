// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/page_class.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "sandbox/extract/self_named.h"
#include "sandbox/extract/wall_class.h"

namespace nightjar::extract {
namespace {

using phrases::Stated;
using phrases::StatedAlone;
using wire::PageClass;
using Maybe = std::optional<ClassGuess>;

Maybe Seizure(const PageSays& page) {
  if (page.matter().size() > 2 * kShortPage) return std::nullopt;
  if (const auto phrase = StatedAlone(page.title(), phrases::Seized()); !phrase.empty()) {
    return ClassGuess{PageClass::kSeizureNotice, 95, fmt::format("title \"{}\"", phrase)};
  }
  if (page.TakesAnswers()) return std::nullopt;
  if (const auto phrase = page.HeadingSays(phrases::Seized()); !phrase.empty()) {
    return ClassGuess{PageClass::kSeizureNotice, 90, fmt::format("heading \"{}\"", phrase)};
  }
  std::string_view beginning = page.matter();
  std::string pictures;
  if (page.IsTiny()) beginning = (pictures = page.matter() + page.PictureTexts());
  if (const auto phrase = Stated(beginning, phrases::Seized());
      !phrase.empty() && page.signs().forms.empty() && page.IsShort()) {
    return ClassGuess{PageClass::kSeizureNotice, 80, fmt::format("\"{}\" in {}", phrase, page.Words())};
  }
  return std::nullopt;
}

// Sites hide such lines in every page, to be shown by style sheets we may not understand: only a notice
// that stands out, or that is all there is, counts.
Maybe Phishing(const PageSays& page) {
  const auto list = phrases::Phished();
  std::string_view phrase = StatedAlone(page.title(), list);
  if (phrase.empty()) phrase = page.HeadingSays(list);
  if (phrase.empty() && page.IsTiny() && page.signs().forms.empty() &&
      page.signs().text.size() <= 2 * kTinyPage) {
    phrase = Stated(page.matter(), list);
  }
  if (phrase.empty()) return std::nullopt;
  return ClassGuess{PageClass::kPhishingProxy, 85, fmt::format("\"{}\" in {}", phrase, page.Words())};
}

Maybe Notices(const PageSays& page) {
  if (!page.IsShort()) return std::nullopt;
  struct Notice {
    PageClass page_class;
    phrases::List list;
  };
  const std::array<Notice, 3> notices = {{{PageClass::kBanned, phrases::Banned()},
                                          {PageClass::kLoggedOut, phrases::LoggedOut()},
                                          {PageClass::kMaintenance, phrases::Maintenance()}}};
  for (const Notice& notice : notices) {
    const std::string reason = page.NoticeIn(notice.list);
    if (!reason.empty())
      return ClassGuess{notice.page_class, page.IsTiny() ? std::uint8_t{90} : std::uint8_t{75}, reason};
  }
  return std::nullopt;
}

Maybe Status(const PageSays& page) {
  if (page.status() < 400) return std::nullopt;
  return ClassGuess{PageClass::kError, 100, fmt::format("status {}", page.status())};
}

// A server's error sent as if it were a page.
Maybe ErrorPage(const PageSays& page) {
  std::string_view phrase = StatedAlone(page.title(), phrases::ServerError());
  if (phrase.empty() && page.IsShort()) phrase = page.HeadingSays(phrases::ServerError());
  if (phrase.empty() && page.IsTiny() && !page.Sells() && !page.TakesAnswers())
    phrase = Stated(page.matter(), phrases::ServerError());
  if (phrase.empty() || !page.IsShort()) return std::nullopt;
  return ClassGuess{PageClass::kError, 80, fmt::format("\"{}\" in {}", phrase, page.Words())};
}

// Status 200 and perhaps a shop's full frame around "not found": said in the title, in a heading, in a box
// for messages, or anywhere in a page that says little else.
Maybe SoftNotFound(const PageSays& page) {
  constexpr std::size_t kFullFrame = 2 * kShortPage;
  if (const auto phrase = StatedAlone(page.title(), phrases::NotFound());
      !phrase.empty() && page.matter().size() <= kFullFrame) {
    return ClassGuess{PageClass::kNotFound, 90, fmt::format("title \"{}\"", phrase)};
  }
  if (page.matter().size() <= kFullFrame && !page.TakesAnswers()) {
    if (const auto phrase = page.HeadingSays(phrases::NotFound()); !phrase.empty()) {
      return ClassGuess{PageClass::kNotFound, 85, fmt::format("heading \"{}\"", phrase)};
    }
  }
  if (const auto phrase = page.IsShort() ? page.BoxSays(phrases::NotFound()) : std::string_view();
      !phrase.empty()) {
    return ClassGuess{PageClass::kNotFound, 80, fmt::format("\"{}\" in a box for messages", phrase)};
  }
  if (!page.IsTiny() || page.Sells() || page.TakesAnswers()) return std::nullopt;
  const auto phrase = page.FirstLineAlone(phrases::NotFound());
  if (phrase.empty()) return std::nullopt;
  return ClassGuess{PageClass::kNotFound, 70, fmt::format("\"{}\" in {}", phrase, page.Words())};
}

Maybe Nothing(const PageSays& page) {
  if (page.signs().text.empty() && page.signs().forms.empty()) {
    return ClassGuess{PageClass::kEmpty, 100, "no visible text and no form"};
  }
  const auto phrase = page.IsTiny() && page.signs().forms.empty()
                          ? StatedAlone(page.title(), phrases::Empty())
                          : std::string_view();
  if (phrase.empty()) return std::nullopt;
  return ClassGuess{PageClass::kEmpty, 70, fmt::format("title \"{}\"", phrase)};
}

// The order is that of certainty.
ClassGuess Guess(const PageSays& page) {
  const int status = page.status();
  if (status == 404 || status == 410) return {PageClass::kNotFound, 100, fmt::format("status {}", status)};
  if (status >= 300 && status < 400 && status != 304)
    return {PageClass::kEmpty, 100, fmt::format("status {}", status)};
  for (const auto rule : {Seizure, Phishing, GuessWall, Notices, Status, ErrorPage, SoftNotFound, Nothing}) {
    if (Maybe guess = rule(page)) return std::move(*guess);
  }
  return {PageClass::kContent, page.IsTiny() ? std::uint8_t{60} : std::uint8_t{90},
          "no sign of a wall, a notice or an error in " + page.Words()};
}

}  // namespace

Classed DecideClass(const ClassSigns& signs) {
  const PageSays page(signs);
  ClassGuess guess = Guess(page);
  Classed classed{.page_class = guess.page_class, .decision = {}};
  classed.decision.confidence = guess.confidence;
  classed.decision.reasons = {std::move(guess.reason)};
  if (page.status() >= 300 && classed.decision.reasons[0].find("status") == std::string::npos) {
    classed.decision.reasons.push_back(fmt::format("status {}", page.status()));
  }
  if (signs.own == nullptr) return classed;
  SelfNamed other = FindOtherSelf(signs.page, signs.layout, signs.page_title, *signs.own);
  if (other.host.empty()) return classed;
  classed.decision.proxy_suspect = std::move(other.host);
  classed.decision.reasons.push_back(std::move(other.reason));
  return classed;
}

}  // namespace nightjar::extract
