// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/rows.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/labels.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

// A row cannot be one of these.
bool MayBeRow(Tag tag) {
  constexpr std::array kNever = {Tag::kText, Tag::kTd,  Tag::kTh,     Tag::kOption, Tag::kInput,
                                 Tag::kBr,   Tag::kImg, Tag::kScript, Tag::kStyle,  Tag::kMeta,
                                 Tag::kLink, Tag::kB,   Tag::kI,      Tag::kStrong, Tag::kSmall,
                                 Tag::kFont, Tag::kEm,  Tag::kHr,     Tag::kHead};
  return std::find(kNever.begin(), kNever.end(), tag) == kNever.end();
}

// The kind of an element: its tag and the first word of its class that does not only count or alternate.
// FNV-1a.
std::uint64_t KindOf(const Tree& tree, const parse::Node& node) {
  constexpr std::array<std::string_view, 12> kAlternating = {
      "odd", "even", "alt", "first", "last", "row1", "row2", "bg1", "bg2", "sticky", "active", "new"};
  std::uint64_t hash = 0xcbf29ce484222325ULL ^ static_cast<std::uint64_t>(node.tag);
  std::string_view names = node.attribute_count == 0 ? std::string_view() : tree.Value(node, "class");
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    const std::string_view word = names.substr(0, end);
    names.remove_prefix(std::min(end + 1, names.size()));
    if (word.empty() || std::find(kAlternating.begin(), kAlternating.end(), word) != kAlternating.end())
      continue;
    for (const char c : word) {
      if (!parse::IsDigit(c)) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    break;
  }
  return hash;
}

// One of a numbered series, even where it stands alone: the only post of a thread, "p1234".
bool IsNumbered(const Tree& tree, const parse::Node& node) {
  const std::string_view id = node.attribute_count == 0 ? std::string_view() : tree.Value(node, "id");
  return !id.empty() && parse::IsDigit(id.back()) && parse::IsAlpha(id.front());
}

struct Child {
  std::uint64_t kind;
  NodeIndex node;
};

// Rows have lines of their own, and stand in the page's matter.
bool MakeRow(const Tree& tree, const Layout& layout, NodeIndex node, Row& row) {
  row = {node, LinesBelow(tree, layout, node)};
  if (row.lines.first >= row.lines.past) return false;
  const Line& last = layout.lines[row.lines.past - 1];
  return !layout.lines[row.lines.first].navigation && layout.runs[last.past_run - 1].node < tree[node].past;
}

std::string_view ColumnOf(std::string_view heading) {
  struct Column {
    std::string_view heading, field;
  };
  // clang-format off
  constexpr Column kColumns[] = {
      {"item", "title"}, {"items", "title"}, {"product", "title"}, {"products", "title"}, {"title", "title"}, {"listing", "title"}, {"name", "title"}, {"offer", "title"}, {"artikel", "title"}, {"товар", "title"},
      {"topic", "thread"}, {"topics", "thread"}, {"thread", "thread"}, {"threads", "thread"}, {"subject", "thread"}, {"discussion", "thread"}, {"thema", "thread"}, {"themen", "thread"}, {"тема", "thread"}, {"темы", "thread"}, {"sujet", "thread"},
      {"author", "author"}, {"started by", "author"}, {"poster", "author"}, {"buyer", "author"}, {"user", "author"}, {"from", "author"}, {"customer", "author"}, {"автор", "author"}, {"autor", "author"}, {"auteur", "author"}, {"käufer", "author"},
      {"replies", "replies"}, {"posts", "replies"}, {"answers", "replies"}, {"antworten", "replies"}, {"ответы", "replies"}, {"réponses", "replies"}, {"respuestas", "replies"},
      {"last post", "last_post"}, {"last reply", "last_post"}, {"latest", "last_post"}, {"letzter beitrag", "last_post"}, {"последнее сообщение", "last_post"},
      {"feedback", "text"}, {"comment", "text"}, {"comments", "text"}, {"review", "text"}, {"message", "text"}, {"kommentar", "text"}, {"отзыв", "text"}, {"commentaire", "text"}, {"comentario", "text"},
      {"date", "date"}, {"date time", "date"}, {"time", "date"}, {"when", "date"}, {"age", "date"}, {"freshness", "date"}, {"datum", "date"}, {"дата", "date"}, {"fecha", "date"},
      {"score", "score"}, {"stars", "score"}, {"rating", "score"},
      {"quantity", "quantity"}, {"qty", "quantity"}, {"units", "quantity"}, {"pieces", "quantity"}, {"weight", "quantity"}, {"menge", "quantity"}, {"quantité", "quantity"}, {"cantidad", "quantity"}, {"количество", "quantity"},
      {"method", "method"}, {"shipping method", "method"}, {"shipping", "method"}, {"shipping option", "method"}, {"delivery", "method"}, {"delivery method", "method"}, {"versandart", "method"}, {"доставка", "method"},
  };
  // clang-format on
  if (heading.size() > 40) return {};
  const std::string folded = parse::Lower(Folded(heading));
  for (const Column& column : kColumns) {
    if (column.heading == folded) return column.field;
  }
  if (const std::string_view field = FieldForLabel(folded); !field.empty()) return field;
  const std::size_t slash = folded.find(" / ");  // "Thread / Author": what stands first in the cell
  return slash == std::string::npos ? std::string_view()
                                    : ColumnOf(std::string_view(folded).substr(0, slash));
}

