// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/jar.h"

#include <algorithm>

#include "base/codec.h"

namespace nightjar::sessions {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kSmallestCookie = 4 * sizeof(std::uint32_t);
constexpr std::int64_t kNoExpiry = INT64_MIN;

std::size_t SizeOf(const Cookie& cookie) { return cookie.name.size() + cookie.value.size(); }

bool IsUnder(std::string_view host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

// Section 5.1.4.
bool PathMatches(std::string_view asked, std::string_view path) {
  return asked == path || (asked.starts_with(path) && (path.ends_with('/') || asked[path.size()] == '/'));
}

std::string DefaultPath(const std::string& asked) {
  const std::size_t last = asked.rfind('/');
  return last == 0 || last == std::string::npos ? "/" : asked.substr(0, last);
}

bool HasPassed(const Cookie& cookie, UtcTime now) { return cookie.expires && *cookie.expires <= now; }

bool AppliesTo(const Cookie& cookie, const Url& url, UtcTime now) {
  const bool host = cookie.host_only ? url.host() == cookie.domain : IsUnder(url.host(), cookie.domain);
  // An onion service's stream is encrypted and authenticated by Tor whatever the scheme, and Tor Browser
  // calls http onions secure contexts.
  return host && PathMatches(url.path(), cookie.path) && !HasPassed(cookie, now);
}

}  // namespace

bool Jar::Owns(std::string_view domain) const { return IsUnder(domain, onion_host_); }

bool Jar::Take(const Url& url, ByteView untrusted_head, UtcTime now) {
  const std::vector<Cookie> before = cookies_;
  if (!Owns(url.host())) return false;
  for (auto& set : SetCookiesOf(untrusted_head, now)) {
    // Section 5.3, steps 5 and 6; the public suffix here is "onion" and the address the least domain.
    if (!set.domain.empty() && (!Owns(set.domain) || !IsUnder(url.host(), set.domain))) continue;
    Cookie cookie{.name = std::move(set.name),
                  .value = std::move(set.value),
                  .domain = set.domain.empty() ? url.host() : set.domain,
                  .path = set.path.empty() ? DefaultPath(url.path()) : set.path,
                  .host_only = set.domain.empty(),
                  .secure = set.secure,
                  .expires = set.expires,
                  .created = now,
                  .used = now};
    Store(std::move(cookie));
  }
  std::erase_if(cookies_, [&](const Cookie& cookie) { return HasPassed(cookie, now); });
  HoldBounds();
  return cookies_ != before;
}

Status Jar::Put(Cookie cookie) {
  const auto refuse = [&](const char* why) {
    return Fail(Code::kRefused, why, "cookie " + cookie.name.substr(0, 64));
  };
  const auto again = ParseSetCookie(cookie.name + "=" + cookie.value, cookie.created);
  if (!again || again->name != cookie.name || again->value != cookie.value)
    return refuse("has no name, is too long, or holds bytes that no cookie may have");
  if (!Owns(cookie.domain)) return refuse("belongs to another service than the session's");
  if (!cookie.path.starts_with('/')) return refuse("has a path that does not begin with /");
  Store(std::move(cookie));
  HoldBounds();
  return {};
}

void Jar::Store(Cookie cookie) {
  const auto same = std::ranges::find_if(cookies_, [&](const Cookie& other) {
    return other.name == cookie.name && other.domain == cookie.domain && other.path == cookie.path;
  });
  if (same == cookies_.end()) {
    cookies_.push_back(std::move(cookie));
    return;
  }
  cookie.created = same->created;  // section 5.3, step 11.3
  *same = std::move(cookie);
}

void Jar::HoldBounds() {
  std::size_t bytes = 0;
  for (const Cookie& cookie : cookies_) bytes += SizeOf(cookie);
  while (cookies_.size() > kMaxCookies || bytes > kMaxBytes) {
    const auto oldest = std::ranges::min_element(cookies_, {}, &Cookie::used);
    bytes -= SizeOf(*oldest);
    cookies_.erase(oldest);
  }
}

std::string Jar::LineFor(const Url& url, UtcTime now) {
  std::vector<Cookie*> applying;
  for (Cookie& cookie : cookies_)
    if (AppliesTo(cookie, url, now)) applying.push_back(&cookie);
  std::ranges::stable_sort(applying, [](const Cookie* a, const Cookie* b) {
    return a->path.size() != b->path.size() ? a->path.size() > b->path.size() : a->created < b->created;
  });
  std::string line;
  for (Cookie* cookie : applying) {
    cookie->used = now;
    line += (line.empty() ? "" : "; ") + cookie->name + "=" + cookie->value;
  }
  return line;
}

Bytes Jar::Encode() const {
  Encoder row;
  row.U8(kFormat).Str(onion_host_).U32(static_cast<std::uint32_t>(cookies_.size()));
  for (const Cookie& cookie : cookies_) {
    row.Str(cookie.name).Str(cookie.value).Str(cookie.domain).Str(cookie.path);
    row.U8(cookie.host_only ? 1 : 0).U8(cookie.secure ? 1 : 0);
    row.I64(cookie.expires ? UnixMicros(*cookie.expires) : kNoExpiry);
    row.I64(UnixMicros(cookie.created)).I64(UnixMicros(cookie.used));
  }
  return row.Take();
}

Result<Jar> Jar::Decode(ByteView bytes) {
  Decoder row(bytes);
  if (row.U8() != kFormat) return Fail(Code::kCorrupt, "a cookie jar is stored in an unknown format");
  Jar jar(row.Str());
  jar.cookies_.resize(row.Count(kMaxCookies, kSmallestCookie));
  for (Cookie& cookie : jar.cookies_) {
    cookie.name = row.Str(kMaxSetCookie);
    cookie.value = row.Str(kMaxSetCookie);
    cookie.domain = row.Str(kMaxSetCookie);
    cookie.path = row.Str(kMaxSetCookie);
    cookie.host_only = row.U8() != 0;
    cookie.secure = row.U8() != 0;
    const std::int64_t expires = row.I64();
    if (expires != kNoExpiry) cookie.expires = FromUnixMicros(expires);
    cookie.created = FromUnixMicros(row.I64());
    cookie.used = FromUnixMicros(row.I64());
  }
  RETURN_IF_ERROR(row.Finish("a cookie jar"));
  return jar;
}

}  // namespace nightjar::sessions
