// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/pairs.h"

#include <algorithm>
#include <array>
#include <optional>

#include "sandbox/extract/labels.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

constexpr std::uint8_t kByCell = 90;
constexpr std::uint8_t kByColon = 85;
constexpr std::uint8_t kByNextBox = 70;
constexpr std::uint8_t kByRun = 65;
constexpr std::size_t kLongestPrintedLabel = 60;

struct Label {
  std::string_view field;
  std::uint32_t past = 0;  // where the value may begin
  bool colon = false;
};

bool IsSeparator(char c) { return c == ':' || c == ' ' || c == '-' || c == '|'; }

class PairFinder final {
 public:
  PairFinder(const Tree& tree, const Layout& layout) : tree_(tree), layout_(layout) {}

  std::vector<Pair> Find() && {
    for (std::uint32_t i = 0; i < layout_.lines.size(); ++i) {
      const Line& line = layout_.lines[i];
      if (!line.navigation && !line.control) FindInLine(i);
    }
    return std::move(pairs_);
  }

 private:
  void FindInLine(std::uint32_t line_number) {
    const Line& line = layout_.lines[line_number];
    for (std::uint32_t run = line.first_run; run < line.past_run; ++run) {
      const auto label = LabelAt(line, run);
      if (!label) continue;
      const Range rest = Trimmed({label->past, ValueEnd(line, run + 1, label->past)});
      if (rest.begin < rest.end) {
        const bool cell_label =
            label->colon || tree_[line.cell].tag == Tag::kDt || tree_[line.cell].tag == Tag::kTh;
        Add({label->field, rest, line_number, cell_label ? kByColon : kByRun});
      } else {
        ValueBeside(line_number, *label);
      }
    }
  }

  // A label at the beginning of a run: the whole run, or what stands before its first colon. A label may
  // reach over runs ("<b>Ships</b> from: ...") only at the beginning of its line.
  [[nodiscard]] std::optional<Label> LabelAt(const Line& line, std::uint32_t run_number) const {
    const Run& run = layout_.runs[run_number];
    const bool first = run_number == line.first_run;
    const std::string_view text = layout_.At({run.range.begin, first ? line.range.end : run.range.end});
    const std::size_t colon = text.substr(0, kLongestPrintedLabel).find(':');
    if (colon != std::string_view::npos) {
      const std::string_view field = FieldForLabel(text.substr(0, colon));
      if (!field.empty()) return Label{field, run.range.begin + static_cast<std::uint32_t>(colon) + 1, true};
    }
    const std::string_view field = FieldForLabel(layout_.At(run.range));
    if (field.empty()) return std::nullopt;
    return Label{field, run.range.end, layout_.At(run.range).ends_with(':')};
  }

  // The end of the line, or of what stands before the next label in it.
  [[nodiscard]] std::uint32_t ValueEnd(const Line& line, std::uint32_t next_run,
                                       std::uint32_t past_label) const {
    for (std::uint32_t run = next_run; run < line.past_run; ++run) {
      const Run& next = layout_.runs[run];
      if (next.range.begin <= past_label) continue;
      const std::string_view text = layout_.At(next.range);
      const bool ends_in_colon = text.size() > 1 && text.size() < kLongestPrintedLabel && text.ends_with(':');
      if (ends_in_colon || LabelAt(line, run)) return next.range.begin;
    }
    return line.range.end;
  }

  // "Payment:" before "Escrow": behind a colon a word is a value, even one that can be a label.
  [[nodiscard]] bool IsLabelLine(const Line& line, bool behind_colon) const {
    const auto label = LabelAt(line, line.first_run);
    return label && (!behind_colon || label->colon);
  }

  void ValueBeside(std::uint32_t line_number, const Label& label) {
    const std::string_view field = label.field;
    const Line& line = layout_.lines[line_number];
    if (IsHeadingCell(line.cell)) return ValueUnderHeading(line_number, field);
    if (line_number + 1 >= layout_.lines.size()) return;
    const Line& next = layout_.lines[line_number + 1];
    if (next.navigation || next.control || IsLabelLine(next, label.colon)) return;
    const bool same_box = line.cell == next.cell;
    const bool sister =
        line.cell != 0 && next.cell != 0 && tree_[line.cell].parent == tree_[next.cell].parent;
    if (!same_box && !sister) return;
    const Range value = sister && !same_box ? CellRange(line_number + 1) : next.range;
    Add({field, Trimmed(value), line_number, sister && !same_box ? kByCell : kByNextBox});
  }