constexpr int kWidestCell = 32;

// How many columns a cell reaches over.
int WidthOf(const Tree& tree, NodeIndex cell) {
  const std::string_view printed = tree.Value(tree[cell], "colspan");
  if (printed.empty() || printed.size() > 2 ||
      printed.find_first_not_of("0123456789") != std::string_view::npos)
    return 1;
  return std::clamp(std::stoi(std::string(printed)), 1, kWidestCell);
}

// The headings of a row: of th, or of td that all are known headings. Empty where it is none.
std::vector<std::string_view> HeadingsOf(const Tree& tree, NodeIndex row) {
  constexpr NodeIndex kLargestHeading = 40;  // nodes of one cell
  std::vector<std::string_view> columns;
  std::size_t cells = 0;
  std::size_t headings = 0;
  std::size_t known = 0;
  for (NodeIndex cell = row + 1; cell < tree[row].past; cell = tree[cell].past) {
    if (tree[cell].tag == Tag::kText) continue;
    ++cells;
    headings += tree[cell].tag == Tag::kTh ? 1 : 0;
    const bool small = tree[cell].past - cell <= kLargestHeading;
    columns.push_back(small ? ColumnOf(tree.TextBelow(cell)) : std::string_view());
    known += columns.back().empty() ? 0 : 1;
    for (int more = WidthOf(tree, cell); more > 1; --more) columns.emplace_back();
  }
  const bool heads = headings == cells || (headings == 0 && known == cells);
  return cells >= 2 && heads ? columns : std::vector<std::string_view>{};
}

// The nearest row of headings above the group's first row in the same table, or that row itself.
std::vector<std::string_view> ReadColumns(const Tree& tree, const RowGroup& group) {
  const NodeIndex first = group.rows.front().node;
  if (tree[first].tag != Tag::kTr) return {};
  NodeIndex table = group.parent;
  for (int steps = 0; steps < 3 && tree[table].tag != Tag::kTable; ++steps) table = tree[table].parent;
  if (tree[table].tag != Tag::kTable) return {};
  constexpr int kMostNodes = 400;  // of a heading: enough for any, and a bound
  int seen = 0;
  for (NodeIndex i = table + 1; i <= first && seen < kMostNodes; ++i, ++seen) {
    if (tree[i].tag != Tag::kTr) continue;
    if (std::vector<std::string_view> columns = HeadingsOf(tree, i); !columns.empty()) return columns;
  }
  return {};
}

}  // namespace

std::vector<RowGroup> FindRows(const Tree& tree, const Layout& layout) {
  std::vector<RowGroup> groups;
  std::vector<Child> children;
  for (NodeIndex parent = static_cast<NodeIndex>(tree.nodes().size());
       parent-- > 0 && groups.size() < kMostGroups;) {
    if (tree[parent].past < parent + 3 || tree[parent].tag == Tag::kText || tree[parent].tag == Tag::kSelect)
      continue;
    children.clear();
    for (NodeIndex i = parent + 1; i < tree[parent].past; i = tree[i].past) {
      if (MayBeRow(tree[i].tag)) children.push_back({KindOf(tree, tree[i]), i});
    }
    if (children.size() < 2 && tree[parent].tag != Tag::kTbody &&
        (children.empty() || !IsNumbered(tree, tree[children[0].node]))) {
      continue;
    }
    std::stable_sort(children.begin(), children.end(),
                     [](const Child& a, const Child& b) { return a.kind < b.kind; });
    for (std::size_t i = 0; i < children.size();) {
      RowGroup group{.parent = parent, .rows = {}, .columns = {}};
      const std::uint64_t kind = children[i].kind;
      for (; i < children.size() && children[i].kind == kind; ++i) {
        Row row;
        if (MakeRow(tree, layout, children[i].node, row)) group.rows.push_back(row);
      }
      if (group.rows.empty()) continue;
      group.columns = ReadColumns(tree, group);
      const bool many = group.rows.size() >= 2 || !group.columns.empty();
      if (many || IsNumbered(tree, tree[group.rows.front().node])) groups.push_back(std::move(group));
    }
  }
  return groups;
}

Range CellOf(const Tree& tree, const Layout& layout, const RowGroup& group, const Row& row,
             std::string_view column) {
  const auto found = std::find(group.columns.begin(), group.columns.end(), column);
  if (found == group.columns.end()) return {};
  std::size_t left = static_cast<std::size_t>(found - group.columns.begin());
  for (NodeIndex cell = row.node + 1; cell < tree[row.node].past; cell = tree[cell].past) {
    if (tree[cell].tag == Tag::kText) continue;
    if (left-- == 0) return TextOf(layout, LinesBelow(tree, layout, cell));
  }
  return {};
}

}  // namespace nightjar::extract
