// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/prescan.h"

#include "sandbox/parse/ascii.h"
#include "sandbox/parse/open_elements.h"
#include "sandbox/parse/tokens.h"

namespace nightjar::parse {
namespace {

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
    if (open.odd_foreign_ends() > kMaxOddForeignEnds)
      return Excess{wire::Verdict::kFallbackDeep, "svg or math is left open more than 16 times"};
  }
  return std::nullopt;
}

}  // namespace nightjar::parse
