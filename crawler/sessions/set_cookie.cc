// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/set_cookie.h"

#include <algorithm>

namespace nightjar::sessions {
namespace {

// Chromium's and RFC 6265bis' bound; also keeps the sum below from overflowing.
constexpr std::int64_t kLongestLife = 400LL * 24 * 3600;

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return lower;
}

bool EqualsNoCase(std::string_view text, std::string_view lower_case) { return Lower(text) == lower_case; }

// What may stand in our Cookie line: no control characters (a line end would forge a header), no ';'.
bool IsHarmless(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f || c == ';';
  });
}

// Takes what stands before `mark` off the front, and the mark.
std::string_view TakeUntil(std::string_view& text, char mark) {
  const std::size_t at = std::min(text.find(mark), text.size());
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return head;
}

// Section 5.2.2. The clock is read once per response, so Max-Age=0 is a time past.
std::optional<UtcTime> ReadMaxAge(std::string_view text, UtcTime now) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  std::int64_t seconds = 0;
  for (const char c : text) seconds = std::min(seconds * 10 + (c - '0'), kLongestLife);
  if (negative || seconds == 0) return UtcTime{};
  return now + std::chrono::seconds(seconds);
}

struct Attributes {
  std::optional<UtcTime> max_age;
  std::optional<UtcTime> expires;

  void Take(std::string_view attribute, UtcTime now, SetCookie& cookie) {
    const std::string_view name = Trim(TakeUntil(attribute, '='));
    const std::string_view value = Trim(attribute);
    if (EqualsNoCase(name, "secure")) {
      cookie.secure = true;
    } else if (EqualsNoCase(name, "path")) {
      cookie.path = value.starts_with('/') ? value : "";
    } else if (EqualsNoCase(name, "domain") && !value.empty()) {
      cookie.domain = Lower(value.starts_with('.') ? value.substr(1) : value);
    } else if (EqualsNoCase(name, "expires")) {
      if (const auto date = ParseCookieDate(value)) expires = date;
    } else if (EqualsNoCase(name, "max-age")) {
      if (const auto time = ReadMaxAge(value, now)) max_age = time;
    }
  }
};

}  // namespace

std::optional<SetCookie> ParseSetCookie(ByteView untrusted_value, UtcTime now) {
  if (untrusted_value.size() > kMaxSetCookie) return std::nullopt;
  std::string_view rest = untrusted_value;
  std::string_view pair = TakeUntil(rest, ';');
  if (pair.find('=') == std::string_view::npos) return std::nullopt;
  SetCookie cookie;
  cookie.name = Trim(TakeUntil(pair, '='));
  cookie.value = Trim(pair);
  if (cookie.name.empty() || !IsHarmless(cookie.name) || !IsHarmless(cookie.value)) return std::nullopt;
  Attributes attributes;
  while (!rest.empty()) attributes.Take(TakeUntil(rest, ';'), now, cookie);
  if (!IsHarmless(cookie.path)) cookie.path.clear();
  cookie.expires = attributes.max_age ? attributes.max_age : attributes.expires;  // section 5.3, step 3
  return cookie;
}

std::vector<SetCookie> SetCookiesOf(ByteView untrusted_head, UtcTime now) {
  std::vector<SetCookie> cookies;
  std::size_t fields = 0;
  std::string_view rest = untrusted_head;
  while (!rest.empty() && fields < kMaxSetCookies) {
    std::string_view line = TakeUntil(rest, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string_view name = TakeUntil(line, ':');
    if (!EqualsNoCase(name, "set-cookie")) continue;
    ++fields;
    if (auto cookie = ParseSetCookie(Trim(line), now)) cookies.push_back(std::move(*cookie));
  }
  return cookies;
}

}  // namespace nightjar::sessions
