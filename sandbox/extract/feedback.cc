// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/feedback.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/labels.h"
#include "sandbox/extract/row_reader.h"
#include "sandbox/extract/rule_text.h"
#include "sandbox/extract/vendor.h"
#include "sandbox/extract/words.h"
#include "sandbox/values/duration.h"
#include "sandbox/values/letters.h"
#include "sandbox/values/rating.h"

namespace nightjar::extract {
namespace {

constexpr std::uint32_t kMostLines = 40;  // of one feedback
constexpr std::size_t kLongestDated = 60;

enum class Dated : std::uint8_t { kNot, kDate, kAge };

// Is the line mostly a date or an age?
Dated DatedPart(std::string_view text, values::Habits habits) {
  constexpr std::size_t kLongestWord = 20;  // "yesterday"
  const bool digits = text.find_first_of("0123456789") != std::string_view::npos;
  if (text.size() > kLongestDated || (!digits && text.size() > kLongestWord)) return Dated::kNot;
  if (const auto date = values::FindDate(text, habits.order); date && date->precision != "year") {
    return (date->end - date->begin) * 2 < text.size() ? Dated::kNot : Dated::kDate;
  }
  const auto age = values::FindAge(text);
  return !age || (age->end - age->begin) * 3 < text.size() ? Dated::kNot : Dated::kAge;
}

class FeedbackReader final {
 public:
  FeedbackReader(const Surroundings& at, const RowGroup& group) : at_(at), group_(group) {}

  [[nodiscard]] FieldList Read(const Row& row) const {
    FieldList fields(at_.page, at_.layout);
    if (row.lines.past - row.lines.first > kMostLines) return fields;
    std::vector<std::uint32_t> left;  // lines that say nothing else
    for (std::uint32_t i = row.lines.first; i < row.lines.past; ++i) {
      if (!AddDate(i, fields) && !AddAuthor(i, fields) && !AddScore(i, fields) && !AddAmount(row, i, fields))
        left.push_back(i);
    }
    AddStars(row, fields);
    const bool masked = fields.Has("author");
    AddNamedAuthor(row, fields);
    const std::vector<RowLink> links = LinksIn(at_, row.lines);
    AddText(row, WithoutItem(left, links), fields);
    const bool dated = fields.Has("date") || fields.Has("age");
    const bool scored = fields.Has("score");
    // A name in clear is no sign of feedback, unless its table has a column for what was said.
    const bool headed =
        fields.Has("author") && CellOf(*at_.page.tree, at_.layout, group_, row, "text").end > 0;
    if (!(dated && (scored || masked || headed)) && !(scored && masked))
      return FieldList(at_.page, at_.layout);
    AddItem(row, links, fields);
    return fields;
  }

 private:
  [[nodiscard]] Range RangeOf(std::uint32_t line) const { return at_.layout.lines[line].range; }

  bool AddDate(std::uint32_t line, FieldList& fields) const {
    const Range range = RangeOf(line);
    if (fields.Has("date") || fields.Has("age")) return false;
    const Dated dated = DatedPart(at_.layout.At(range), at_.habits);
    if (dated == Dated::kNot) return false;
    const bool day = dated == Dated::kDate;
    return fields.AddTyped(day ? "date" : "age", day ? wire::FieldType::kDate : wire::FieldType::kDuration,
                           range, 80, at_.habits);
  }

  bool AddAuthor(std::uint32_t line, FieldList& fields) const {
    const Range range = RangeOf(line);
    if (fields.Has("author") || !IsMaskedName(at_.layout.At(range))) return false;
    fields.Add({.name = "author", .value = std::string(at_.layout.At(range)), .confidence = 85}, range);
    return true;
  }

  // In the column of authors, or in an element whose class or itemprop says that it names one.
  void AddNamedAuthor(const Row& row, FieldList& fields) const {
    if (fields.Has("author")) return;
    const Tree& tree = *at_.page.tree;
    const auto add = [&](Range name, std::uint8_t confidence) {
      name = TrimIn(at_.layout, name);
      const std::string_view text = at_.layout.At(name);
      constexpr std::size_t kLongestName = 40;
      if (text.empty() || text.size() > kLongestName || text.find('\n') != std::string_view::npos) return;
      fields.Add({.name = "author", .value = std::string(text), .confidence = confidence}, name);
    };
    add(CellOf(tree, at_.layout, group_, row, "author"), 75);
    constexpr std::array<std::string_view, 5> kWords = {"author", "buyer", "reviewer", "username",
                                                        "customer"};
    constexpr NodeIndex kMostNodes = 400;
    const NodeIndex past = std::min(tree[row.node].past, row.node + kMostNodes);
    for (NodeIndex i = row.node + 1; i < past && !fields.Has("author"); ++i) {
      if (tree[i].tag == Tag::kText || tree[i].attribute_count == 0) continue;
      const bool named = ContainsAny(tree.Value(tree[i], "class"), kWords) ||
                         ContainsAny(tree.Value(tree[i], "itemprop"), kWords);
      if (named) add(ShownRange(at_.layout, i, tree[i].past), 70);
    }
  }

