// SPDX-License-Identifier: Apache-2.0
#include "config/text_forms.h"

#include <arpa/inet.h>
#include <sys/un.h>

#include <algorithm>
#include <limits>
#include <string>

#include "base/decimal.h"
#include "config/retention_classes.h"

namespace nightjar::config {

bool IsAbsolutePath(std::string_view text) { return text.starts_with('/'); }

bool IsSocketPath(std::string_view text) {
  return IsAbsolutePath(text) && text.size() < sizeof(sockaddr_un::sun_path);
}

// A path with a blank in it cannot stand in a list; there are few.
std::vector<std::string> ListOf(std::string_view text) {
  std::vector<std::string> entries;
  if (text == kNone) return entries;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) entries.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return entries;
}

bool IsSocketPaths(std::string_view text) {
  constexpr std::size_t kMost = 16;
  const auto paths = ListOf(text);
  return !paths.empty() && paths.size() <= kMost && std::ranges::all_of(paths, IsSocketPath);
}

bool IsRetentionClasses(std::string_view text) {
  const auto classes = ParseRetentionClasses(text);
  return classes && !classes->empty();
}

bool IsOrigin(std::string_view text) {
  constexpr std::size_t kMost = 200;
  const auto allowed = [](char c) { return c > ' ' && c < '\x7F' && c != '+'; };
  return text.size() <= kMost && text.find('/') != std::string_view::npos && text.front() != '/' &&
         std::ranges::all_of(text, allowed);
}

bool IsListenAddress(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return false;
  if (!ParseDecimal(text.substr(colon + 1), std::numeric_limits<std::uint16_t>::max())) return false;
  std::string_view host = text.substr(0, colon);
  const bool brackets = host.size() > 2 && host.starts_with('[') && host.ends_with(']');
  if (brackets) host = host.substr(1, host.size() - 2);
  in6_addr address{};
  return ::inet_pton(brackets ? AF_INET6 : AF_INET, std::string(host).c_str(), &address) == 1;
}

bool IsHttpUrl(std::string_view text) {
  constexpr std::size_t kMost = 500;
  const auto allowed = [](char c) { return c > ' ' && c < '\x7F' && c != '@' && c != '\\'; };
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!text.starts_with(scheme)) continue;
    return text.size() > scheme.size() && text.size() <= kMost && std::ranges::all_of(text, allowed);
  }
  return false;
}

bool IsProxyUrl(std::string_view text) {
  constexpr std::string_view kSocks = "socks5h://";
  if (text.starts_with(kSocks)) return IsHttpUrl("http://" + std::string(text.substr(kSocks.size())));
  return text.starts_with("http://") && IsHttpUrl(text);
}

// RFC 5321's dot-atom form; quoted local parts are not worth their trouble.
bool IsMailAddress(std::string_view text) {
  constexpr std::size_t kMost = 254;
  const std::size_t at = text.find('@');
  const auto allowed = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("@.-_+=").find(c) != std::string_view::npos;
  };
  return text.size() <= kMost && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos && std::ranges::all_of(text, allowed);
}

bool IsVkey(std::string_view text) {
  constexpr std::size_t kMost = 500;
  const auto allowed = [](char c) { return c > ' ' && c < '\x7F'; };
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  return second != std::string_view::npos && text.size() <= kMost && std::ranges::all_of(text, allowed);
}

}  // namespace nightjar::config
