// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/tokens.h"

#include <algorithm>
#include <array>

#include "sandbox/parse/ascii.h"

namespace nightjar::parse {
namespace {

constexpr std::array<std::string_view, 9> kRawTextElements = {
    "script", "style", "textarea", "title", "xmp", "iframe", "noframes", "noembed", "plaintext"};

bool IsRawText(std::string_view name) {
  return std::any_of(kRawTextElements.begin(), kRawTextElements.end(),
                     [&](std::string_view raw) { return EqualsNoCase(raw, name); });
}

bool EndsName(char c) { return IsSpace(c) || c == '/' || c == '>'; }

std::size_t SkipSpace(std::string_view text, std::size_t at) {
  while (at < text.size() && (IsSpace(text[at]) || text[at] == '/')) ++at;
  return at;
}

}  // namespace

bool TakeAttribute(std::string_view& attributes, RawAttribute& attribute) {
  std::size_t at = SkipSpace(attributes, 0);
  if (at == attributes.size()) return false;
  const std::size_t name_at = at++;  // an attribute name may begin with '='
  while (at < attributes.size() && !EndsName(attributes[at]) && attributes[at] != '=') ++at;
  attribute = {attributes.substr(name_at, at - name_at), {}};
  std::size_t equals = at;
  while (equals < attributes.size() && IsSpace(attributes[equals])) ++equals;
  if (equals < attributes.size() && attributes[equals] == '=') {
    at = equals + 1;
    while (at < attributes.size() && IsSpace(attributes[at])) ++at;
    const char quote = at < attributes.size() ? attributes[at] : '\0';
    const bool quoted = quote == '"' || quote == '\'';
    if (quoted) ++at;
    std::size_t end = at;
    while (end < attributes.size() && (quoted ? attributes[end] != quote : !IsSpace(attributes[end]))) ++end;
    attribute.value = attributes.substr(at, end - at);
    at = std::min(attributes.size(), end + (quoted ? 1 : 0));
  }
  attributes.remove_prefix(at);
  return true;
}

std::string_view AttributeOf(const Token& token, std::string_view name) {
  std::string_view rest = token.attributes;
  for (RawAttribute attribute; TakeAttribute(rest, attribute);) {
    if (EqualsNoCase(attribute.name, name)) return attribute.value;
  }
  return {};
}

bool Tokens::Next(Token& token) {
  if (at_ >= text_.size()) return false;
  if (!raw_text_of_.empty() && TakeRawText(token)) return true;
  if (text_[at_] == '<' && TakeMarkup(token)) return true;
  const std::size_t next = text_.find('<', at_ + 1);
  token = {Token::Kind::kText, text_.substr(at_, next - at_), {}, {}};
  at_ = std::min(next, text_.size());
  return true;
}

// Everything up to "</name"; without one, up to the end of the page.
bool Tokens::TakeRawText(Token& token) {
  const std::string_view name = raw_text_of_;
  raw_text_of_ = {};
  std::size_t end = text_.find("</", at_);
  for (; end != std::string_view::npos; end = text_.find("</", end + 2)) {
    const std::string_view after = text_.substr(end + 2);
    if (StartsWithNoCase(after, name) && (after.size() == name.size() || EndsName(after[name.size()]))) break;
  }
  end = std::min(end, text_.size());
  if (end == at_) return false;
  token = {Token::Kind::kText, text_.substr(at_, end - at_), {}, {}};
  at_ = end;
  return true;
}

// False when the '<' is only text.
bool Tokens::TakeMarkup(Token& token) {
  const char first = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  const char second = at_ + 2 < text_.size() ? text_[at_ + 2] : '\0';
  if (IsAlpha(first) || (first == '/' && IsAlpha(second))) {
    token.kind = first == '/' ? Token::Kind::kEnd : Token::Kind::kStart;
    TakeTag(token, at_ + (first == '/' ? 2 : 1));
    return true;
  }
  if (first != '!' && first != '?' && !(first == '/' && second != '\0')) return false;
  const std::size_t end = CommentEnd();
  token = {Token::Kind::kOther, text_.substr(at_, end - at_), {}, {}};
  at_ = end;
  return true;
}

// A quoted '>' does not end a tag; a quote counts only at the start of a value.
void Tokens::TakeTag(Token& token, std::size_t name_at) {
  std::size_t at = name_at;
  while (at < text_.size() && !EndsName(text_[at])) ++at;
  token.name = text_.substr(name_at, at - name_at);
  const std::size_t attributes_at = at;
  bool value_starts = false;
  while (at < text_.size() && text_[at] != '>') {
    const char c = text_[at++];
    if (value_starts && (c == '"' || c == '\'')) {
      at = std::min(text_.find(c, at), text_.size() - 1) + 1;
      value_starts = false;
    } else if (!IsSpace(c)) {
      value_starts = c == '=';
    }
  }
  token.attributes = text_.substr(attributes_at, at - attributes_at);
  at = std::min(at + 1, text_.size());
  token.raw = text_.substr(at_, at - at_);
  at_ = at;
  if (token.kind == Token::Kind::kStart && !raw_text_is_markup_ && IsRawText(token.name))
    raw_text_of_ = token.name;
}

std::size_t Tokens::CommentEnd() const {
  const std::string_view rest = text_.substr(at_);
  if (!rest.starts_with("<!--")) return std::min(text_.find('>', at_), text_.size() - 1) + 1;
  if (rest.starts_with("<!-->")) return at_ + 5;
  if (rest.starts_with("<!--->")) return at_ + 6;
  for (std::size_t dashes = text_.find("--", at_ + 4); dashes < text_.size();
       dashes = text_.find("--", dashes + 1)) {
    const std::string_view after = text_.substr(dashes + 2);
    if (after.starts_with('>')) return dashes + 3;
    if (after.starts_with("!>")) return dashes + 4;
  }
  return text_.size();
}

}  // namespace nightjar::parse