  // A line that is a score and nothing else: "4/5", "★★★★☆"; a tick or a cross is one of its own kind.
  bool AddScore(std::uint32_t line, FieldList& fields) const {
    const Range range = RangeOf(line);
    const std::string_view text = at_.layout.At(range);
    if (fields.Has("score") || text.size() > 40) return false;
    for (const std::string_view sign : {"☑", "✓", "✔", "☐", "☒", "✗", "👍", "👎"}) {
      if (text != sign) continue;
      fields.Add(
          {.name = "score", .type = wire::FieldType::kText, .value = std::string(text), .confidence = 60},
          range);
      return true;
    }
    const auto rating = values::FindRating(text);
    if (!rating || rating->scale.empty() || (rating->end - rating->begin) * 2 < text.size()) return false;
    return fields.AddTyped("score", wire::FieldType::kRating, range, 80, at_.habits);
  }

  bool AddAmount(const Row& row, std::uint32_t line, FieldList& fields) const {
    const Range range = RangeOf(line);
    if (fields.Has("amount")) return false;
    const Range cell = CellOf(*at_.page.tree, at_.layout, group_, row, "price");
    const auto& money = at_.money[line];
    const bool whole = money && (money->end - money->begin) * 2 >= range.end - range.begin;
    if (!whole && !(cell == range && cell.end > 0)) return false;
    return fields.AddTyped("amount", wire::FieldType::kMoney, range, whole ? 80 : 70, at_.habits);
  }

  // Pictures of stars: full ones are gold, on, full; the others grey, off, empty.
  void AddStars(const Row& row, FieldList& fields) const {
    if (fields.Has("score")) return;
    constexpr std::array<std::string_view, 1> kStar = {"star"};
    constexpr std::array<std::string_view, 7> kEmpty = {"grey",  "gray", "empty",  "off",
                                                        "blank", "none", "outline"};
    const Tree& tree = *at_.page.tree;
    int full = 0;
    int all = 0;
    const parse::Attribute* first = nullptr;
    for (NodeIndex i = row.node + 1; i < tree[row.node].past; ++i) {
      const parse::Node& node = tree[i];
      const parse::Attribute* source = tree.Find(node, node.tag == Tag::kImg ? "src" : "class");
      if (source == nullptr || !(node.tag == Tag::kImg || node.tag == Tag::kI || node.tag == Tag::kSpan))
        continue;
      if (!ContainsAny(source->value, kStar) || (node.tag == Tag::kSpan && tree[i].past > i + 1)) continue;
      if (first == nullptr) first = source;
      full += ContainsAny(source->value, kEmpty) ? 0 : 1;
      ++all;
    }
    if (first == nullptr || all < 2 || all > 10) return;
    fields.AddFromAttribute({.name = "score",
                             .type = wire::FieldType::kRating,
                             .value = std::to_string(full),
                             .unit = all == 5    ? "5"
                                     : all == 10 ? "10"
                                                 : "",
                             .confidence = 75},
                            *first);
  }

  // The lines without those that only name the item, where any are left then.
  [[nodiscard]] std::vector<std::uint32_t> WithoutItem(const std::vector<std::uint32_t>& lines,
                                                       const std::vector<RowLink>& links) const {
    std::vector<std::uint32_t> rest;
    for (const std::uint32_t line : lines) {
      const std::uint32_t size = RangeOf(line).end - RangeOf(line).begin;
      const bool names = std::any_of(links.begin(), links.end(), [&](const RowLink& link) {
        return link.line == line && !IsProfileLink(link.href->value) &&
               (link.text.end - link.text.begin) * 2 >= size;
      });
      if (!names) rest.push_back(line);
    }
    return rest.empty() ? lines : rest;
  }

