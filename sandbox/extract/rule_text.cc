// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/rule_text.h"

#include <algorithm>

#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

using profile::Part;

// The runs of the nodes [begin, end): runs stand in the order of the document.
std::span<const Run> RunsOf(const Layout& layout, NodeIndex begin, NodeIndex end) {
  const auto before = [](const Run& run, NodeIndex node) { return run.node < node; };
  const auto first = std::lower_bound(layout.runs.begin(), layout.runs.end(), begin, before);
  const auto past = std::lower_bound(first, layout.runs.end(), end, before);
  return {first, past};
}

Piece PieceOf(const Layout& layout, Range range, bool lines) {
  Piece piece{std::string(layout.At(range)), range, {}};
  if (!lines) std::ranges::replace(piece.text, '\n', ' ');
  return piece;
}

// Runs that do not stand side by side make a text without a range of its own.
// `lines`: those that stand in different lines are parted by a line's end.
std::optional<Piece> Joined(const parse::Page& page, const Layout& layout, const std::vector<Run>& runs,
                            bool lines = false) {
  if (runs.empty()) return std::nullopt;
  if (runs.size() == 1) return PieceOf(layout, runs[0].range, lines);
  Piece piece;
  std::uint32_t past = runs.front().range.end;
  for (const Run& run : runs) {
    const std::string_view between =
        run.range.begin > past ? layout.At({past, run.range.begin}) : std::string_view();
    const bool breaks = lines && between.find('\n') != std::string_view::npos;
    if (!piece.text.empty()) piece.text.push_back(breaks ? '\n' : ' ');
    piece.text.append(layout.At(run.range));
    past = run.range.end;
  }
  const Range markup = LocateInMarkup(*page.tree, layout, {runs.front().range.begin, runs.back().range.end});
  piece.span = page.SpanOf(markup.begin, markup.end);
  return piece;
}

std::optional<Piece> OwnText(const parse::Page& page, const Layout& layout, NodeIndex element, bool lines) {
  std::vector<Run> own;
  for (const Run& run : RunsOf(layout, element, (*page.tree)[element].past))
    if ((*page.tree)[run.node].parent == element) own.push_back(run);
  return Joined(page, layout, own, lines);
}

std::optional<Piece> TextAfter(const parse::Page& page, const Layout& layout, NodeIndex element) {
  const Tree& tree = *page.tree;
  const NodeIndex begin = tree[element].past;
  NodeIndex end = begin;
  while (end < tree.nodes().size() && tree[end].parent == tree[element].parent && tree[end].tag == Tag::kText)
    ++end;
  const auto runs = RunsOf(layout, begin, end);
  return Joined(page, layout, {runs.begin(), runs.end()});
}

std::optional<Piece> UnseenText(const parse::Page& page, NodeIndex element) {
  const Tree& tree = *page.tree;
  std::string text = Folded(tree.TextBelow(element));
  if (text.empty()) return std::nullopt;
  const std::uint32_t begin = tree[element].begin;
  const std::uint32_t end = tree[tree[element].past - 1].end;
  return Piece{std::move(text), {}, page.SpanOf(begin, std::max(begin, end))};
}

// Offset of what stands behind the label, or nothing where the line does not begin with it.
std::optional<std::size_t> BehindLabel(std::string_view line, std::string_view label) {
  if (!parse::StartsWithNoCase(line, label)) return std::nullopt;
  std::size_t at = label.size();
  const bool in_word = at < line.size() && (parse::IsAlpha(line[at]) || parse::IsDigit(line[at]));
  if (in_word && !label.empty() && (parse::IsAlpha(label.back()) || parse::IsDigit(label.back())))
    return std::nullopt;
  while (at < line.size() && (line[at] == ' ' || line[at] == ':')) ++at;
  return at;
}

}  // namespace

Piece Piece::Sub(std::size_t begin, std::size_t end) const {
  Piece part{text.substr(begin, end - begin), range, span};
  if (range.begin != range.end)
    part.range = {range.begin + static_cast<std::uint32_t>(begin),
                  range.begin + static_cast<std::uint32_t>(end)};
  return part;
}

void Piece::Trim() {
  std::size_t begin = 0;
  std::size_t end = text.size();
  while (begin < end && BlankAt(text, begin) != 0) begin += BlankAt(text, begin);
  while (end > begin && parse::IsSpace(text[end - 1])) --end;
  Narrow(begin, end);
}

void Piece::Narrow(std::size_t begin, std::size_t end) {
  if (begin > 0 || end < text.size()) *this = Sub(begin, end);
}

Range ShownRange(const Layout& layout, NodeIndex begin, NodeIndex end) {
  const auto runs = RunsOf(layout, begin, end);
  if (runs.empty()) return {};
  return {runs.front().range.begin, runs.back().range.end};
}

std::optional<Piece> TextOf(const parse::Page& page, const Layout& layout, NodeIndex element, Part part,
                            bool hidden) {
  if (part == Part::kOwn || part == Part::kOwnLines)
    return OwnText(page, layout, element, part == Part::kOwnLines);
  if (part == Part::kAfter) return TextAfter(page, layout, element);
  const Range range = ShownRange(layout, element, (*page.tree)[element].past);
  if (range.begin != range.end) return PieceOf(layout, range, part == Part::kLines);
  return hidden ? UnseenText(page, element) : std::nullopt;
}

std::optional<Piece> AttributeOf(const parse::Page& page, NodeIndex element, std::string_view name) {
  const parse::Attribute* attribute = page.tree->Find((*page.tree)[element], name);
  if (attribute == nullptr) return std::nullopt;
  return Piece{std::string(attribute->value), {}, page.SpanOf(attribute->begin, attribute->end)};
}

std::optional<Piece> TextBeside(const Layout& layout, std::string_view label, Range within) {
  for (const bool furniture : {false, true}) {
    for (std::size_t i = 0; i < layout.lines.size(); ++i) {
      const Line& line = layout.lines[i];
      const bool inside = line.range.begin >= within.begin && line.range.end <= within.end;
      if (!inside || line.navigation != furniture) continue;
      const auto behind = BehindLabel(layout.At(line.range), label);
      if (!behind) continue;
      const auto begin = line.range.begin + static_cast<std::uint32_t>(*behind);
      if (begin < line.range.end) return PieceOf(layout, {begin, line.range.end}, false);
      if (i + 1 < layout.lines.size() && layout.lines[i + 1].range.end <= within.end)
        return PieceOf(layout, layout.lines[i + 1].range, false);
    }
  }
  return std::nullopt;
}

}  // namespace nightjar::extract
