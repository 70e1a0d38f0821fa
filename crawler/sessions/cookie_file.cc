// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/cookie_file.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "base/json.h"

namespace nightjar::sessions {
namespace {

constexpr std::string_view kHttpOnly = "#HttpOnly_";
constexpr double kLatest = 253402300799;  // 9999-12-31T23:59:59Z

tl::unexpected<Error> Refuse(std::string text, const std::string& where) {
  return Fail(Code::kInvalidInput, std::move(text), where);
}

std::optional<UtcTime> ExpiryOf(double seconds) {
  if (!std::isfinite(seconds) || seconds <= 0) return std::nullopt;
  return UtcTime(std::chrono::seconds(static_cast<std::int64_t>(std::min(seconds, kLatest))));
}

std::string DomainOf(std::string_view text) {
  std::string domain(text.starts_with('.') ? text.substr(1) : text);
  for (char& c : domain) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return domain;
}

Result<Cookie> ReadLine(std::string_view line, const std::string& where) {
  std::array<std::string_view, 7> fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::size_t end = i + 1 < fields.size() ? line.find('\t') : line.size();
    if (end == std::string_view::npos) return Refuse("a cookie has seven fields parted by TAB", where);
    fields.at(i) = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  if (fields[6].find('\t') != std::string_view::npos)
    return Refuse("a cookie has seven fields parted by TAB", where);
  std::int64_t expires = 0;
  const auto [end, bad] = std::from_chars(fields[4].data(), fields[4].data() + fields[4].size(), expires);
  if (bad != std::errc() || end != fields[4].data() + fields[4].size())
    return Refuse("the fifth field is the time of expiry in seconds since 1970, or 0", where);
  return Cookie{.name = std::string(fields[5]),
                .value = std::string(fields[6]),
                .domain = DomainOf(fields[0]),
                .path = std::string(fields[2]),
                .host_only = fields[1] != "TRUE",
                .secure = fields[3] == "TRUE",
                .expires = ExpiryOf(static_cast<double>(expires)),
                .created = {},
                .used = {}};
}

Result<std::vector<Cookie>> ReadNetscape(std::string_view text, const std::string& name) {
  std::vector<Cookie> cookies;
  for (int number = 1; !text.empty(); ++number) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with(kHttpOnly))
      line.remove_prefix(kHttpOnly.size());
    else if (line.empty() || line.starts_with('#'))
      continue;
    ASSIGN_OR_RETURN(cookies.emplace_back(), ReadLine(line, fmt::format("{}:{}", name, number)));
  }
  return cookies;
}

std::string TextOf(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

bool IsTrue(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_bool() && value->as_bool();
}

std::optional<UtcTime> JsonExpiry(const json::object& object) {
  for (const char* key : {"expirationDate", "expires"}) {
    const json::value* value = object.if_contains(key);
    if (value != nullptr && value->is_number()) return ExpiryOf(value->to_number<double>());
  }
  return std::nullopt;
}

Result<std::vector<Cookie>> ReadJson(std::string_view text, const std::string& name) {
  boost::system::error_code bad;
  const json::value parsed = json::parse(text, bad);
  if (bad || !parsed.is_array()) return Refuse("is not a JSON array of cookies", name);
  std::vector<Cookie> cookies;
  for (const json::value& element : parsed.as_array()) {
    const std::string where = fmt::format("{}, cookie {}", name, cookies.size() + 1);
    if (!element.is_object()) return Refuse("is not a JSON object", where);
    const json::object& object = element.as_object();
    const std::string domain = TextOf(object, "domain");
    const std::string path = TextOf(object, "path");
    if (TextOf(object, "name").empty() || domain.empty())
      return Refuse("needs at least name, value and domain", where);
    cookies.push_back(
        {.name = TextOf(object, "name"),
         .value = TextOf(object, "value"),
         .domain = DomainOf(domain),
         .path = path.empty() ? "/" : path,
         .host_only = object.contains("hostOnly") ? IsTrue(object, "hostOnly") : !domain.starts_with('.'),
         .secure = IsTrue(object, "secure"),
         .expires = JsonExpiry(object),
         .created = {},
         .used = {}});
  }
  return cookies;
}

}  // namespace

Result<std::vector<Cookie>> ReadCookieFile(ByteView untrusted_text, const std::string& name, UtcTime now) {
  if (untrusted_text.size() > kMaxCookieFile) return Refuse("is larger than 1 MiB", name);
  const std::size_t first = untrusted_text.find_first_not_of(" \t\r\n");
  const bool is_json = first != ByteView::npos && untrusted_text[first] == '[';
  auto cookies = is_json ? ReadJson(untrusted_text, name) : ReadNetscape(untrusted_text, name);
  if (!cookies) return cookies;
  if (cookies->empty()) return Refuse("holds no cookie", name);
  for (Cookie& cookie : *cookies) cookie.created = cookie.used = now;
  return cookies;
}

}  // namespace nightjar::sessions
