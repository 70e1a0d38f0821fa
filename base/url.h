// SPDX-License-Identifier: Apache-2.0
// http and https URLs, parsed and normalised by the WHATWG URL Standard (https://url.spec.whatwg.org/, state
// machine of section 4.4), so that one page has one spelling in the frontier and a browser would agree with
// us. Other schemes are refused: nothing else may ever be fetched.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nightjar {

// A value type; always holds a valid, normalised URL. Comparison is by Href().
class Url final {
 public:
  static constexpr std::size_t kMaxLength = 8192;  // of the input and of Href(); longer is refused

  // Parses `input`, relative to `base` when one is given. `input` is UTF-8; invalid bytes read as U+FFFD.
  // Errors: kInvalidInput (not a URL; the text names the offending part) or kRefused (another scheme, too
  // long). Their `where` is the head of `input`: outside text, for log::Safe.
  [[nodiscard]] static Result<Url> Parse(std::string_view input, const Url* base = nullptr);

  [[nodiscard]] std::string Href() const;             // the whole serialisation, fragment included
  [[nodiscard]] std::string WithoutFragment() const;  // what is asked of a server
  [[nodiscard]] std::string Origin() const;           // scheme://host[:port]
  [[nodiscard]] std::string PathAndQuery() const;     // request target: "/path?query"

  // "http" or "https".
  [[nodiscard]] const std::string& scheme() const { return scheme_; }
  // Percent-encoded; mostly empty. URLs that carry them are refused for crawling.
  [[nodiscard]] const std::string& username() const { return username_; }
  [[nodiscard]] const std::string& password() const { return password_; }
  // Never empty; lower case, IDNA-encoded; IPv4 dotted; IPv6 in brackets. A trailing dot is kept.
  [[nodiscard]] const std::string& host() const { return host_; }
  // Absent for the scheme's default port.
  [[nodiscard]] std::optional<std::uint16_t> port() const { return port_; }
  [[nodiscard]] std::uint16_t EffectivePort() const;
  // Starts with '/'.
  [[nodiscard]] const std::string& path() const { return path_; }
  // Without '?' and '#'. An empty query ("/?") is not the same as none.
  [[nodiscard]] const std::optional<std::string>& query() const { return query_; }
  [[nodiscard]] const std::optional<std::string>& fragment() const { return fragment_; }

  friend bool operator==(const Url&, const Url&) = default;  // part by part is the same as by Href()
  friend auto operator<=>(const Url& a, const Url& b) { return a.Href() <=> b.Href(); }

 private:
  friend class UrlParser;
  Url() = default;
  [[nodiscard]] Status Read(std::string_view input, const Url* base);
  [[nodiscard]] std::size_t LengthBound() const;  // Href() is at most this long
  std::string scheme_;
  std::string username_;
  std::string password_;
  std::string host_;
  std::optional<std::uint16_t> port_;
  std::string path_;
  std::optional<std::string> query_;
  std::optional<std::string> fragment_;
};

}  // namespace nightjar
