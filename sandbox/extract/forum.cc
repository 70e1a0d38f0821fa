// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/forum.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/labels.h"
#include "sandbox/extract/post_text.h"
#include "sandbox/extract/row_reader.h"
#include "sandbox/extract/title.h"
#include "sandbox/extract/trail.h"
#include "sandbox/extract/vendor.h"
#include "sandbox/extract/words.h"
#include "sandbox/values/count.h"
#include "sandbox/values/letters.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestDated = 120;
constexpr std::size_t kLongestTitle = 300;
constexpr std::uint32_t kMostThreadLines = 30;
constexpr std::array<std::string_view, 5> kPostClasses = {"post", "message", "comment", "reply", "entry"};
// Words of the class of what a post says, in the manner of the common programs.
constexpr std::array<std::string_view, 22> kBodyClasses = {
    "content",         "body",           "postbody",        "post_body",   "post-body", "post-content",
    "post_content",    "post-text",      "posttext",        "text",        "message",   "message-body",
    "message-content", "messagecontent", "messagetext",     "inner",       "entry",     "entry-content",
    "comment-body",    "comment-text",   "comment-content", "post-message"};
constexpr std::array<std::string_view, 7> kThreadLinks = {"viewtopic", "showthread", "thread", "topic",
                                                          "?t=",       "discussion", "/d/"};

wire::FieldType Text() { return wire::FieldType::kText; }

// The first line of the row that prints a day and little else.
std::uint32_t DatedLine(const Surroundings& at, Lines lines) {
  for (std::uint32_t i = lines.first; i < lines.past; ++i) {
    const std::string_view text = at.layout.At(at.layout.lines[i].range);
    if (text.size() > kLongestDated || text.find_first_of("0123456789") == std::string_view::npos) continue;
    if (FieldForLabel(text.substr(0, text.find(':'))) == "member_since") continue;
    const auto date = values::FindDate(text, at.habits.order);
    if (date && date->precision != "year" && date->precision != "month") return i;
  }
  return lines.past;
}

class PostReader final {
 public:
  explicit PostReader(const Surroundings& at) : at_(at) {}

  [[nodiscard]] FieldList Read(const Row& row) const {
    FieldList fields(at_.page, at_.layout);
    const Tree& tree = *at_.page.tree;
    const bool named = ContainsAny(tree.Value(tree[row.node], "class"), kPostClasses) ||
                       ContainsAny(tree.Value(tree[row.node], "id"), kPostClasses);
    const std::uint32_t dated = DatedLine(at_, row.lines);
    if (dated == row.lines.past) return fields;
    const auto author = Author(row);
    if (!author) return fields;
    const Lines body = Body(row, dated);
    if (body.first >= body.past || (!named && row.lines.past - row.lines.first < 3)) return fields;
    const std::uint8_t confidence = named ? 80 : 60;
    fields.Add({.name = "author",
                .type = Text(),
                .value = std::string(at_.layout.At(*author)),
                .confidence = confidence},
               *author);
    fields.AddTyped("posted_at", wire::FieldType::kDate, at_.layout.lines[dated].range, confidence,
                    at_.habits);
    ReadPostText(at_, body, confidence, fields);
    AddEdited(row, fields);
    AddNumber(row, fields);
    return fields;
  }

 private:
  // The first link to a profile.
  [[nodiscard]] std::optional<Range> Author(const Row& row) const {
    for (const RowLink& link : LinksIn(at_, row.lines)) {
      const std::size_t size = link.text.end - link.text.begin;
      if (IsProfileLink(link.href->value) && size >= 1 && size <= 64) return link.text;
    }
    return std::nullopt;
  }

  // The longest element whose class calls it so, else what follows the line with the day. Elements around the
  // line with the day are the post, not its text.
  [[nodiscard]] Lines Body(const Row& row, std::uint32_t dated) const {
    const Tree& tree = *at_.page.tree;
    Lines body{dated + 1, row.lines.past};
    std::uint32_t longest = 0;
    for (NodeIndex i = row.node + 1; i < tree[row.node].past; ++i) {
      if (tree[i].tag == Tag::kText || tree[i].attribute_count == 0 || !CallsItselfBody(tree[i])) continue;
      const Lines below = LinesBelow(tree, at_.layout, i);
      if (below.first >= below.past || below.Holds(dated)) continue;
      const Range text = TextOf(at_.layout, below);
      if (text.end - text.begin <= longest) continue;
      longest = text.end - text.begin;
      body = below;
    }
    return body;
  }

