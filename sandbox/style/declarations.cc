// SPDX-License-Identifier: Apache-2.0
#include "sandbox/style/declarations.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "sandbox/parse/ascii.h"
#include "sandbox/style/scan.h"
#include "sandbox/style/shapes.h"

namespace nightjar::style {
namespace {

constexpr std::size_t kLongestValue = 512;  // longer ones are pictures in data: URLs; nothing here needs them

using Words = std::vector<std::string_view>;

// Parts of a value: blanks outside brackets part them.
Words WordsOf(std::string_view value) {
  Words words;
  while (!value.empty() && words.size() < 16) {
    const std::size_t end = std::min(FindOutside(value, " \t\r\n\f"), value.size());
    if (end > 0) words.push_back(value.substr(0, end));
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return words;
}

// Words that some property takes and that say nothing here, or something that ParseProperty knows.
// clang-format off
constexpr std::string_view kKeywords[] = {
    "absolute", "auto", "block", "clip", "collapse", "contents", "currentcolor", "fit-content", "fixed", "flex",
    "flow", "flow-root", "grid", "hidden", "inherit", "initial", "inline", "inline-block", "inline-flex", "inline-grid",
    "inline-table", "large", "larger", "list-item", "max-content", "medium", "min-content", "none", "normal", "relative",
    "revert", "ruby", "run-in", "scroll", "small", "smaller", "static", "sticky", "table", "table-caption", "table-cell",
    "table-column", "table-column-group", "table-footer-group", "table-header-group", "table-row", "table-row-group",
    "unset", "visible", "x-large", "x-small", "xx-large", "xx-small", "-webkit-box", "-webkit-flex", "-ms-flexbox",
};
// clang-format on

// A browser drops a declaration whose value makes no sense, and the one before it stands: "display: none;
// display: nonsense" hides.
bool IsNonsense(Property property, std::string_view text) {
  if (property == Property::kBackground || text.find('(') != std::string_view::npos) return false;
  return !std::ranges::all_of(WordsOf(text), [](std::string_view word) {
    return std::ranges::find(kKeywords, word) != std::end(kKeywords) ||
           ParseLength(word).unit != Unit::kUnknown || ParseColour(word).unit != Unit::kUnknown;
  });
}

Value Code(int code) { return {static_cast<double>(code), Unit::kCode}; }

Value ParseVisibility(std::string_view text) {
  if (text == "hidden" || text == "collapse") return Code(0);
  return Code(text == "visible" || text == "initial" ? 1 : 2);
}

Value ParsePosition(std::string_view text) {
  if (text == "absolute") return Code(2);
  if (text == "fixed") return Code(3);
  return Code(text == "relative" || text == "sticky" ? 1 : 0);
}

Value ParseNumber(std::string_view text) {
  const Value value = ParseLength(text);
  if (value.unit == Unit::kPercent) return {value.number / 100, Unit::kNumber};
  if (value.unit == Unit::kPixels && value.number == 0) return {0, Unit::kNumber};
  return value.unit == Unit::kNumber ? value : Value{};
}

Value ParseFontSize(std::string_view text) {
  const Value value = ParseLength(text);
  return value.unit == Unit::kPercent ? Value{value.number / 100, Unit::kEm} : value;
}

Value ParseOverflow(std::string_view text) {
  return Code(text.find("hidden") != std::string_view::npos || text.find("clip") != std::string_view::npos);
}

// The colour of a background; a picture in it, or anything that may be one, makes it unknown.
Value ParseBackground(std::string_view text) {
  if (text.find("url(") != std::string_view::npos || text.find("gradient") != std::string_view::npos)
    return {};
  if (text == "none" || text == "initial") return ParseColour("transparent");
  for (const std::string_view word : WordsOf(text)) {
    if (const Value colour = ParseColour(word); colour.unit == Unit::kColour) return colour;
  }
  return {};
}

Value ParseProperty(Property property, std::string_view text) {
  switch (property) {
    case Property::kDisplay:
      return Code(text == "none" ? 0 : text == "inline" || text == "contents" ? 2 : 1);
    case Property::kVisibility:
      return ParseVisibility(text);
    case Property::kOpacity:
    case Property::kLayer:
      return ParseNumber(text);
    case Property::kFontSize:
      return ParseFontSize(text);
    case Property::kOverflow:
      return ParseOverflow(text);
    case Property::kPosition:
      return ParsePosition(text);
    case Property::kClip:
      return Code(ClipsAll(text));
    case Property::kClipPath:
      return Code(ClipPathLeavesNothing(text));
    case Property::kTransform:
      return Code(TransformsAway(text));
    case Property::kText:
      return ParseColour(text);
    case Property::kBackground:
      return ParseBackground(text);
    default:
      return ParseLength(text);
  }
}

struct NameRow {
  std::string_view name;
  Property property;
};

constexpr NameRow kNames[] = {
    {"background", Property::kBackground},
    {"background-color", Property::kBackground},
    {"bottom", Property::kBottom},
    {"clip", Property::kClip},
    {"clip-path", Property::kClipPath},
    {"color", Property::kText},
    {"display", Property::kDisplay},
    {"font-size", Property::kFontSize},
    {"height", Property::kHeight},
    {"left", Property::kLeft},
    {"margin-left", Property::kMarginLeft},
    {"margin-top", Property::kMarginTop},
    {"max-height", Property::kMaxHeight},
    {"max-width", Property::kMaxWidth},
    {"opacity", Property::kOpacity},
    {"overflow", Property::kOverflow},
    {"overflow-x", Property::kOverflow},
    {"overflow-y", Property::kOverflow},
    {"padding-left", Property::kPaddingLeft},
    {"position", Property::kPosition},
    {"right", Property::kRight},
    {"text-indent", Property::kTextIndent},
    {"top", Property::kTop},
    {"transform", Property::kTransform},
    {"visibility", Property::kVisibility},
    {"width", Property::kWidth},
    {"z-index", Property::kLayer},
};
static_assert(std::is_sorted(std::begin(kNames), std::end(kNames),
                             [](const NameRow& a, const NameRow& b) { return a.name < b.name; }));

class Reader final {
 public:
  explicit Reader(std::vector<Declaration>& out) : out_(out), begin_(out.size()) {}

  void Read(std::string_view declaration) {
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos || declaration.size() > kLongestValue) return;
    const std::string name = Plain(declaration.substr(0, colon));
    std::string value = Plain(declaration.substr(colon + 1));
    const std::size_t mark = value.rfind('!');
    important_ =
        mark != std::string::npos && parse::Trim(std::string_view(value).substr(mark + 1)) == "important";
    if (important_) value.resize(mark);
    Add(name, parse::Trim(value));
  }

 private:
  static std::string Plain(std::string_view text) {
    const std::string_view trimmed = parse::Trim(text);
    if (trimmed.find('\\') == std::string_view::npos) return parse::Lower(trimmed);
    return parse::Lower(parse::Trim(Unescaped(trimmed)));
  }

  void Add(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    const auto* const row = std::lower_bound(std::begin(kNames), std::end(kNames), name,
                                             [](const NameRow& r, std::string_view n) { return r.name < n; });
    if (row != std::end(kNames) && row->name == name) {
      if (!IsNonsense(row->property, value)) Put(row->property, ParseProperty(row->property, value));
      return;
    }
    if (name == "background-image" && value != "none") return Put(Property::kBackground, {});
    if (name == "content-visibility" && value == "hidden") return Put(Property::kDisplay, Code(0));
    if (name == "margin") return PutSides(value, Property::kMarginTop, Property::kMarginLeft);
    if (name == "padding") return PutSides(value, Property::kCount, Property::kPaddingLeft);
    if (name == "inset") return PutInset(value);
    if (name == "font") PutFont(value);
  }

  // Of one block the last declaration of a property counts: so no block is longer than twice the properties.
  void Put(Property property, Value value) {
    if (property == Property::kCount) return;
    for (std::size_t i = begin_; i < out_.size(); ++i) {
      if (out_[i].property != property || out_[i].important != important_) continue;
      out_[i].value = value;
      return;
    }
    out_.push_back({property, important_, value});
  }

  // One to four lengths: top, right, bottom, left.
  void PutSides(std::string_view value, Property top, Property left) {
    const Words words = WordsOf(value);
    if (words.empty()) return;
    Put(top, ParseLength(words[0]));
    Put(left, ParseLength(words[words.size() >= 4 ? 3 : words.size() >= 2 ? 1 : 0]));
  }

  void PutInset(std::string_view value) {
    const Words words = WordsOf(value);
    if (words.empty()) return;
    PutSides(value, Property::kTop, Property::kLeft);
    Put(Property::kRight, ParseLength(words[words.size() >= 2 ? 1 : 0]));
    Put(Property::kBottom, ParseLength(words[words.size() >= 3 ? 2 : 0]));
  }

  // "italic bold 12px/30px Georgia, serif": the first length is the size (CSS Fonts 3 section 3.7).
  void PutFont(std::string_view value) {
    for (const std::string_view word : WordsOf(value)) {
      const Value size = ParseFontSize(word.substr(0, word.find('/')));
      if (size.unit == Unit::kPixels || size.unit == Unit::kEm) return Put(Property::kFontSize, size);
    }
    Put(Property::kFontSize, {});
  }

  std::vector<Declaration>& out_;
  std::size_t begin_;
  bool important_ = false;
};

}  // namespace

void ParseDeclarations(std::string_view block, std::vector<Declaration>& out) {
  Reader reader(out);
  while (!block.empty()) {
    const std::size_t end = std::min(FindOutside(block, ";"), block.size());
    reader.Read(block.substr(0, end));
    block.remove_prefix(std::min(end + 1, block.size()));
  }
}

}  // namespace nightjar::style