  // In its column, else the longest line that is left.
  void AddText(const Row& row, const std::vector<std::uint32_t>& left, FieldList& fields) const {
    Range text = CellOf(*at_.page.tree, at_.layout, group_, row, "text");
    const bool cell = text.end > 0;
    for (const std::uint32_t line : left) {
      const Range range = RangeOf(line);
      const bool inside = !cell || (text.begin <= range.begin && range.end <= text.end);
      if (!inside || at_.layout.lines[line].control) continue;
      if (cell) {
        text = range;  // its first line: what follows names the item
        break;
      }
      if (range.end - range.begin > text.end - text.begin) text = range;
    }
    if (text.end > text.begin)
      fields.Add({.name = "text", .value = std::string(at_.layout.At(text)), .confidence = 70}, text);
  }

  // What the feedback is about: the first link, and its text; or what stands in the column of titles.
  void AddItem(const Row& row, const std::vector<RowLink>& links, FieldList& fields) const {
    Range title = CellOf(*at_.page.tree, at_.layout, group_, row, "title");
    if (!links.empty()) {
      const RowLink& link = links.front();
      fields.AddFromAttribute({.name = "link",
                               .type = wire::FieldType::kLink,
                               .value = std::string(link.href->value),
                               .confidence = 60},
                              *link.href);
      if (title.end == 0 && !IsProfileLink(link.href->value) && !IsMaskedName(at_.layout.At(link.text)))
        title = link.text;
    }
    title = TrimIn(at_.layout, title);
    if (title.end - title.begin < 2) return;
    fields.Add({.name = "item_title", .value = std::string(at_.layout.At(title)), .confidence = 65}, title);
  }

  const Surroundings& at_;
  const RowGroup& group_;
};

// Lines that no feedback is without: a masked name, or mostly a date or an age. Looked at once, for rows lie
// in rows.
std::vector<std::uint32_t> TellingLines(const Surroundings& at) {
  std::vector<std::uint32_t> telling;
  for (std::uint32_t i = 0; i < at.layout.lines.size(); ++i) {
    if (at.layout.lines[i].navigation || at.layout.lines[i].control) continue;
    const std::string_view text = at.layout.At(at.layout.lines[i].range);
    if (text.size() <= kLongestDated && (IsMaskedName(text) || DatedPart(text, at.habits) != Dated::kNot))
      telling.push_back(i);
  }
  return telling;
}

bool HasFeedbackColumns(const RowGroup& group) {
  const auto has = [&](std::string_view name) {
    return std::find(group.columns.begin(), group.columns.end(), name) != group.columns.end();
  };
  return has("text") && (has("author") || has("date") || has("score"));
}

}  // namespace

bool IsMaskedName(std::string_view text) {
  if (text.size() < 4 || text.size() > 24 || !values::IsWordAt(text, 0)) return false;
  std::size_t points = 0;
  std::size_t stars = 0;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < text.size(); at += values::CharacterSize(text, at)) {
    points += text[at] == '.' ? 1 : 0;
    stars += text[at] == '*' ? 1 : 0;
    if (values::IsWordAt(text, at)) {
      ++letters;
    } else if (std::string_view(".* _-").find(text[at]) == std::string_view::npos) {
      return false;
    }
  }
  return (points >= 3 || stars >= 2) && letters <= 6 && (points + stars) * 2 > letters;
}

FeedbackFound ReadFeedback(const Surroundings& at, const std::vector<RowGroup>& groups) {
  FeedbackFound found;
  Taken taken;
  const std::vector<std::uint32_t> telling = TellingLines(at);
  const auto tells = [&](Lines lines) {
    const auto next = std::lower_bound(telling.begin(), telling.end(), lines.first);
    return next != telling.end() && *next < lines.past;
  };
  for (const RowGroup& group : groups) {
    const bool headed = HasFeedbackColumns(group);
    found.headed |= headed;
    if (taken.Overlaps(group)) continue;
    const FeedbackReader reader(at, group);
    std::vector<wire::Item> items;
    for (const Row& row : group.rows) {
      if (!tells(row.lines)) continue;
      FieldList fields = reader.Read(row);
      if (!fields.fields().empty()) items.push_back(MakeItem(at, "feedback", row, fields));
    }
    if (items.empty() || items.size() * 2 < group.rows.size()) continue;
    taken.Take(group);
    std::move(items.begin(), items.end(), std::back_inserter(found.items));
  }
  std::stable_sort(found.items.begin(), found.items.end(),
                   [](const wire::Item& a, const wire::Item& b) { return a.span.begin < b.span.begin; });
  return found;
}

}  // namespace nightjar::extract
