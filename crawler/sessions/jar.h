// SPDX-License-Identifier: Apache-2.0
// A cookie jar: the cookies of one identity (a persona, or a job without one) at one onion service, by the
// rules of RFC 6265 sections 5.3 and 5.4. One jar knows one onion address and its sub-domains; whatever
// speaks of another is refused, so no cookie can travel between services.
//
// Bounds: kMaxCookies cookies and kMaxBytes of names and values. What comes over them pushes out the
// cookie that was used longest ago.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/url.h"
#include "crawler/sessions/set_cookie.h"

namespace nightjar::sessions {

inline constexpr std::size_t kMaxCookies = 50;
inline constexpr std::size_t kMaxBytes = 16 << 10;

struct Cookie {
  std::string name;
  std::string value;
  std::string domain;  // lower case
  std::string path;    // begins with '/'
  bool host_only = true;
  bool secure = false;
  std::optional<UtcTime> expires{};  // none: as long as the session
  UtcTime created{};
  UtcTime used{};
  friend bool operator==(const Cookie&, const Cookie&) = default;
};

// One thread.
class Jar final {
 public:
  explicit Jar(std::string onion_host) : onion_host_(std::move(onion_host)) {}

  // Takes the cookies that a response to `url` sets; true when the jar is not what it was.
  bool Take(const Url& url, ByteView untrusted_head, UtcTime now);

  // One cookie from elsewhere (an import). kRefused with the reason: another service, too long, no name.
  [[nodiscard]] Status Put(Cookie cookie);

  // The value of the Cookie line for a request to `url`, "" where none applies (section 5.4: longer paths
  // first, then older ones). Marks what it gives as used.
  [[nodiscard]] std::string LineFor(const Url& url, UtcTime now);

  void Clear() { cookies_.clear(); }
  [[nodiscard]] const std::vector<Cookie>& cookies() const { return cookies_; }
  [[nodiscard]] const std::string& onion_host() const { return onion_host_; }

  // A row: base/codec.h, format byte 1. It is a secret: seal it.
  [[nodiscard]] Bytes Encode() const;
  [[nodiscard]] static Result<Jar> Decode(ByteView row);  // kCorrupt

  friend bool operator==(const Jar&, const Jar&) = default;

 private:
  [[nodiscard]] bool Owns(std::string_view domain) const;
  void Store(Cookie cookie);
  void HoldBounds();

  std::string onion_host_;
  std::vector<Cookie> cookies_;  // in the order of their making
};

}  // namespace nightjar::sessions
