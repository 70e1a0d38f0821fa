// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/page_class.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "sandbox/extract/links.h"
#include "sandbox/extract/phrases.h"
#include "sandbox/extract/self_named.h"
#include "sandbox/extract/words.h"
#include "sandbox/values/letters.h"
#include "sandbox/values/money.h"

namespace nightjar::extract {
namespace {

using phrases::Stated;
using phrases::StatedAlone;
using wire::PageClass;

constexpr std::size_t kShortPage = 800;  // bytes of matter, menus not counted
constexpr std::size_t kTinyPage = 300;
constexpr int kWaitSeconds = 120;
constexpr int kFirstLines = 4;  // where a notice says what it is
constexpr std::array<std::string_view, 1> kCaptchaName = {"captcha"};
constexpr std::array<std::string_view, 6> kAlertClasses = {"alert", "error",   "notice",
                                                           "flash", "warning", "message"};

class Decider final {
 public:
  explicit Decider(const ClassSigns& signs)
      : signs_(signs), title_(values::LowerCase(signs.page_title)), status_(signs.page.head.status) {
    GatherMatter();
  }

  Classed Decide() && {
    Classed classed;
    const Guess guess = First();
    classed.page_class = guess.page_class;
    classed.decision.confidence = guess.confidence;
    classed.decision.reasons = {guess.reason};
    if (status_ >= 300 && guess.reason.find("status") == std::string::npos) {
      classed.decision.reasons.push_back(fmt::format("status {}", status_));
    }
    if (signs_.own == nullptr) return classed;
    SelfNamed other = FindOtherSelf(signs_.page, signs_.layout, signs_.page_title, *signs_.own);
    if (other.host.empty()) return classed;
    classed.decision.proxy_suspect = std::move(other.host);
    classed.decision.reasons.push_back(std::move(other.reason));
    return classed;
  }

 private:
  struct Guess {
    PageClass page_class = PageClass::kContent;
    std::uint8_t confidence = 0;
    std::string reason;
  };
  using Maybe = std::optional<Guess>;

  // Text of the page's matter in lower case: without menus, and from the first heading on where there is one.
  void GatherMatter() {
    if (signs_.layout == nullptr) {
      matter_ = values::LowerCase(signs_.text.substr(0, 4 * kShortPage));
      return;
    }
    const std::vector<Line>& lines = signs_.layout->lines;
    const auto is_matter = [](const Line& line) { return !line.navigation && !line.control; };
    const auto heading = std::find_if(lines.begin(), lines.end(),
                                      [&](const Line& l) { return is_matter(l) && l.heading > 0; });
    for (auto line = heading == lines.end() ? lines.begin() : heading;
         line != lines.end() && matter_.size() <= 4 * kShortPage; ++line) {
      if (is_matter(*line)) matter_.append(signs_.layout->At(line->range)).push_back('\n');
    }
    matter_ = values::LowerCase(matter_);
  }

  [[nodiscard]] bool IsShort() const { return matter_.size() <= kShortPage; }
  [[nodiscard]] bool IsTiny() const { return matter_.size() <= kTinyPage; }
  [[nodiscard]] std::string Words() const {
    std::size_t words = 0;
    for (std::size_t i = 0; i < matter_.size(); ++i) {
      words += !parse::IsSpace(matter_[i]) && (i == 0 || parse::IsSpace(matter_[i - 1])) ? 1 : 0;
    }
    return fmt::format("{} words", words);
  }

  // The order is that of certainty.
  [[nodiscard]] Guess First() const {
    if (status_ == 404 || status_ == 410)
      return {PageClass::kNotFound, 100, fmt::format("status {}", status_)};
    if (status_ >= 300 && status_ < 400 && status_ != 304) {
      return {PageClass::kEmpty, 100, fmt::format("status {}", status_)};
    }
    for (const auto rule : {&Decider::Seizure, &Decider::Phishing, &Decider::Login, &Decider::Captcha,
                            &Decider::Wait, &Decider::Notices, &Decider::Status, &Decider::ErrorPage,
                            &Decider::SoftNotFound, &Decider::Nothing}) {
      if (Maybe guess = (this->*rule)()) return std::move(*guess);
    }
    return {PageClass::kContent, IsTiny() ? std::uint8_t{60} : std::uint8_t{90},
            "no sign of a wall, a notice or an error in " + Words()};
  }

