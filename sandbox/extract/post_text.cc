// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/post_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sandbox/extract/words.h"
#include "sandbox/values/letters.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr int kMostSteps = 24;  // up from a text to what it stands in

enum class Voice : std::uint8_t { kOwn, kQuoted, kSource };

struct Heard {
  Voice voice = Voice::kOwn;
  NodeIndex quotation = 0;  // the outermost one
};

// The words of who is quoted, before or behind the name.
constexpr std::array<std::string_view, 6> kBehindName = {" wrote",   " said",     " schrieb",
                                                         " a écrit", " escribió", " писал"};
constexpr std::array<std::string_view, 6> kBeforeName = {
    "quote from: ", "quote from ", "originally posted by ", "quoting ", "zitat von ", "цитата: "};

bool IsQuotation(const Tree& tree, NodeIndex node) {
  const Tag tag = tree[node].tag;
  if (tag == Tag::kBlockquote) return true;
  return (tag == Tag::kDiv || tag == Tag::kTable) &&
         parse::FindNoCase(tree.Value(tree[node], "class"), "quote") != std::string_view::npos;
}

bool IsSource(const Tree& tree, NodeIndex node) {
  if (parse::Tree::NameOf(tree[node]) == "cite") return true;
  return ContainsAny(tree.Value(tree[node], "class"),
                     std::array<std::string_view, 3>{"quoteheader", "quote_header", "quote-author"});
}

// In whose voice a text node speaks.
Heard VoiceOf(const Tree& tree, NodeIndex text) {
  Heard heard;
  NodeIndex node = tree[text].parent;
  for (int steps = 0; steps < kMostSteps && node != 0; ++steps, node = tree[node].parent) {
    if (IsSource(tree, node)) heard.voice = Voice::kSource;
    if (!IsQuotation(tree, node)) continue;
    if (heard.voice == Voice::kOwn) heard.voice = Voice::kQuoted;
    heard.quotation = node;
  }
  if (heard.quotation == 0) heard.voice = Voice::kOwn;
  return heard;
}

// "(02-11-2020, 06:20 PM) bob Wrote:" names bob.
Range NameIn(const Layout& layout, Range line) {
  const std::string lower = values::LowerCase(layout.At(line));
  for (const std::string_view before : kBeforeName) {
    if (!lower.starts_with(before)) continue;
    const std::size_t end = std::min({lower.find(" on ", before.size()), lower.find(" am ", before.size()),
                                      lower.find(':', before.size()), lower.size()});
    return TrimIn(layout, Part(line, before.size(), end));
  }
  for (const std::string_view behind : kBehindName) {
    const std::size_t end = lower.find(behind);
    if (end == std::string::npos) continue;
    const std::size_t bracket = lower.rfind(')', end);
    return TrimIn(layout, Part(line, bracket == std::string::npos ? 0 : bracket + 1, end));
  }
  return {};
}

// One voice's stretch of the text, line by line.
struct Stretch {
  std::string text;
  Range whole;
  void Add(const Layout& layout, Range part, bool new_line) {
    if (text.empty()) whole.begin = part.begin;
    if (!text.empty() && (new_line || part.begin != whole.end)) text.push_back(new_line ? '\n' : ' ');
    whole.end = part.end;
    text.append(layout.At(part));
  }
};

class PostText final {
 public:
  PostText(const Surroundings& at, std::uint8_t confidence, FieldList& fields)
      : at_(at), confidence_(confidence), fields_(fields) {}

  void Read(Lines body) {
    for (std::uint32_t i = body.first; i < body.past; ++i) ReadLine(at_.layout.lines[i]);
    Say("text", own_);
    EndQuotation();
  }

 private:
  void ReadLine(const Line& line) {
    bool first_own = true;
    bool first_quoted = true;
    for (std::uint32_t r = line.first_run; r < line.past_run; ++r) {
      const Run& run = at_.layout.runs[r];
      const Heard heard = VoiceOf(*at_.page.tree, run.node);
      if (heard.quotation != 0 && heard.quotation != quotation_ && !continues_) EndQuotation();
      if (heard.quotation != 0) quotation_ = heard.quotation;
      if (heard.voice == Voice::kOwn) own_.Add(at_.layout, run.range, std::exchange(first_own, false));
      if (heard.voice == Voice::kQuoted) AddQuoted(line, run, std::exchange(first_quoted, false));
      if (heard.voice == Voice::kSource) AddSource(run);
    }
  }

  // A line of the quotation may name its author too.
  void AddQuoted(const Line& line, const Run& run, bool first) {
    const Range name = quoted_.text.empty() && source_.end == 0 ? NameIn(at_.layout, line.range) : Range{};
    continues_ = false;
    if (name.begin < name.end && at_.layout.At(line.range).ends_with(':')) {
      source_ = name;
    } else {
      quoted_.Add(at_.layout, run.range, first);
    }
  }

  void AddSource(const Run& run) {
    source_lines_.begin = source_lines_.end == 0 ? run.range.begin : source_lines_.begin;
    source_lines_.end = run.range.end;
    continues_ = true;  // the quotation itself may be an element beside that of its source
  }

  void EndQuotation() {
    if (source_.end == 0 && source_lines_.end != 0) source_ = NameIn(at_.layout, source_lines_);
    Say("quote", quoted_);
    if (source_.begin < source_.end && source_.end - source_.begin <= kLongestName && !quoted_.text.empty())
      fields_.Add(
          {.name = "quoted_author", .value = std::string(at_.layout.At(source_)), .confidence = confidence_},
          source_);
    quoted_ = {};
    source_ = source_lines_ = {};
    continues_ = false;
  }

  void Say(std::string_view name, const Stretch& stretch) {
    if (stretch.text.empty()) return;
    fields_.Add({.name = name, .value = stretch.text, .confidence = confidence_}, stretch.whole);
  }

  const Surroundings& at_;
  const std::uint8_t confidence_;
  FieldList& fields_;
  Stretch own_, quoted_;
  Range source_, source_lines_;
  NodeIndex quotation_ = 0;
  bool continues_ = false;
};

}  // namespace

void ReadPostText(const Surroundings& at, Lines body, std::uint8_t confidence, FieldList& fields) {
  PostText(at, confidence, fields).Read(body);
}

}  // namespace nightjar::extract
