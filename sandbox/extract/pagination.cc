// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/pagination.h"

#include <algorithm>
#include <array>
#include <optional>

#include "sandbox/extract/words.h"
#include "sandbox/values/count.h"
#include "sandbox/values/letters.h"

namespace nightjar::extract {
namespace {

// clang-format off
constexpr auto kNextWords = std::to_array<std::string_view>({
    "next", "next page", "next »", "next ›", "next >", "next >>", "next →", "»", "›", ">", ">>", "→", "older", "nächste", "nächste seite", "weiter", "suivant", "page suivante", "siguiente", "далее", "следующая", "вперед", "вперёд", "volgende", "successivo"});
constexpr std::size_t kLongestLine = 80;
constexpr std::array<std::string_view, 4> kPagerWords = {"pag", "pager", "nav-links", "pages"};
constexpr auto kCountWords = std::to_array<std::string_view>({
    "results", "result(s)", "listings found", "items found", "products found", "offers found", "total feedback", "total positive feedback", "total neutral feedback", "total negative feedback", "matches", "treffer", "ergebnisse", "résultats",
    "resultados", "результатов", "найдено", "listings", "products", "items", "offers", "threads", "topics"});
// clang-format on

bool IsNextWord(std::string_view text) {
  if (text.empty() || text.size() > 40) return false;
  const std::string word = values::Normal(text);
  return std::find(kNextWords.begin(), kNextWords.end(), word) != kNextWords.end();
}

bool IsDoubled(std::string_view text) { return text == "»" || text == ">>"; }

bool InPager(const Tree& tree, NodeIndex node) {
  for (int steps = 0; steps < 5 && node != 0; ++steps) {
    node = tree[node].parent;
    if (ContainsAny(tree.Value(tree[node], "class"), kPagerWords)) return true;
  }
  return false;
}

// The number of a page link's text, else nothing.
std::optional<int> PageNumber(const Tree& tree, NodeIndex link) {
  if (tree[link].past - link > 6) return std::nullopt;
  const std::string text = values::Normal(tree.TextBelow(link));
  if (text.empty() || text.size() > 5 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoi(text);
}

bool IsChosen(const Tree& tree, NodeIndex node) {
  constexpr std::array<std::string_view, 4> kChosen = {"active", "current", "selected", "chosen"};
  return ContainsAny(tree.Value(tree[node], "class"), kChosen) ||
         ContainsAny(tree.Value(tree[tree[node].parent], "class"), kChosen);
}

class NextFinder final {
 public:
  explicit NextFinder(const Tree& tree) : tree_(tree) {}

  // rel=next or a word for it, else the number after the chosen one; where pages have no numbers, a sign: "»"
  // often leads to the last page.
  const parse::Attribute* Find() {
    for (NodeIndex i = 0; i < tree_.nodes().size(); ++i) {
      const parse::Node& node = tree_[i];
      if (node.tag == Tag::kSpan || node.tag == Tag::kStrong || node.tag == Tag::kB || node.tag == Tag::kLi)
        NoteChosen(i);
      if (node.tag != Tag::kA && node.tag != Tag::kLink) continue;
      const parse::Attribute* href = tree_.Find(node, "href");
      if (href == nullptr || href->value.empty() || href->value == "#") continue;
      if (parse::EqualsNoCase(tree_.Value(node, "rel"), "next")) return href;
      if (node.tag == Tag::kA) Note(i, *href);
    }
    if (by_word_ != nullptr) return by_word_;
    return by_number_ != nullptr || numbers_ > 1 ? by_number_ : by_sign_;
  }

 private:
  void NoteChosen(NodeIndex node) {
    if (!IsChosen(tree_, node) || !InPager(tree_, node)) return;
    if (const auto number = PageNumber(tree_, node)) chosen_ = *number;
  }

  void Note(NodeIndex link, const parse::Attribute& href) {
    if (tree_[link].past - link > 12) return;
    const std::string_view title = tree_.Value(tree_[link], "title");
    if (by_word_ == nullptr && (IsNextWord(title) || ContainsAny(tree_.Value(tree_[link], "class"),
                                                                 std::array<std::string_view, 1>{"next"})))
      by_word_ = &href;
    const std::string text = tree_.TextBelow(link);
    if (IsNextWord(text)) {
      const bool sign = values::Normal(text).size() <= 3;
      if (!sign && by_word_ == nullptr) by_word_ = &href;
      // "»" may be the last page: "›" wins over it.
      // it.
      if (sign && InPager(tree_, link) &&
          (by_sign_ == nullptr || (IsDoubled(sign_) && !IsDoubled(values::Normal(text))))) {
        by_sign_ = &href;
        sign_ = values::Normal(text);
      }
    }
    const auto number = PageNumber(tree_, link);
    if (!number || !InPager(tree_, link)) return;
    ++numbers_;
    if (IsChosen(tree_, link))
      chosen_ = *number;
    else if (by_number_ == nullptr && *number == chosen_ + 1)
      by_number_ = &href;
  }

  const Tree& tree_;
  const parse::Attribute* by_word_ = nullptr;
  const parse::Attribute* by_sign_ = nullptr;
  const parse::Attribute* by_number_ = nullptr;
  std::string sign_;
  int chosen_ = 1;
  int numbers_ = 0;  // links to pages by number
};

std::size_t SkipPunctuation(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == ':' || text[at] == '(')) ++at;
  return at;
}

// "Lamps (8419)", where the page's title speaks of lamps.
void ReadBracketed(const Surroundings& at, FieldList& fields) {
  for (const Line& line : at.layout.lines) {
    const std::string_view text = at.layout.At(line.range);
    if (line.navigation || line.control || !text.ends_with(')') || text.size() > kLongestLine) continue;
    const std::size_t open = text.rfind('(');
    if (open == std::string_view::npos || open < 4) continue;
    const std::string_view number = text.substr(open + 1, text.size() - open - 2);
    if (number.empty() || number.find_first_not_of("0123456789,.") != std::string_view::npos) continue;
    if (at.page_title.find(parse::Trim(text.substr(0, open))) == std::string_view::npos) continue;
    if (fields.AddTyped("announced_count", wire::FieldType::kCount,
                        Part(line.range, open + 1, text.size() - 1), 60, at.habits))
      return;
  }
}

void ReadAnnounced(const Surroundings& at, FieldList& fields) {
  for (const Line& line : at.layout.lines) {
    const std::string_view text = at.layout.At(line.range);
    if (line.navigation || line.control || text.size() > kLongestLine ||
        text.find_first_of("0123456789") == std::string_view::npos)
      continue;
    const std::string lower = values::LowerCase(text);
    for (const std::string_view word : kCountWords) {
      const std::size_t place = lower.find(word);
      if (place == std::string::npos || values::IsWordBefore(lower, place)) continue;
      // "433 results" and "Total feedback: 433": the number beside the word, with at most one word between.
      std::string_view before = std::string_view(lower).substr(0, place);
      const std::size_t digits = before.find_last_of("0123456789");
      const std::size_t past = place + word.size();
      const bool after =
          SkipPunctuation(lower, past) < lower.size() && parse::IsDigit(lower[SkipPunctuation(lower, past)]);
      std::size_t begin = after ? SkipPunctuation(lower, past) : digits;
      if (!after && (digits == std::string_view::npos || place - digits > 12)) continue;
      while (!after && begin > 0 &&
             std::string_view("0123456789,.").find(lower[begin - 1]) != std::string_view::npos)
        --begin;
      if (fields.AddTyped("announced_count", wire::FieldType::kCount,
                          {line.range.begin + static_cast<std::uint32_t>(begin), line.range.end}, 65,
                          at.habits))
        return;
    }
  }
}

}  // namespace

void ReadPagination(const Surroundings& at, FieldList& fields) {
  if (const parse::Attribute* next = NextFinder(*at.page.tree).Find()) {
    fields.AddFromAttribute({.name = "next_page",
                             .type = wire::FieldType::kLink,
                             .value = std::string(next->value),
                             .confidence = 75},
                            *next);
  }
  ReadAnnounced(at, fields);
  if (!fields.Has("announced_count")) ReadBracketed(at, fields);
}

}  // namespace nightjar::extract
