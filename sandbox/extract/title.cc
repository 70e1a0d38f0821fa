// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/title.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/labels.h"
#include "sandbox/extract/marks.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestHeadline = 300;
constexpr std::array<std::string_view, 4> kTitleClasses = {"title", "product", "listing", "item-name"};
constexpr std::array<std::string_view, 10> kSeparators = {" - ", " | ", " · ", " :: ", " — ",
                                                          " – ", " • ", " » ", " / ",  ": "};

bool StartsWithSeparator(std::string_view text) {
  return std::any_of(kSeparators.begin(), kSeparators.end(),
                     [&](std::string_view s) { return text.starts_with(s); });
}

bool EndsWithSeparator(std::string_view text) {
  return std::any_of(kSeparators.begin(), kSeparators.end(),
                     [&](std::string_view s) { return text.ends_with(s); });
}

// How the line stands in <title>: the whole of it, its beginning ("thing - site"), or its end ("site -
// thing").
int ScoreInTitle(std::string_view line, std::string_view title) {
  if (line == title) return 60;
  if (title.starts_with(line) && StartsWithSeparator(title.substr(line.size()))) return 55;
  if (title.ends_with(line) && EndsWithSeparator(title.substr(0, title.size() - line.size()))) return 40;
  return 0;
}

int ScoreOfElement(const Tree& tree, const Layout& layout, const Line& line) {
  int score = line.heading == 0 ? 0 : std::max(5, 30 - 5 * line.heading);
  NodeIndex node = layout.runs[line.first_run].node;
  for (int steps = 0; steps < 2; ++steps) {
    node = tree[node].parent;
    if (parse::EqualsNoCase(tree.Value(tree[node], "itemprop"), "name")) score += 50;
    if (ContainsAny(tree.Value(tree[node], "class"), kTitleClasses)) score += 10;
  }
  return score;
}

}  // namespace

std::string PageTitle(const Tree& tree) {
  for (NodeIndex i = 0; i < tree.nodes().size(); ++i) {
    if (tree[i].tag != Tag::kTitle) continue;
    wire::Marks uncounted;
    return Folded(WithoutMarks(tree.TextBelow(i), uncounted));
  }
  return {};
}

std::optional<Headline> FindHeadline(const Tree& tree, const Layout& layout, std::string_view page_title) {
  std::optional<Headline> best;
  int best_score = 0;
  for (std::uint32_t i = 0; i < layout.lines.size(); ++i) {
    const Line& line = layout.lines[i];
    const std::string_view text = layout.At(line.range);
    if (line.navigation || line.control || text.size() < 2 || text.size() > kLongestHeadline) continue;
    const int in_title = ScoreInTitle(text, page_title);
    const int element = ScoreOfElement(tree, layout, line);
    if ((in_title == 0 && element < 10) || !FieldForLabel(text).empty()) continue;
    if (in_title + element <= best_score) continue;
    best_score = in_title + element;
    best = Headline{line.range, i, static_cast<std::uint8_t>(std::min(95, 30 + best_score))};
  }
  return best;
}

}  // namespace nightjar::extract
