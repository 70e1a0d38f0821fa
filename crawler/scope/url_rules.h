// SPDX-License-Identifier: Apache-2.0
// A job's rules about URLs: which may be asked for, and under which name each is known. Patterns are RE2
// regular expressions (https://github.com/google/re2/wiki/Syntax): linear time whatever the pattern, so a
// pattern can be slow for nobody but its author. They are searched for in "/path?query"; '^' and '$' anchor.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/url.h"

namespace nightjar::scope {

inline constexpr std::size_t kMaxPatterns = 100;        // of each kind
inline constexpr std::size_t kMaxPatternLength = 1000;  // bytes

struct UrlRules {
  std::vector<std::string> include = {};  // none: everything
  std::vector<std::string> exclude = {};  // wins over include
  // Query parameters (and ";name=" in paths) that are no part of a page's identity, any letter case, beside
  // the well-known session ids (WellKnownSessionParams).
  std::vector<std::string> strip_params = {};
  bool keep_session_params = false;  // do not strip the well-known ones
  bool sort_query = false;           // by name; equal names keep their order
  friend bool operator==(const UrlRules&, const UrlRules&) = default;
};

[[nodiscard]] const std::vector<std::string>& WellKnownSessionParams();  // "phpsessid", "jsessionid", ...

// Compiled rules. Immutable; copies share. Thread-safe.
class UrlMatcher final {
 public:
  UrlMatcher();  // of no rules
  // kInvalidInput names the pattern that is too long, one too many or does not compile, and why.
  [[nodiscard]] static Result<UrlMatcher> Compile(const UrlRules& rules);

  [[nodiscard]] bool Admits(std::string_view path_and_query) const;

  // The URL's name, without fragment: what is hashed, kept and asked for. Idempotent.
  [[nodiscard]] std::string NameOf(const Url& url) const;

 private:
  struct Compiled;
  explicit UrlMatcher(std::shared_ptr<const Compiled> compiled);
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace nightjar::scope