  // A th whose row holds only th: the label stands over its values.
  [[nodiscard]] bool IsHeadingCell(NodeIndex cell) const {
    if (cell == 0 || tree_[cell].tag != Tag::kTh) return false;
    const NodeIndex row = tree_[cell].parent;
    std::size_t cells = 0;
    for (NodeIndex i = row + 1; i < tree_[row].past; i = tree_[i].past) {
      if (tree_[i].tag == Tag::kTd) return false;
      cells += tree_[i].tag == Tag::kTh ? 1 : 0;
    }
    return cells > 1;
  }

  // A column for the items' names makes an index, however few items it lists.
  [[nodiscard]] bool HeadsIndex(NodeIndex row) const {
    constexpr std::array<std::string_view, 8> kItemColumns = {"item", "product", "title",   "listing",
                                                              "name", "offer",   "subject", "description"};
    for (NodeIndex i = row + 1; i < tree_[row].past; i = tree_[i].past) {
      const std::string heading = parse::Lower(Folded(tree_.TextBelow(i)));
      if (std::find(kItemColumns.begin(), kItemColumns.end(), heading) != kItemColumns.end()) return true;
    }
    return false;
  }

  // Only a table with exactly one row of values describes one thing; more rows are an index.
  void ValueUnderHeading(std::uint32_t line_number, std::string_view field) {
    const NodeIndex heading = layout_.lines[line_number].cell;
    const NodeIndex heading_row = tree_[heading].parent;
    if (HeadsIndex(heading_row)) return;
    NodeIndex table = heading_row;
    while (table != 0 && tree_[table].tag != Tag::kTable) table = tree_[table].parent;
    NodeIndex value_row = 0;
    for (NodeIndex i = tree_[heading_row].past; i < tree_[table].past; ++i) {
      if (tree_[i].tag != Tag::kTr) continue;
      if (value_row != 0) return;
      value_row = i;
    }
    if (value_row == 0) return;
    const NodeIndex cell = CellInColumn(value_row, ColumnOf(heading));
    for (std::uint32_t i = line_number + 1; cell != 0 && i < layout_.lines.size(); ++i) {
      if (layout_.lines[i].cell == cell) return Add({field, Trimmed(CellRange(i)), line_number, kByCell});
    }
  }

  [[nodiscard]] std::size_t ColumnOf(NodeIndex cell) const {
    std::size_t column = 0;
    for (NodeIndex i = tree_[cell].parent + 1; i < cell; i = tree_[i].past)
      column += tree_[i].tag == Tag::kText ? 0 : 1;
    return column;
  }

  [[nodiscard]] NodeIndex CellInColumn(NodeIndex row, std::size_t column) const {
    for (NodeIndex i = row + 1; i < tree_[row].past; i = tree_[i].past) {
      if (tree_[i].tag == Tag::kText) continue;
      if (column-- == 0) return i;
    }
    return 0;
  }

  // From a line to the end of the cell it stands in.
  [[nodiscard]] Range CellRange(std::uint32_t line_number) const {
    const Line& first = layout_.lines[line_number];
    Range range = first.range;
    for (std::uint32_t i = line_number + 1; i < layout_.lines.size(); ++i) {
      const Line& line = layout_.lines[i];
      if (layout_.runs[line.first_run].node >= tree_[first.cell].past) break;
      range.end = line.range.end;
    }
    return range;
  }

  [[nodiscard]] Range Trimmed(Range range) const {
    while (range.begin < range.end && IsSeparator(layout_.text[range.begin])) ++range.begin;
    while (range.begin < range.end && layout_.text[range.end - 1] == ' ') --range.end;
    return range;
  }

  void Add(const Pair& pair) {
    if (pair.value.begin < pair.value.end) pairs_.push_back(pair);
  }

  const Tree& tree_;
  const Layout& layout_;
  std::vector<Pair> pairs_;
};

}  // namespace

std::vector<Pair> FindPairs(const Tree& tree, const Layout& layout) {
  return PairFinder(tree, layout).Find();
}

}  // namespace nightjar::extract
