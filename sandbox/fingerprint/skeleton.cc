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

// White space to one reader only, what is no character in XML (U+0000, U+FFFE, U+FFFF), and a byte order
// mark.
constexpr std::array<std::string_view, 5> kDisputed = {"\f", std::string_view("\0", 1), "\xEF\xBF\xBE",
                                                       "\xEF\xBF\xBF", "\xEF\xBB\xBF"};

bool IsPlainName(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && IsAlpha(name.front()) &&
         std::ranges::all_of(name, [](char c) { return IsAlpha(c) || IsDigit(c); });
}

// Bytes that both readers take for ordinary inside a value.
constexpr auto kPlainBytes = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0; c < plain.size(); ++c)
    plain[c] = (c >= 0x20 || IsSpace(static_cast<char>(c))) && c != '<' && c != '>';
  return plain;
}();

bool IsPlainByte(char c) { return kPlainBytes[static_cast<unsigned char>(c)]; }

// The three that libxml2 has rules of its own for, wherever they stand.
bool IsFrame(std::string_view name) { return name == "html" || name == "head" || name == "body"; }

// Does anything look like a start tag of those?
bool HasFrame(std::string_view markup) {
  for (std::size_t at = markup.find('<'); at != std::string_view::npos; at = markup.find('<', at + 1)) {
    const std::string_view behind = markup.substr(at + 1);
    for (const std::string_view name : {"html", "head", "body"})
      if (parse::StartsWithNoCase(behind, name) && (behind.size() == 4 || !IsAlpha(behind[4]))) return true;
  }
  return false;
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

  Skeleton Run() && {
    const auto stands_in_it = [&](std::string_view one) {
      return markup_.find(one) != std::string_view::npos;
    };
    if (std::ranges::any_of(kDisputed, stands_in_it)) {
      skeleton_.before = markup_;
      return std::move(skeleton_);
    }
    skeleton_.names.reserve(markup_.size() / 8);
    parse::Tokens tokens(markup_);
    parse::Token token;
    while (tokens.Next(token)) {
      if (Cut(token)) continue;
      LeaveBody();
      const std::string_view rest =
          markup_.substr(static_cast<std::size_t>(token.raw.data() - markup_.data()));
      whole_ |= skeleton_.has_body && HasFrame(rest);
      Put(rest);
      break;
    }
    if (whole_) return {.before = std::string(markup_), .has_body = false, .names = {}, .after = {}};
    return std::move(skeleton_);
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

  // Markup that libxml2 is shown: nothing of it inside the body.
  void Put(std::string_view markup) {
    if (!in_body_) (skeleton_.has_body ? skeleton_.after : skeleton_.before).append(markup);
  }

  // From here on libxml2 is shown markup again. A script or style that is open it has to know of.
  void LeaveBody() {
    if (!in_body_) return;
    in_body_ = false;
    if (raw_text_of_.empty()) return;
    skeleton_.names.resize(names_before_raw_text_);
    Put("<" + raw_text_of_ + ">");
  }

  // `stays_open`: the tag does not end in "/>".
  void TakeName(const std::string& name, bool stays_open) {
    if (in_body_) skeleton_.names.append(skeleton_.names.empty() ? "" : "|").append(name);
    const bool first_body = name == "body" && stays_open && !skeleton_.has_body;
    in_body_ |= first_body;
    skeleton_.has_body |= first_body;
  }

  bool CutText(std::string_view text) {
    if (!raw_text_of_.empty()) {
      if (parse::FindNoCase(text, "</" + raw_text_of_) != std::string_view::npos) return false;
      Put("x");
      return true;
    }
    if (!std::ranges::all_of(text, IsPlainByteOrClose)) return false;
    const auto first = std::ranges::find_if_not(text, IsSpace);
    const bool blank = first == text.end();
    if (!blank && *first == '&') {  // at the end of a page libxml2 says nothing of it
      Put(text);
    } else if (!blank) {
      Put(IsSpace(text.front()) ? " x" : "x");
    } else if (text.size() <= kLongestBlank) {
      Put(" ");
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
    if (!rest.empty() && !token.raw.ends_with("/>")) return false;
    const std::string name = parse::Lower(token.name);
    const bool raw_text = name == "script" || name == "style";
    if (raw_text && !rest.empty()) return false;
    if (IsFrame(name)) LeaveBody();
    // Of one that libxml2 drops, "/>" closes whatever is open: it would have to know what is.
    whole_ |= skeleton_.has_body && IsFrame(name) && !rest.empty();
    raw_text_of_ = raw_text ? name : std::string();
    names_before_raw_text_ = skeleton_.names.size();
    PutTag("<", token.name, rest.empty() ? ">" : "/>");
    TakeName(name, rest.empty());
    return true;
  }

  bool CutEnd(const parse::Token& token) {
    if (!token.raw.ends_with('>') || !IsPlainName(token.name) || !parse::Trim(token.attributes).empty())
      return false;
    raw_text_of_.clear();
    if (IsFrame(parse::Lower(token.name))) LeaveBody();
    PutTag("</", token.name, ">");
    return true;
  }

  // A comment without surprises, or a plain document type.
  bool CutOther(std::string_view raw) {
    if (raw.starts_with("<!--") && raw.size() >= 7 && raw.ends_with("-->")) {
      const std::string_view inside = raw.substr(4, raw.size() - 7);
      const bool plain = inside.find("--") == std::string_view::npos && !inside.starts_with('>') &&
                         !inside.starts_with('-') && !inside.ends_with('-') &&
                         inside.find('\0') == std::string_view::npos;
      if (plain) Put("<!--x-->");
      return plain;
    }
    if (!parse::StartsWithNoCase(raw, "<!doctype html") || !raw.ends_with('>')) return false;
    const std::string_view inside = raw.substr(2, raw.size() - 3);
    if (!std::ranges::all_of(inside, IsPlainByte) || std::ranges::count(inside, '"') % 2 != 0) return false;
    if (inside.find('\'') != std::string_view::npos) return false;
    Put(raw);
    return true;
  }

  void PutTag(std::string_view open, std::string_view name, std::string_view close) {
    Put(open);
    Put(name);
    Put(close);
  }

  std::string_view markup_;
  Skeleton skeleton_;
  bool in_body_ = false;  // names are taken
  bool whole_ = false;    // libxml2 has to see all of it
  std::size_t names_before_raw_text_ = 0;
  std::string raw_text_of_;  // "script" or "style" after its start tag
};

}  // namespace

Skeleton SkeletonOf(std::string_view markup) { return Cutter(markup).Run(); }

}  // namespace nightjar::fingerprint