  [[nodiscard]] bool CallsItselfBody(const parse::Node& node) const {
    const std::string_view words = at_.page.tree->Value(node, "class");
    return std::any_of(kBodyClasses.begin(), kBodyClasses.end(), [&](std::string_view word) {
      const std::size_t at = words.find(word);
      const std::size_t past = at + word.size();
      return at != std::string_view::npos && (at == 0 || words[at - 1] == ' ') &&
             (past == words.size() || words[past] == ' ');
    });
  }

  // "Last edited by bob on Tue Feb 04, 2020".
  void AddEdited(const Row& row, FieldList& fields) const {
    constexpr std::array<std::string_view, 5> kEdited = {"last edit", "edited", "zuletzt bearbeitet",
                                                         "this post was last modified", "modifié"};
    constexpr std::size_t kLongestLine = 200;
    for (std::uint32_t i = row.lines.first; i < row.lines.past; ++i) {
      const Range line = at_.layout.lines[i].range;
      const std::string_view text = at_.layout.At(line);
      const auto begins = [&](std::string_view word) {
        return parse::StartsWithNoCase(text.substr(text.find_first_not_of("([« ") != std::string_view::npos
                                                       ? text.find_first_not_of("([« ")
                                                       : 0),
                                       word);
      };
      if (text.size() > kLongestLine || !std::any_of(kEdited.begin(), kEdited.end(), begins)) continue;
      if (fields.AddTyped("edited_at", wire::FieldType::kDate, line, 70, at_.habits)) return;
    }
  }

  // "p1234" in the id of the post, or of the first element in it that has one so numbered ("msg_1234").
  void AddNumber(const Row& row, FieldList& fields) const {
    const Tree& tree = *at_.page.tree;
    constexpr NodeIndex kNear = 200;
    const NodeIndex past = std::min(tree[row.node].past, row.node + kNear);
    const parse::Attribute* id = nullptr;
    std::size_t digits = 0;
    for (NodeIndex i = row.node; i < past && id == nullptr; ++i) {
      const parse::Attribute* found = tree[i].attribute_count == 0 ? nullptr : tree.Find(tree[i], "id");
      if (found == nullptr || !IsPostId(found->value, digits)) continue;
      id = found;
    }
    if (id == nullptr) return;
    fields.AddFromAttribute({.name = "post_id",
                             .type = wire::FieldType::kText,
                             .value = std::string(id->value.substr(digits)),
                             .confidence = 70},
                            *id);
  }

  // Letters of a post's id, then digits from `digits` on.
  static bool IsPostId(std::string_view id, std::size_t& digits) {
    constexpr std::array<std::string_view, 2> kWhole = {"p", "c"};
    constexpr std::array<std::string_view, 5> kBegin = {"post", "msg", "message", "comment", "pid"};
    digits = id.find_first_of("0123456789");
    if (digits == std::string_view::npos ||
        id.find_first_not_of("0123456789", digits) != std::string_view::npos)
      return false;
    const std::string_view before = id.substr(0, digits);
    if (before.starts_with("poster")) return false;
    return std::find(kWhole.begin(), kWhole.end(), before) != kWhole.end() ||
           std::any_of(kBegin.begin(), kBegin.end(),
                       [&](std::string_view word) { return before.starts_with(word); });
  }

  const Surroundings& at_;
};

bool Holds(const RowGroup& group, std::string_view column) {
  return std::find(group.columns.begin(), group.columns.end(), column) != group.columns.end();
}

class ThreadReader final {
 public:
  ThreadReader(const Surroundings& at, const RowGroup& group) : at_(at), group_(group) {}

  [[nodiscard]] FieldList Read(const Row& row) const {
    FieldList fields(at_.page, at_.layout);
    if (row.lines.past - row.lines.first > kMostThreadLines) return fields;
    const std::vector<RowLink> links = LinksIn(at_, row.lines);
    const bool headed = Holds(group_, "thread");
    const auto title = std::find_if(links.begin(), links.end(), [&](const RowLink& link) {
      const std::size_t size = link.text.end - link.text.begin;
      return size > 0 && size <= kLongestTitle && !IsProfileLink(link.href->value) &&
             (headed || ContainsAny(link.href->value, kThreadLinks));
    });
    if (title == links.end()) return fields;
    const std::uint8_t confidence = headed ? 80 : 65;
    fields.Add({.name = "title",
                .type = Text(),
                .value = std::string(at_.layout.At(title->text)),
                .confidence = confidence},
               title->text);
    fields.AddFromAttribute({.name = "link",
                             .type = wire::FieldType::kLink,
                             .value = std::string(title->href->value),
                             .confidence = confidence},
                            *title->href);
    for (const RowLink& link : links) {
      if (!IsProfileLink(link.href->value) || link.text.end == link.text.begin || fields.Has("author"))
        continue;
      fields.Add({.name = "author",
                  .type = Text(),
                  .value = std::string(at_.layout.At(link.text)),
                  .confidence = confidence},
                 link.text);
    }
    AddReplies(row, fields);
    const Range views = CellOf(*at_.page.tree, at_.layout, group_, row, "views");
    if (views.end > 0) fields.AddTyped("views", wire::FieldType::kCount, views, 80, at_.habits);
    AddLastPost(row, fields);
    return fields;
  }

