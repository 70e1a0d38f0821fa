// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/pagination.h"

#include <algorithm>
#include <array>
#include <optional>

#include "sandbox/extract/rule_text.h"
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

  struct Numbers {
    NodeIndex chosen = 0, last = 0;  // elements that print the number; 0: none
  };
  // Which page this is and how many there are, as far as links to pages by number say so: the greatest number
  // is the last page's where it stands apart from the others ("1 2 3 ... 87") or says so.
  [[nodiscard]] Numbers Numbered() const {
    if (numbers_ == 0) return {};
    return {chosen_node_ != 0 ? chosen_node_ : bare_node_, apart_ ? greatest_node_ : 0};
  }

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
      if (by_rel_ == nullptr && parse::EqualsNoCase(tree_.Value(node, "rel"), "next")) by_rel_ = href;
      if (node.tag == Tag::kA) Note(i, *href);
    }
    if (by_rel_ != nullptr) return by_rel_;
    if (by_word_ != nullptr) return by_word_;
    if (chosen_node_ == 0 && after_bare_ != nullptr) return after_bare_;
    return by_number_ != nullptr || numbers_ > 1 ? by_number_ : by_sign_;
  }

 private:
  void NoteChosen(NodeIndex node) {
    const bool chosen = IsChosen(tree_, node);
    if ((!chosen && (bare_node_ != 0 || !IsBare(node))) || !InPager(tree_, node)) return;
    const auto number = PageNumber(tree_, node);
    if (!number) return;
    if (chosen) return Choose(node, *number);
    bare_ = *number;
    bare_node_ = node;
  }

  // No link and in none: among links to pages, the page that is shown.
  [[nodiscard]] bool IsBare(NodeIndex node) const {
    for (NodeIndex i = node; i < tree_[node].past; ++i)
      if (tree_[i].tag == Tag::kA) return false;
    const NodeIndex parent = tree_[node].parent;
    return tree_[parent].tag != Tag::kA && tree_[tree_[parent].parent].tag != Tag::kA;
  }

  void Choose(NodeIndex node, int number) {
    chosen_ = number;
    if (chosen_node_ == 0) chosen_node_ = node;
  }

  void NoteNumber(NodeIndex link, int number) {
    if (number <= greatest_) return;
    apart_ = (greatest_ > 0 && number > greatest_ + 1) ||
             ContainsAny(tree_.Value(tree_[link], "class"), std::array<std::string_view, 1>{"last"});
    greatest_ = number;
    greatest_node_ = link;
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
      if (sign && InPager(tree_, link) &&
          (by_sign_ == nullptr || (IsDoubled(sign_) && !IsDoubled(values::Normal(text))))) {
        by_sign_ = &href;
        sign_ = values::Normal(text);
      }
    }
    const auto number = PageNumber(tree_, link);
    if (!number || !InPager(tree_, link)) return;
    ++numbers_;
    NoteNumber(link, *number);
    if (after_bare_ == nullptr && bare_node_ != 0 && *number == bare_ + 1) after_bare_ = &href;
    if (IsChosen(tree_, link))
      Choose(link, *number);
    else if (by_number_ == nullptr && *number == chosen_ + 1)
      by_number_ = &href;
  }

  const Tree& tree_;
  const parse::Attribute* by_rel_ = nullptr;
  const parse::Attribute* by_word_ = nullptr;
  const parse::Attribute* by_sign_ = nullptr;
  const parse::Attribute* by_number_ = nullptr;
  std::string sign_;
  int chosen_ = 1;
  int numbers_ = 0;  // links to pages by number
  int greatest_ = 0;
  NodeIndex chosen_node_ = 0, greatest_node_ = 0;
  int bare_ = 0;  // the first number that is no link, where no class says which is chosen
  NodeIndex bare_node_ = 0;
  const parse::Attribute* after_bare_ = nullptr;
  bool apart_ = false;
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

bool AddCount(const Surroundings& at, std::string_view name, Range line, std::size_t begin,
              FieldList& fields) {
  return fields.AddTyped(name, wire::FieldType::kCount, Part(line, begin, line.end - line.begin), 70,
                         at.habits);
}

