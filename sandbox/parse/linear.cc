// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/linear.h"

#include <algorithm>
#include <array>

#include "sandbox/parse/ascii.h"
#include "sandbox/parse/tokens.h"

namespace nightjar::parse {
namespace {

constexpr std::array<std::string_view, 15> kInline = {
    "a", "b", "big", "code", "em", "font", "i", "s", "small", "span", "strong", "sub", "sup", "tt", "u"};
constexpr std::array<std::string_view, 4> kUnseen = {"script", "style", "iframe", "noframes"};

template <std::size_t N>
bool OneOf(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view one) { return EqualsNoCase(one, name); });
}

// The five references that text cannot do without; others stay as written.
void AppendDecoded(std::string& out, std::string_view raw) {
  constexpr std::array<std::pair<std::string_view, char>, 6> kReferences = {
      {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&nbsp;", ' '}}};
  while (!raw.empty()) {
    const auto* known = std::find_if(kReferences.begin(), kReferences.end(),
                                     [&](const auto& reference) { return raw.starts_with(reference.first); });
    const char c = known != kReferences.end() ? known->second : raw.front();
    raw.remove_prefix(known != kReferences.end() ? known->first.size() : 1);
    if (!IsSpace(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ' && out.back() != '\n') {
      out.push_back(' ');
    }
  }
}

void BreakLine(std::string& out) {
  while (out.ends_with(' ')) out.pop_back();
  if (!out.empty() && out.back() != '\n') out.push_back('\n');
}

}  // namespace

LinearPage ReadLinear(std::string_view markup) {
  LinearPage page;
  Tokens tokens(markup);
  std::string_view raw_of;  // the element whose raw text comes next
  std::size_t link_at = 0;  // where the text of the last link began
  bool in_link = false;
  for (Token token; tokens.Next(token);) {
    if (token.kind == Token::Kind::kText) {
      if (EqualsNoCase(raw_of, "title") && page.title.empty()) {
        AppendDecoded(page.title, Trim(token.raw));
      } else if (!OneOf(kUnseen, raw_of)) {
        AppendDecoded(page.text, token.raw);
      }
      continue;
    }
    raw_of = token.kind == Token::Kind::kStart ? token.name : std::string_view();
    if (token.kind != Token::Kind::kOther && !OneOf(kInline, token.name)) BreakLine(page.text);
    if (!EqualsNoCase(token.name, "a")) continue;
    if (in_link)
      page.links.back().text = Trim(std::string_view(page.text).substr(std::min(link_at, page.text.size())));
    const std::string_view href =
        token.kind == Token::Kind::kStart ? AttributeOf(token, "href") : std::string_view();
    in_link = !href.empty() && page.links.size() < kMaxLinearLinks;
    link_at = page.text.size();
    if (in_link) page.links.push_back({href, {}});
  }
  BreakLine(page.text);
  if (page.text.ends_with('\n')) page.text.pop_back();
  return page;
}

}  // namespace nightjar::parse