 private:
  // In its column, or a line of a number and a word for answers.
  void AddReplies(const Row& row, FieldList& fields) const {
    const Range cell = CellOf(*at_.page.tree, at_.layout, group_, row, "replies");
    if (cell.end > 0 && fields.AddTyped("replies", wire::FieldType::kCount, cell, 80, at_.habits)) return;
    constexpr std::array<std::string_view, 7> kWords = {"repl",    "answer",    "antwort", "post",
                                                        "réponse", "respuesta", "ответ"};
    for (std::uint32_t i = row.lines.first; i < row.lines.past; ++i) {
      const Range line = at_.layout.lines[i].range;
      const std::string_view text = at_.layout.At(line);
      if (text.size() > 40 || !ContainsAny(text, kWords)) continue;
      if (fields.AddTyped("replies", wire::FieldType::kCount, line, 65, at_.habits)) return;
    }
  }

  void AddLastPost(const Row& row, FieldList& fields) const {
    Range cell = CellOf(*at_.page.tree, at_.layout, group_, row, "last_post");
    if (cell.end == 0) cell = CellOf(*at_.page.tree, at_.layout, group_, row, "date");
    if (cell.end > 0 && fields.AddTyped("last_post", wire::FieldType::kDate, cell, 80, at_.habits)) return;
    const std::uint32_t dated = DatedLine(at_, row.lines);
    if (dated < row.lines.past)
      fields.AddTyped("last_post", wire::FieldType::kDate, at_.layout.lines[dated].range, 50, at_.habits);
  }

  const Surroundings& at_;
  const RowGroup& group_;
};

bool IsPriced(const Surroundings& at, const Row& row) {
  const auto past = at.money.begin() + std::min(row.lines.past, row.lines.first + kMostThreadLines);
  return std::any_of(at.money.begin() + row.lines.first, past,
                     [](const auto& money) { return money.has_value(); });
}

template <typename ReadRow>
std::vector<wire::Item> ReadRows(const Surroundings& at, const std::vector<RowGroup>& groups,
                                 std::string_view kind, const ReadRow& read) {
  std::vector<wire::Item> all;
  Taken taken;
  for (const RowGroup& group : groups) {
    if (taken.Overlaps(group)) continue;
    std::vector<wire::Item> items;
    for (const Row& row : group.rows) {
      FieldList fields = read(group, row);
      if (!fields.fields().empty()) items.push_back(MakeItem(at, kind, row, fields));
    }
    if (items.empty() || items.size() * 2 < group.rows.size()) continue;
    taken.Take(group);
    std::move(items.begin(), items.end(), std::back_inserter(all));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const wire::Item& a, const wire::Item& b) { return a.span.begin < b.span.begin; });
  return all;
}

}  // namespace

std::vector<wire::Item> ReadPosts(const Surroundings& at, const std::vector<RowGroup>& groups) {
  const PostReader reader(at);
  return ReadRows(at, groups, "post", [&](const RowGroup& group, const Row& row) {
    const bool board = Holds(group, "replies") || Holds(group, "last_post");
    return board ? FieldList(at.page, at.layout) : reader.Read(row);
  });
}

void ReadThreadPage(const Surroundings& at, FieldList& fields) {
  std::string title;
  if (const auto headline = FindHeadline(*at.page.tree, at.layout, at.page_title)) {
    title = at.layout.At(headline->range);
    fields.Add({.name = "title", .value = title, .confidence = headline->confidence}, headline->range);
  }
  auto trail = FindTrail(*at.page.tree, at.layout, title);
  if (!trail) return;
  fields.Add({.name = "board", .value = std::move(trail->path), .confidence = 75}, trail->range);
}

std::vector<wire::Item> ReadThreads(const Surroundings& at, const std::vector<RowGroup>& groups) {
  return ReadRows(at, groups, "thread", [&](const RowGroup& group, const Row& row) {
    const bool fits = Holds(group, "thread") || (group.rows.size() >= 2 && !IsPriced(at, row));
    return fits ? ThreadReader(at, group).Read(row) : FieldList(at.page, at.layout);
  });
}

}  // namespace nightjar::extract
