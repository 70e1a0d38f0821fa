// SPDX-License-Identifier: Apache-2.0
// The way back from visible text to markup, in two steps: visible text to the text node's characters (undoing
// the folding of white space), and those to the markup (undoing character references).
#include <algorithm>
#include <optional>

#include "sandbox/extract/layout.h"
#include "sandbox/extract/marks.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

// Past marks that were left out of the text.
std::uint32_t PastMarks(std::string_view source, std::uint32_t at) {
  while (at < source.size()) {
    const Mark mark = MarkAt(source, at);
    if (mark.size == 0) break;
    at += static_cast<std::uint32_t>(mark.size);
  }
  return at;
}

// Offset in the node's text after which `shown` characters of the run have been produced.
std::uint32_t SourceOffset(std::string_view source, std::uint32_t at, std::uint32_t shown) {
  while (shown > 0 && at < source.size()) {
    if (parse::IsPrinted(source[at])) {  // neither a blank nor the beginning of a mark
      --shown;
      ++at;
      continue;
    }
    at = PastMarks(source, at);
    if (at >= source.size()) break;
    --shown;
    if (BlankAt(source, at) == 0) {
      ++at;
      continue;
    }
    // Blanks with marks among them are one blank.
    for (std::uint32_t next = at; next < source.size() && BlankAt(source, next) != 0;
         next = PastMarks(source, at))
      at = next + static_cast<std::uint32_t>(BlankAt(source, next));
  }
  return at;
}

constexpr std::size_t kLongestReference = 34;  // "&CounterClockwiseContourIntegral;"

// Length of the character reference at `at`, or nothing when it does not end in ';' as it should.
std::optional<std::uint32_t> ReferenceLength(std::string_view markup, std::size_t at) {
  const std::size_t end = markup.substr(0, at + kLongestReference).find(';', at);
  if (end == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint32_t>(end - at + 1);
}

std::size_t CharacterSize(std::string_view text, std::size_t at) {
  std::size_t size = 1;
  while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0) == 0x80) ++size;
  return size;
}

// Follows node text and markup side by side; nothing when they part in a way only the tree builder
// understands.
std::optional<std::uint32_t> MarkupOffset(std::string_view markup, std::string_view text,
                                          std::uint32_t wanted) {
  const std::string_view plain = text.substr(0, wanted);  // most texts stand in the markup as they are
  if (markup.starts_with(plain) && plain.find('&') == std::string_view::npos) return wanted;
  std::size_t m = 0;
  std::size_t t = 0;
  while (t < wanted) {
    if (m >= markup.size()) return std::nullopt;
    if (markup[m] == '&') {
      const auto length = ReferenceLength(markup, m);
      if (!length) return std::nullopt;
      m += *length;
      t += CharacterSize(text, t);
    } else if (markup[m] == text[t]) {
      ++m;
      ++t;
    } else if (markup[m] == '\r') {
      m += markup.substr(m).starts_with("\r\n")
               ? 1
               : 0;  // the tree builder makes CR LF one LF, and a lone CR too
      if (markup[m] != '\n') return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  return static_cast<std::uint32_t>(m);
}

Range WholeNode(const parse::Node& node) { return {node.begin, node.end}; }

Range Locate(const Tree& tree, const std::vector<Run>& runs, Range range) {
  if (range.begin == range.end || runs.empty()) return {};
  const auto run_at = [&](std::uint32_t offset) -> const Run& {
    const auto after = std::upper_bound(runs.begin(), runs.end(), offset,
                                        [](std::uint32_t o, const Run& run) { return o < run.range.begin; });
    return after == runs.begin() ? *after : *std::prev(after);
  };
  const auto offset_in = [&](const Run& run, std::uint32_t offset, bool begins) {
    const parse::Node& node = tree[run.node];
    const std::uint32_t shown = std::min(offset, run.range.end) - std::min(offset, run.range.begin);
    std::uint32_t in_text = SourceOffset(node.text, run.source, shown);
    if (begins) in_text = PastMarks(node.text, in_text);
    return MarkupOffset(tree.markup().substr(node.begin, node.end - node.begin), node.text, in_text);
  };
  const Run& first = run_at(range.begin);
  const Run& last = range.end <= first.range.end ? first : run_at(range.end - 1);
  const Range first_node = WholeNode(tree[first.node]);
  const Range last_node = WholeNode(tree[last.node]);
  const auto begin = offset_in(first, range.begin, true);
  const auto end = offset_in(last, range.end, false);
  const Range found{begin ? first_node.begin + *begin : first_node.begin,
                    end ? last_node.begin + *end : last_node.end};
  return found.begin <= found.end ? found : first_node;
}

}  // namespace

Range LocateInMarkup(const Tree& tree, const Layout& layout, Range range) {
  return Locate(tree, layout.runs, range);
}

Range LocateHiddenInMarkup(const Tree& tree, const Layout& layout, Range range) {
  return Locate(tree, layout.hidden_runs, range);
}

}  // namespace nightjar::extract
