// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/prescan.h"

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include "sandbox/parse/ascii.h"
#include "sandbox/parse/tokens.h"

namespace nightjar::parse {
namespace {

template <std::size_t N>
bool OneOf(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Never hold anything.
constexpr std::array<std::string_view, 18> kVoid = {
    "area", "base",  "basefont", "bgsound", "br",   "col",   "embed",  "frame", "hr",
    "img",  "input", "keygen",   "link",    "meta", "param", "source", "track", "wbr"};
// Close themselves where the next of their kind begins, so that leaving out the end tag is good HTML.
constexpr std::array<std::string_view, 14> kImplied = {
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "html", "body"};
// Opened again by the tree builder after a block closed over them ("active formatting elements").
constexpr std::array<std::string_view, 14> kFormatting = {
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"};
// An end tag does not reach past these.
constexpr std::array<std::string_view, 9> kScopes = {"applet", "caption", "html",   "table",   "td",
                                                     "th",     "marquee", "object", "template"};
constexpr std::size_t kSameFormatting = 3;  // "Noah's Ark": identical formatting elements that are kept

class OpenElements final {
 public:
  void Start(std::string_view name, std::string_view raw) {
    if (OneOf(kVoid, name) || OneOf(kImplied, name)) return;
    const bool formatting = OneOf(kFormatting, name);
    open_.push_back({Hash(name), formatting ? Hash(raw) : 0, formatting, OneOf(kScopes, name)});
  }

  void End(std::string_view name) {
    const std::size_t wanted = Hash(name);
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i].name == wanted) return Close(i);
      if (open_[i].scope) return;
    }
    DropForgotten(wanted);
  }

  [[nodiscard]] std::size_t depth() const { return open_.size() + forgotten_.size(); }

 private:
  struct Element {
    std::size_t name;  // hashes: equal ones are taken for the same, which only misjudges a page made for it
    std::size_t identity;  // of the whole tag, for formatting elements
    bool formatting;
    bool scope;
  };

  static std::size_t Hash(std::string_view text) { return std::hash<std::string_view>()(text); }

  // A formatting end tag closes its element alone; any other closes what stands above it as well.
  void Close(std::size_t index) {
    if (!open_[index].formatting) {
      for (std::size_t i = index + 1; i < open_.size(); ++i) Forget(open_[i]);
      open_.resize(index);
    } else {
      open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(index));
    }
  }

  void Forget(const Element& element) {
    if (!element.formatting) return;
    const auto same = std::count_if(forgotten_.begin(), forgotten_.end(),
                                    [&](const Element& other) { return other.identity == element.identity; });
    if (static_cast<std::size_t>(same) < kSameFormatting) forgotten_.push_back(element);
  }

  void DropForgotten(std::size_t name) {
    const auto last = std::find_if(forgotten_.rbegin(), forgotten_.rend(),
                                   [&](const Element& element) { return element.name == name; });
    if (last != forgotten_.rend()) forgotten_.erase(std::next(last).base());
  }

  std::vector<Element> open_;
  std::vector<Element> forgotten_;
};

bool HasTooManyAttributes(std::string_view attributes) {
  if (attributes.size() < kMaxAttributes) return false;
  std::size_t count = 0;
  for (RawAttribute attribute; TakeAttribute(attributes, attribute);) {
    if (++count > kMaxAttributes) return true;
  }
  return false;
}

std::optional<Excess> ExcessOfTag(const Token& token) {
  if (token.raw.size() > kMaxTagBytes)
    return Excess{wire::Verdict::kFallbackLarge, "a tag is longer than 1 MiB"};
  if (HasTooManyAttributes(token.attributes)) {
    return Excess{wire::Verdict::kFallbackLarge, "a tag has more than 400 attributes"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Excess> FindExcess(std::string_view markup) {
  Tokens tokens(markup);
  OpenElements open;
  std::size_t tags = 0;
  for (Token token; tokens.Next(token);) {
    if (token.kind == Token::Kind::kText || token.kind == Token::Kind::kOther) continue;
    if (auto excess = ExcessOfTag(token)) return excess;
    if (++tags > kMaxTags) return Excess{wire::Verdict::kFallbackLarge, "more than 262144 tags"};
    const std::string name = Lower(token.name.substr(0, 32));
    if (name == "svg" || name == "math") tokens.ReadRawTextAsMarkup();
    if (token.kind == Token::Kind::kEnd) {
      open.End(name);
    } else {
      open.Start(name, token.raw);
    }
    if (open.depth() > kMaxDepth)
      return Excess{wire::Verdict::kFallbackDeep, "tags are nested deeper than 512"};
  }
  return std::nullopt;
}

}  // namespace nightjar::parse