  // A notice's phrase: in the title, in a heading, or in the first lines of a short page that takes no
  // answers.
  [[nodiscard]] std::string NoticeIn(phrases::List list) const {
    if (const auto phrase = StatedAlone(title_, list); !phrase.empty())
      return fmt::format("title \"{}\"", phrase);
    if (const auto phrase = HeadingSays(list); !phrase.empty()) return fmt::format("heading \"{}\"", phrase);
    if (!IsShort() || TakesAnswers()) return {};
    std::size_t end = 0;
    for (int line = 0; line < kFirstLines && end < matter_.size(); ++line) {
      end = std::min(matter_.find('\n', end), matter_.size() - 1) + 1;
    }
    const auto phrase = Stated(std::string_view(matter_).substr(0, end), list);
    return phrase.empty() ? "" : fmt::format("\"{}\" in {}", phrase, Words());
  }

  [[nodiscard]] std::string_view HeadingSays(phrases::List list) const {
    if (signs_.layout == nullptr) return {};
    for (const Line& line : signs_.layout->lines) {
      if (line.heading == 0 || line.navigation) continue;
      const auto phrase = StatedAlone(values::LowerCase(signs_.layout->At(line.range)), list);
      if (!phrase.empty()) return phrase;
    }
    return {};
  }

  // A place to write an answer: a thread or an order, never a notice.
  [[nodiscard]] bool TakesAnswers() const {
    return std::any_of(signs_.forms.begin(), signs_.forms.end(), [](const wire::Form& form) {
      return std::any_of(form.inputs.begin(), form.inputs.end(),
                         [](const wire::FormInput& input) { return input.type == "textarea"; });
    });
  }

  // A price in the matter: whatever is missing, something is here.
  [[nodiscard]] bool Sells() const { return values::FindMoney(matter_).has_value(); }

