// SPDX-License-Identifier: Apache-2.0
// One question and one answer of HTTP/1.1 (RFC 9112): what a site is asked and what it says, before any
// bytes.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar::world {

using Parameters = std::vector<std::pair<std::string, std::string>>;  // decoded, in order

struct Request {
  std::string method;  // "GET", "HEAD" or "POST"
  std::string target;  // "/path?query", as sent
  std::string path;    // the target before '?', as sent
  Parameters query;
  Parameters headers;  // names in lower case
  Bytes body;
  bool http10 = false;
  bool keep_alive = true;
  bool accepts_gzip = false;

  // The first parameter or header of that name.
  [[nodiscard]] std::optional<std::string> Query(std::string_view name) const;
  [[nodiscard]] std::optional<std::uint64_t> QueryNumber(
      std::string_view name) const;  // nothing unless all digits
  [[nodiscard]] std::optional<std::string> Header(std::string_view lower_case_name) const;
};

// How the end of a body is told.
enum class Framing { kLength, kChunked, kClose };

struct Page {
  int status = 200;
  std::string content_type;
  std::string location;                  // of a redirect; else empty
  std::vector<std::string> set_cookies;  // values of Set-Cookie fields
  Bytes body;                            // before any coding
  Framing framing = Framing::kLength;
  bool gzip = false;  // sent compressed to whoever accepts it
};

// "a=1&b=two+words" with percent escapes undone; a broken escape stays as it is.
[[nodiscard]] Parameters ParseParameters(std::string_view text);

// The request for a GET of `target`, as a browser would send it. For tests and for looking into a site.
[[nodiscard]] Request GetRequest(std::string_view target);

}  // namespace nightjar::world
