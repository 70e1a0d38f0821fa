// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/visibility.h"

#include <algorithm>

#include "sandbox/parse/ascii.h"

namespace nightjar::extract {
namespace {

using parse::IsAlpha;
using parse::IsDigit;

constexpr std::size_t kMaxSelectors = 512;  // of each kind; a sheet with more is not worth its time

enum class Effect { kNone, kHides, kShows };

std::string WithoutBlanks(std::string_view text) {
  std::string tight;
  for (const char c : text) {
    if (!parse::IsSpace(c)) tight.push_back(parse::LowerOf(c));
  }
  return tight;
}

Effect EffectOf(std::string_view declarations) {
  const std::string tight = WithoutBlanks(declarations);
  const auto has = [&](std::string_view what) { return tight.find(what) != std::string::npos; };
  if (has("display:none") || has("visibility:hidden")) return Effect::kHides;
  return has("display:") || has("visibility:visible") ? Effect::kShows : Effect::kNone;
}

std::string WithoutComments(std::string_view sheet) {
  std::string plain;
  while (!sheet.empty()) {
    const std::size_t begin = sheet.find("/*");
    plain.append(sheet.substr(0, begin));
    if (begin == std::string_view::npos) break;
    const std::size_t end = sheet.find("*/", begin + 2);
    sheet.remove_prefix(end == std::string_view::npos ? sheet.size() : end + 2);
  }
  return plain;
}

// Past the brace that closes the block opened before `at`.
std::size_t BlockEnd(std::string_view sheet, std::size_t at) {
  for (int depth = 1; at < sheet.size(); ++at) {
    if (sheet[at] == '{') ++depth;
    if (sheet[at] == '}' && --depth == 0) return at + 1;
  }
  return sheet.size();
}

bool IsNameByte(char c) {
  return IsAlpha(c) || IsDigit(c) || c == '-' || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

// Does the class attribute hold that word?
bool HasWord(std::string_view words, std::string_view wanted) {
  for (std::size_t at = words.find(wanted); at != std::string_view::npos; at = words.find(wanted, at + 1)) {
    const std::size_t past = at + wanted.size();
    if ((at == 0 || parse::IsSpace(words[at - 1])) && (past == words.size() || parse::IsSpace(words[past])))
      return true;
  }
  return false;
}

}  // namespace

Visibility::Visibility(const parse::Tree& tree) : tree_(tree) {
  for (parse::NodeIndex i = 0; i < tree.nodes().size(); ++i) {
    if (tree[i].tag == parse::Tag::kStyle) ReadStyle(tree.TextBelow(i));
  }
  std::erase_if(hiding_, [this](const Selector& selector) { return IsTakenBack(selector); });
}

void Visibility::ReadStyle(std::string_view sheet) {
  const std::string plain = WithoutComments(sheet);
  std::string_view rest = plain;
  for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    const std::string_view selectors = parse::Trim(rest.substr(0, open));
    const std::size_t past = BlockEnd(rest, open + 1);
    // At-rules hold for some screens only: what they hide may well be seen.
    if (!selectors.starts_with('@')) ReadRule(selectors, rest.substr(open + 1, past - open - 1));
    rest.remove_prefix(past);
  }
}

void Visibility::ReadRule(std::string_view selectors, std::string_view declarations) {
  const Effect effect = EffectOf(declarations);
  if (effect == Effect::kShows && shown_.size() < kMaxSelectors) shown_.emplace_back(selectors);
  if (effect != Effect::kHides) return;
  while (!selectors.empty() && hiding_.size() < kMaxSelectors) {
    const std::size_t comma = selectors.find(',');
    if (Selector selector; Parse(parse::Trim(selectors.substr(0, comma)), selector)) {
      hiding_.push_back(std::move(selector));
    }
    selectors.remove_prefix(comma == std::string_view::npos ? selectors.size() : comma + 1);
  }
}

// One compound of element, classes and id; false for anything more.
bool Visibility::Parse(std::string_view text, Selector& selector) {
  std::size_t at = 0;
  const auto name = [&] {
    const std::size_t begin = at;
    while (at < text.size() && IsNameByte(text[at])) ++at;
    return std::string(text.substr(begin, at - begin));
  };
  selector.element = parse::Lower(name());
  while (at < text.size()) {
    const char kind = text[at++];
    std::string part = name();
    if (part.empty() || (kind != '.' && kind != '#')) return false;
    if (kind == '.') {
      selector.classes.push_back(std::move(part));
    } else {
      selector.id = std::move(part);
    }
  }
  return !selector.classes.empty() || !selector.id.empty();
}

bool Visibility::IsTakenBack(const Selector& selector) const {
  const std::string mark = selector.id.empty() ? "." + selector.classes.back() : "#" + selector.id;
  return std::any_of(shown_.begin(), shown_.end(), [&](const std::string& other) {
    const std::size_t at = other.find(mark);
    return at != std::string::npos &&
           (at + mark.size() == other.size() || !IsNameByte(other[at + mark.size()]));
  });
}

bool Visibility::Matches(const Selector& selector, const parse::Node& node) const {
  if (!selector.id.empty() && tree_.Value(node, "id") != selector.id) return false;
  const std::string_view classes = tree_.Value(node, "class");
  const bool all = std::all_of(selector.classes.begin(), selector.classes.end(),
                               [&](const std::string& one) { return HasWord(classes, one); });
  return all && (selector.element.empty() || tree_.NameOf(node) == selector.element);
}

bool Visibility::Hides(const parse::Node& node) const {
  if (node.attribute_count == 0) return false;
  if (tree_.Find(node, "hidden") != nullptr) return true;
  if (EffectOf(tree_.Value(node, "style")) == Effect::kHides) return true;
  return std::any_of(hiding_.begin(), hiding_.end(),
                     [&](const Selector& selector) { return Matches(selector, node); });
}

}  // namespace nightjar::extract