  [[nodiscard]] Maybe Seizure() const {
    if (matter_.size() > 2 * kShortPage) return std::nullopt;
    if (const auto phrase = StatedAlone(title_, phrases::Seized()); !phrase.empty()) {
      return Guess{PageClass::kSeizureNotice, 95, fmt::format("title \"{}\"", phrase)};
    }
    if (TakesAnswers()) return std::nullopt;
    if (const auto phrase = HeadingSays(phrases::Seized()); !phrase.empty()) {
      return Guess{PageClass::kSeizureNotice, 90, fmt::format("heading \"{}\"", phrase)};
    }
    std::string_view beginning = matter_;
    std::string pictures;
    if (IsTiny()) beginning = (pictures = matter_ + PictureTexts());
    if (const auto phrase = Stated(beginning, phrases::Seized());
        !phrase.empty() && signs_.forms.empty() && IsShort()) {
      return Guess{PageClass::kSeizureNotice, 80, fmt::format("\"{}\" in {}", phrase, Words())};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string PictureTexts() const {
    std::string texts;
    if (signs_.page.tree == nullptr) return texts;
    for (const parse::Node& node : signs_.page.tree->nodes()) {
      if (node.tag != Tag::kImg || texts.size() > kTinyPage) continue;
      texts.append("\n").append(values::LowerCase(signs_.page.tree->Value(node, "alt").substr(0, kTinyPage)));
    }
    return texts;
  }

  // Sites hide such lines in every page, to be shown by style sheets we may not understand: only a notice
  // that stands out, or that is all there is, counts.
  [[nodiscard]] Maybe Phishing() const {
    const auto list = phrases::Phished();
    std::string_view phrase = StatedAlone(title_, list);
    if (phrase.empty()) phrase = HeadingSays(list);
    if (phrase.empty() && IsTiny() && signs_.forms.empty() && signs_.text.size() <= 2 * kTinyPage) {
      phrase = Stated(matter_, list);
    }
    if (phrase.empty()) return std::nullopt;
    return Guess{PageClass::kPhishingProxy, 85, fmt::format("\"{}\" in {}", phrase, Words())};
  }

  static bool IsTextInput(const wire::FormInput& input) {
    return input.type == "text" || input.type == "email" || input.type == "search" ||
           input.type == "number" || input.type == "tel";
  }
  static bool HasInput(const wire::Form& form, std::string_view type) {
    return std::any_of(form.inputs.begin(), form.inputs.end(),
                       [&](const wire::FormInput& input) { return input.type == type; });
  }
  static bool HasTextInput(const wire::Form& form) {
    return std::any_of(form.inputs.begin(), form.inputs.end(), IsTextInput);
  }

  static bool Speaks(std::string_view text, phrases::List list) {
    if (text.empty()) return false;
    const std::string lower = values::LowerCase(text);
    return std::any_of(list.begin(), list.end(),
                       [&](std::string_view phrase) { return lower.find(phrase) != std::string::npos; });
  }

  static bool SpeaksOfLogin(const wire::Form& form) {
    return Speaks(form.action, phrases::LoggingIn()) ||
           std::any_of(form.inputs.begin(), form.inputs.end(), [](const wire::FormInput& input) {
             return Speaks(input.name, phrases::LoggingIn()) || Speaks(input.value, phrases::LoggingIn());
           });
  }

  // A password, a name to go with it, and words for logging in on the form, in the title or in a heading; in
  // the matter they mean nothing ("Last login: yesterday" on a listing that asks for a PIN).
  [[nodiscard]] Maybe Login() const {
    if (!IsShort()) return std::nullopt;
    for (const wire::Form& form : signs_.forms) {
      if (!HasInput(form, "password") || !HasTextInput(form)) continue;
      if (SpeaksOfLogin(form) || Speaks(title_, phrases::LoggingIn())) {
        return Guess{PageClass::kLogin, 95, "a form with a password input and " + Words()};
      }
      if (!HeadingSays(phrases::LoggingIn()).empty()) {
        return Guess{PageClass::kLogin, 85, "a form with a password input below a heading about logging in"};
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool HasCaptchaPicture() const {
    const Tree& tree = *signs_.page.tree;
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

  [[nodiscard]] bool HasAnyPicture() const {
    const Tree& tree = *signs_.page.tree;
    return std::any_of(tree.nodes().begin(), tree.nodes().end(), [&](const parse::Node& node) {
      return node.tag == Tag::kImg || node.tag == Tag::kSvg ||
             (node.tag == Tag::kInput && parse::EqualsNoCase(tree.Value(node, "type"), "image")) ||
             tree.Value(node, "style").find("url(") != std::string_view::npos;
    });
  }

  [[nodiscard]] Maybe Captcha() const {
    if (!IsShort() || signs_.layout == nullptr || signs_.page.tree == nullptr || TakesAnswers())
      return std::nullopt;
    const bool answer = std::any_of(signs_.forms.begin(), signs_.forms.end(), [](const wire::Form& form) {
      return HasTextInput(form) || HasInput(form, "image") || HasInput(form, "radio") ||
             HasInput(form, "checkbox");
    });
    if (!answer) return std::nullopt;
    if (HasCaptchaPicture()) return Guess{PageClass::kCaptcha, 95, "captcha picture beside an answer input"};
    const bool words = Speaks(matter_, phrases::Captcha()) || Speaks(title_, phrases::Captcha());
    if (words && HasAnyPicture()) {
      return Guess{PageClass::kCaptcha, 85, "words about a captcha, a picture and an answer input"};
    }
    const bool named = std::any_of(signs_.forms.begin(), signs_.forms.end(), [](const wire::Form& form) {
      return std::any_of(form.inputs.begin(), form.inputs.end(), [](const wire::FormInput& input) {
        return ContainsAny(input.name, kCaptchaName) && input.type != "hidden";
      });
    });
    if (words && named)
      return Guess{PageClass::kCaptcha, 75, "words about a captcha and an input named after it"};
    return std::nullopt;
  }

  [[nodiscard]] Maybe Wait() const {
    if (!IsShort() || TakesAnswers()) return std::nullopt;
    if (status_ == 429) return Guess{PageClass::kDdosWait, 80, "status 429"};
    const bool words = Speaks(title_, phrases::Waiting()) || Speaks(matter_, phrases::Waiting());
    if (!words) return std::nullopt;
    const int delay = signs_.page.tree == nullptr ? -1 : RefreshDelay(*signs_.page.tree);
    if ((delay >= 0 && delay <= kWaitSeconds) || !signs_.page.head.First("refresh").empty()) {
      return Guess{PageClass::kDdosWait, 95, "words about waiting and a refresh"};
    }
    if (status_ == 503) return Guess{PageClass::kDdosWait, 90, "words about waiting and status 503"};
    std::string_view phrase = StatedAlone(title_, phrases::Queueing());
    if (phrase.empty()) phrase = HeadingSays(phrases::Queueing());
    if (phrase.empty() && IsTiny()) phrase = Stated(matter_, phrases::Queueing());
    if (phrase.empty()) return std::nullopt;
    return Guess{PageClass::kDdosWait, 70, fmt::format("\"{}\" in {}", phrase, Words())};
  }

  [[nodiscard]] Maybe Notices() const {
    if (!IsShort()) return std::nullopt;
    struct Notice {
      PageClass page_class;
      phrases::List list;
    };
    const std::array<Notice, 3> notices = {{{PageClass::kBanned, phrases::Banned()},
                                            {PageClass::kLoggedOut, phrases::LoggedOut()},
                                            {PageClass::kMaintenance, phrases::Maintenance()}}};
    for (const Notice& notice : notices) {
      const std::string reason = NoticeIn(notice.list);
      if (!reason.empty())
        return Guess{notice.page_class, IsTiny() ? std::uint8_t{90} : std::uint8_t{75}, reason};
    }
    return std::nullopt;
  }

  [[nodiscard]] Maybe Status() const {
    if (status_ < 400) return std::nullopt;
    return Guess{PageClass::kError, 100, fmt::format("status {}", status_)};
  }

  // A server's error sent as if it were a page.
  [[nodiscard]] Maybe ErrorPage() const {
    std::string_view phrase = StatedAlone(title_, phrases::ServerError());
    if (phrase.empty() && IsShort()) phrase = HeadingSays(phrases::ServerError());
    if (phrase.empty() && IsTiny() && !Sells() && !TakesAnswers())
      phrase = Stated(matter_, phrases::ServerError());
    if (phrase.empty() || !IsShort()) return std::nullopt;
    return Guess{PageClass::kError, 80, fmt::format("\"{}\" in {}", phrase, Words())};
  }

  // Status 200 and perhaps a shop's full frame around "not found": said in the title, in a heading, in a box
  // for messages, or anywhere in a page that says little else.
  [[nodiscard]] Maybe SoftNotFound() const {
    constexpr std::size_t kFullFrame = 2 * kShortPage;
    if (const auto phrase = StatedAlone(title_, phrases::NotFound());
        !phrase.empty() && matter_.size() <= kFullFrame) {
      return Guess{PageClass::kNotFound, 90, fmt::format("title \"{}\"", phrase)};
    }
    if (matter_.size() <= kFullFrame && !TakesAnswers()) {
      if (const auto phrase = HeadingSays(phrases::NotFound()); !phrase.empty()) {
        return Guess{PageClass::kNotFound, 85, fmt::format("heading \"{}\"", phrase)};
      }
    }
    if (const auto phrase = BoxSays(phrases::NotFound()); !phrase.empty() && IsShort()) {
      return Guess{PageClass::kNotFound, 80, fmt::format("\"{}\" in a box for messages", phrase)};
    }
    if (!IsTiny() || Sells() || TakesAnswers()) return std::nullopt;
    const auto phrase = FirstLineAlone(phrases::NotFound());
    if (phrase.empty()) return std::nullopt;
    return Guess{PageClass::kNotFound, 70, fmt::format("\"{}\" in {}", phrase, Words())};
  }

  // Of the first lines of the matter, one that says little else.
  [[nodiscard]] std::string_view FirstLineAlone(phrases::List list) const {
    std::string_view rest = matter_;
    for (int line = 0; line < kFirstLines && !rest.empty(); ++line) {
      const std::size_t end = rest.find('\n');
      if (const auto phrase = StatedAlone(rest.substr(0, end), list); !phrase.empty()) return phrase;
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return {};
  }

  // A line in an element whose class calls it an alert, an error or a message.
  [[nodiscard]] std::string_view BoxSays(phrases::List list) const {
    if (signs_.layout == nullptr || signs_.page.tree == nullptr) return {};
    const Tree& tree = *signs_.page.tree;
    for (const Line& line : signs_.layout->lines) {
      NodeIndex node = signs_.layout->runs[line.first_run].node;
      bool box = false;
      for (int steps = 0; steps < 3 && !box; ++steps) {
        node = tree[node].parent;
        box = ContainsAny(tree.Value(tree[node], "class"), kAlertClasses);
      }
      if (!box || line.navigation) continue;
      const auto phrase = StatedAlone(values::LowerCase(signs_.layout->At(line.range)), list);
      if (!phrase.empty()) return phrase;
    }
    return {};
  }

  [[nodiscard]] Maybe Nothing() const {
    if (signs_.text.empty() && signs_.forms.empty()) {
      return Guess{PageClass::kEmpty, 100, "no visible text and no form"};
    }
    const auto phrase =
        IsTiny() && signs_.forms.empty() ? StatedAlone(title_, phrases::Empty()) : std::string_view();
    if (phrase.empty()) return std::nullopt;
    return Guess{PageClass::kEmpty, 70, fmt::format("title \"{}\"", phrase)};
  }

  const ClassSigns& signs_;
  std::string title_;  // lower case
  int status_;
  std::string matter_;
};

}  // namespace

Classed DecideClass(const ClassSigns& signs) { return Decider(signs).Decide(); }

}  // namespace nightjar::extract