// Where the number before `end` begins, blanks between passed; npos where there is none.
std::size_t NumberBefore(std::string_view text, std::size_t end) {
  while (end > 0 && text[end - 1] == ' ') --end;
  std::size_t begin = end;
  while (begin > 0 && (parse::IsDigit(text[begin - 1]) || text[begin - 1] == ',' || text[begin - 1] == '.'))
    --begin;
  return begin == end ? std::string_view::npos : begin;
}

// "Showing 1-20 of 345" and "Page 2 of 9": what stands before the first number says which it is.
void ReadOf(const Surroundings& at, Range line, FieldList& fields) {
  const std::string lower = values::LowerCase(at.layout.At(line));
  const std::string_view text = lower;
  for (const std::string_view of : {" of ", " von ", " sur ", " de ", " из ", "/"}) {
    const std::size_t cut = text.find(of);
    if (cut == std::string_view::npos || cut == 0) continue;
    const std::size_t after = cut + of.size();
    const std::size_t first = NumberBefore(text, cut);
    if (first == std::string_view::npos || after >= text.size() || !parse::IsDigit(text[after])) continue;
    std::string_view before = parse::Trim(text.substr(0, first));
    const bool page = before.ends_with("page") || before.ends_with("seite") || before.ends_with("página") ||
                      before.ends_with("страница");
    if (page && !fields.Has("last_page")) {
      AddCount(at, "page", line, first, fields);
      AddCount(at, "last_page", line, after, fields);
    }
    for (const std::string_view sign : {"-", "–", "—", "to", "bis"}) {
      if (of == "/" || !before.ends_with(sign)) continue;
      before.remove_suffix(sign.size());
      if (NumberBefore(before, before.size()) != std::string_view::npos && !fields.Has("announced_count"))
        AddCount(at, "announced_count", line, after, fields);
    }
  }
}

// "12 posts" and "Pages (12):" beside the links to the pages.
void ReadBesidePager(const Surroundings& at, const Line& line, FieldList& fields) {
  if (!InPager(*at.page.tree, at.layout.runs[line.first_run].node)) return;
  const std::string lower = values::LowerCase(at.layout.At(line.range));
  constexpr std::array<std::string_view, 5> kPosts = {" post", " message", " repl", " beitr", " сообщ"};
  if (parse::IsDigit(lower.front()) && ContainsAny(lower, kPosts) && !fields.Has("announced_count"))
    AddCount(at, "announced_count", line.range, 0, fields);
  for (const std::string_view pages : {"pages (", "seiten (", "страницы ("}) {
    if (lower.starts_with(pages) && !fields.Has("last_page"))
      AddCount(at, "last_page", line.range, pages.size(), fields);
  }
}

void ReadNumbers(const Surroundings& at, const NextFinder::Numbers& numbers, FieldList& fields) {
  for (const Line& line : at.layout.lines) {
    if (line.control || line.range.end - line.range.begin > kLongestLine ||
        at.layout.At(line.range).find_first_of("0123456789") == std::string_view::npos)
      continue;
    ReadOf(at, line.range, fields);
    ReadBesidePager(at, line, fields);
  }
  const auto add = [&](std::string_view name, NodeIndex node) {
    if (node == 0 || fields.Has(name)) return;
    fields.AddTyped(name, wire::FieldType::kCount, ShownRange(at.layout, node, (*at.page.tree)[node].past),
                    70, at.habits);
  };
  add("page", numbers.chosen);
  add("last_page", numbers.last);
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
  NextFinder finder(*at.page.tree);
  if (const parse::Attribute* next = finder.Find()) {
    fields.AddFromAttribute({.name = "next_page",
                             .type = wire::FieldType::kLink,
                             .value = std::string(next->value),
                             .confidence = 75},
                            *next);
  }
  ReadNumbers(at, finder.Numbered(), fields);
  if (!fields.Has("announced_count")) ReadAnnounced(at, fields);
  if (!fields.Has("announced_count")) ReadBracketed(at, fields);
}

}  // namespace nightjar::extract
