// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/charset.h"

#include <algorithm>

#include "sandbox/parse/ascii.h"
#include "sandbox/parse/guess.h"
#include "sandbox/parse/tokens.h"

namespace nightjar::parse {
namespace {

constexpr std::size_t kMetaWithin = 1024;

const Encoding* FromMark(ByteView body) {
  if (body.starts_with("\xEF\xBB\xBF")) return EncodingFor("utf-8");
  if (body.starts_with("\xFE\xFF")) return EncodingFor("utf-16be");
  if (body.starts_with("\xFF\xFE")) return EncodingFor("utf-16le");
  return nullptr;
}

// "text/html; charset=utf-8", in a header or in a meta element's content.
const Encoding* FromContentType(std::string_view content_type) {
  const std::size_t at = FindNoCase(content_type, "charset=");
  if (at == std::string_view::npos) return nullptr;
  std::string_view label = Trim(content_type.substr(at + 8));
  const char quote = label.empty() ? '\0' : label.front();
  if (quote == '"' || quote == '\'') {
    label.remove_prefix(1);
    return EncodingFor(label.substr(0, label.find(quote)));
  }
  return EncodingFor(label.substr(0, label.find_first_of("; \t")));
}

// A meta element cannot be read unless its bytes are ASCII, so a declared UTF-16 must be a lie (WHATWG: use
// UTF-8), and x-user-defined means windows-1252 there (WHATWG HTML section 13.2.3.2).
const Encoding* FromMeta(ByteView body) {
  Tokens tokens(body.substr(0, kMetaWithin));
  for (Token token; tokens.Next(token);) {
    if (token.kind != Token::Kind::kStart || !EqualsNoCase(token.name, "meta")) continue;
    const Encoding* found = EncodingFor(AttributeOf(token, "charset"));
    if (found == nullptr && EqualsNoCase(AttributeOf(token, "http-equiv"), "content-type")) {
      found = FromContentType(AttributeOf(token, "content"));
    }
    if (found == nullptr) continue;
    if (found->name.starts_with("utf-16")) return EncodingFor("utf-8");
    return found->name == "x-user-defined" ? EncodingFor("windows-1252") : found;
  }
  return nullptr;
}

// Templates name ISO-8859-1 and the server sends UTF-8: text that is valid UTF-8 beyond ASCII is hardly ever
// anything else, and a server's header, which a saved page has lost, would have said so.
bool IsBelied(const Encoding& declared, ByteView body) {
  if (declared.name != "windows-1252") return false;
  const bool only_ascii =
      std::ranges::all_of(body, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return !only_ascii && IsValidUtf8(body);
}

}  // namespace

const Encoding* DecideEncoding(std::string_view content_type, ByteView body) {
  if (const Encoding* found = FromMark(body)) return found;
  if (const Encoding* found = FromContentType(content_type)) return found;
  if (const Encoding* found = FromMeta(body)) return IsBelied(*found, body) ? EncodingFor("utf-8") : found;
  if (IsValidUtf8(body)) return EncodingFor("utf-8");
  const Encoding* guessed = GuessEncoding(body);
  return guessed != nullptr ? guessed : EncodingFor("windows-1252");
}

}  // namespace nightjar::parse
