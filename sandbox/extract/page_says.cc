// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/page_says.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sandbox/extract/words.h"
#include "sandbox/values/letters.h"
#include "sandbox/values/money.h"

namespace nightjar::extract {
namespace {

using phrases::Stated;
using phrases::StatedAlone;

constexpr int kFirstLines = 4;  // where a notice says what it is
constexpr std::array<std::string_view, 6> kAlertClasses = {"alert", "error",   "notice",
                                                           "flash", "warning", "message"};

}  // namespace

PageSays::PageSays(const ClassSigns& signs) : signs_(signs), title_(values::LowerCase(signs.page_title)) {
  GatherMatter();
}

void PageSays::GatherMatter() {
  if (signs_.layout == nullptr) {
    matter_ = values::LowerCase(signs_.text.substr(0, 4 * kShortPage));
    return;
  }
  const std::vector<Line>& lines = signs_.layout->lines;
  const auto is_matter = [](const Line& line) { return !line.navigation && !line.control; };
  const auto heading =
      std::find_if(lines.begin(), lines.end(), [&](const Line& l) { return is_matter(l) && l.heading > 0; });
  for (auto line = heading == lines.end() ? lines.begin() : heading;
       line != lines.end() && matter_.size() <= 4 * kShortPage; ++line) {
    if (is_matter(*line)) matter_.append(signs_.layout->At(line->range)).push_back('\n');
  }
  matter_ = values::LowerCase(matter_);
}

std::string PageSays::Words() const {
  std::size_t words = 0;
  for (std::size_t i = 0; i < matter_.size(); ++i) {
    words += !parse::IsSpace(matter_[i]) && (i == 0 || parse::IsSpace(matter_[i - 1])) ? 1 : 0;
  }
  return fmt::format("{} words", words);
}

std::string PageSays::NoticeIn(phrases::List list) const {
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

std::string_view PageSays::HeadingSays(phrases::List list) const {
  if (signs_.layout == nullptr) return {};
  for (const Line& line : signs_.layout->lines) {
    if (line.heading == 0 || line.navigation) continue;
    const auto phrase = StatedAlone(values::LowerCase(signs_.layout->At(line.range)), list);
    if (!phrase.empty()) return phrase;
  }
  return {};
}

bool PageSays::TakesAnswers() const {
  return std::any_of(signs_.forms.begin(), signs_.forms.end(), [](const wire::Form& form) {
    return std::any_of(form.inputs.begin(), form.inputs.end(),
                       [](const wire::FormInput& input) { return input.type == "textarea"; });
  });
}

bool PageSays::Sells() const { return values::FindMoney(matter_).has_value(); }

std::string PageSays::PictureTexts() const {
  std::string texts;
  if (signs_.page.tree == nullptr) return texts;
  for (const parse::Node& node : signs_.page.tree->nodes()) {
    if (node.tag != Tag::kImg || texts.size() > kTinyPage) continue;
    texts.append("\n").append(values::LowerCase(signs_.page.tree->Value(node, "alt").substr(0, kTinyPage)));
  }
  return texts;
}

std::string_view PageSays::FirstLineAlone(phrases::List list) const {
  std::string_view rest = matter_;
  for (int line = 0; line < kFirstLines && !rest.empty(); ++line) {
    const std::size_t end = rest.find('\n');
    if (const auto phrase = StatedAlone(rest.substr(0, end), list); !phrase.empty()) return phrase;
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return {};
}

std::string_view PageSays::BoxSays(phrases::List list) const {
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

}  // namespace nightjar::extract
