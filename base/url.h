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
  static constexpr std::size_t kMaxLength = 8192;  // longer input is refused before parsing

  // Parses `input`, relative to `base` when one is given. Errors: kInvalidInput (not a URL, with the
  // offending part named) or kRefused (another scheme, too long).
  [[nodiscard]] static Result<Url> Parse(std::string_view input, const Url* base = nullptr);

  [[nodiscard]] std::string Href() const;             // the whole serialisation, fragment included
  [[nodiscard]] std::string WithoutFragment() const;  // what is asked of a server
  [[nodiscard]] std::string Origin() const;           // scheme://host[:port]
  [[nodiscard]] std::string PathAndQuery() const;     // request target: "/path?query"

  [[nodiscard]] const std::string& scheme() const { return scheme_; }  // "http" or "https"
  [[nodiscard]] const std::string& username() const {
    return username_;
  }  // percent-encoded; refused for crawling
  [[nodiscard]] const std::string& password() const { return password_; }
  [[nodiscard]] const std::string& host() const { return host_; }  // lower case, IDNA-encoded; IPv6 bracketed
  [[nodiscard]] std::optional<std::uint16_t> port() const {
    return port_;
  }  // absent for the scheme's default port
  [[nodiscard]] std::uint16_t EffectivePort() const;
  [[nodiscard]] const std::string& path() const { return path_; }                         // starts with '/'
  [[nodiscard]] const std::optional<std::string>& query() const { return query_; }        // without '?'
  [[nodiscard]] const std::optional<std::string>& fragment() const { return fragment_; }  // without '#'

  friend bool operator==(const Url& a, const Url& b) { return a.Href() == b.Href(); }
  friend auto operator<=>(const Url& a, const Url& b) { return a.Href() <=> b.Href(); }

 private:
  friend class UrlParser;
  Url() = default;
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
