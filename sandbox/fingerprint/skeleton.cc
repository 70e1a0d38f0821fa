// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fingerprint/skeleton.h"

#include <algorithm>
#include <array>

#include "sandbox/parse/ascii.h"
#include "sandbox/parse/tokens.h"

namespace nightjar::fingerprint {
namespace {

using parse::IsAlpha;
using parse::IsDigit;
using parse::IsSpace;

constexpr std::size_t kLongestName = 64;    // libxml2 cuts names at 100 bytes
constexpr std::size_t kLongestBlank = 900;  // it looks at texts in pieces of 1,000

// White space to one reader only, what is no character in XML (U+FFFE, U+FFFF), and a byte order mark.
constexpr std::array<std::string_view, 4> kDisputed = {"\f", "\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xEF\xBB\xBF"};

bool IsPlainName(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && IsAlpha(name.front()) &&
         std::ranges::all_of(name, [](char c) { return IsAlpha(c) || IsDigit(c); });
}

// A byte that both readers take for ordinary inside a value.
bool IsPlainByte(char c) {
  return (static_cast<unsigned char>(c) >= 0x20 || IsSpace(c)) && c != '<' && c != '>';
}

// Takes `name`, `name=word`, `name="..."` or `name='...'` off the front.
bool TakePlainAttribute(std::string_view& rest) {
  std::size_t at = 0;
  const auto is_name = [](char c) {
    return IsAlpha(c) || IsDigit(c) || c == '-' || c == '_' || c == ':' || c == '.';
  };
  while (at < rest.size() && is_name(rest[at])) ++at;
  if (at == 0 || at > kLongestName || !IsAlpha(rest.front())) return false;
  rest.remove_prefix(at);
  if (!rest.starts_with('=')) return rest.empty() || IsSpace(rest.front()) || rest == "/";
  rest.remove_prefix(1);
  if (rest.empty()) return false;
  const char quote = rest.front();
  if (quote == '"' || quote == '\'') {
    at = rest.find(quote, 1);
    if (at == std::string_view::npos || !std::ranges::all_of(rest.substr(1, at - 1), IsPlainByte))
      return false;
    rest.remove_prefix(at + 1);
    return rest.empty() || IsSpace(rest.front()) || rest == "/";
  }
  const auto is_word = [](char c) {
    return IsPlainByte(c) && !IsSpace(c) && c != '"' && c != '\'' && c != '=' && c != '`';
  };
  for (at = 0; at < rest.size() && is_word(rest[at]);) ++at;
  if (at == 0 || rest[at - 1] == '/') return false;
  rest.remove_prefix(at);
  return rest.empty() || IsSpace(rest.front());
}

class Cutter final {
 public:
  explicit Cutter(std::string_view markup) : markup_(markup) {}

  std::string Run() && {
    const auto stands_in_it = [&](std::string_view one) {
      return markup_.find(one) != std::string_view::npos;
    };
    if (std::ranges::any_of(kDisputed, stands_in_it)) return std::string(markup_);
    out_.reserve(markup_.size() / 4);
    parse::Tokens tokens(markup_);
    parse::Token token;
    while (tokens.Next(token)) {
      if (Cut(token)) continue;
      out_.append(markup_.substr(static_cast<std::size_t>(token.raw.data() - markup_.data())));
      break;
    }
    return std::move(out_);
  }

 private:
  // False where it is not certain what libxml2 makes of the token.
  bool Cut(const parse::Token& token) {
    switch (token.kind) {
      case parse::Token::Kind::kText:
        return CutText(token.raw);
      case parse::Token::Kind::kStart:
        return CutStart(token);
      case parse::Token::Kind::kEnd:
        return CutEnd(token);
      default:
        return CutOther(token.raw);
    }
  }

  bool CutText(std::string_view text) {
    if (!raw_text_of_.empty()) {
      if (parse::FindNoCase(text, "</" + raw_text_of_) != std::string_view::npos) return false;
      out_.push_back('x');
      return true;
    }
    if (!std::ranges::all_of(text, IsPlainByteOrClose)) return false;
    const bool blank = IsSpace(text.front()) && std::ranges::all_of(text, IsSpace);
    if (!blank) {
      out_.append(IsSpace(text.front()) ? " x" : "x");
    } else if (text.size() <= kLongestBlank) {
      out_.push_back(' ');
    } else {
      return false;
    }
    return true;
  }
  static bool IsPlainByteOrClose(char c) { return IsPlainByte(c) || c == '>'; }

  bool CutStart(const parse::Token& token) {
    if (!token.raw.ends_with('>') || !IsPlainName(token.name)) return false;
    std::string_view rest = parse::Trim(token.attributes);
    while (!rest.empty() && rest != "/") {
      if (!TakePlainAttribute(rest)) return false;
      rest = parse::Trim(rest);
    }
    const std::string name = parse::Lower(token.name);
    const bool raw_text = name == "script" || name == "style";
    if (raw_text && !rest.empty()) return false;
    raw_text_of_ = raw_text ? name : std::string();
    out_.append("<").append(token.name).append(rest.empty() ? ">" : "/>");
    return true;
  }

  bool CutEnd(const parse::Token& token) {
    raw_text_of_.clear();
    if (!token.raw.ends_with('>') || !IsPlainName(token.name) || !parse::Trim(token.attributes).empty())
      return false;
    out_.append("</").append(token.name).append(">");
    return true;
  }

  // A comment without surprises, or a plain document type.
  bool CutOther(std::string_view raw) {
    if (raw.starts_with("<!--") && raw.size() >= 7 && raw.ends_with("-->")) {
      const std::string_view inside = raw.substr(4, raw.size() - 7);
      const bool plain = inside.find("--") == std::string_view::npos && !inside.starts_with('>') &&
                         !inside.starts_with('-') && !inside.ends_with('-') &&
                         inside.find('\0') == std::string_view::npos;
      if (plain) out_.append("<!--x-->");
      return plain;
    }
    if (!parse::StartsWithNoCase(raw, "<!doctype html") || !raw.ends_with('>')) return false;
    const std::string_view inside = raw.substr(2, raw.size() - 3);
    if (!std::ranges::all_of(inside, IsPlainByte) || std::ranges::count(inside, '"') % 2 != 0) return false;
    if (inside.find('\'') != std::string_view::npos) return false;
    out_.append(raw);
    return true;
  }

  std::string_view markup_;
  std::string out_;
  std::string raw_text_of_;  // "script" or "style" after its start tag
};

}  // namespace

std::string SkeletonOf(std::string_view markup) { return Cutter(markup).Run(); }

}  // namespace nightjar::fingerprint
