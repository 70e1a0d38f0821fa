// SPDX-License-Identifier: Apache-2.0
// Strict reading of a request head before the HTTP parser sees it: what two parsers could read differently
// (request smuggling, RFC 9112 section 11.2) is refused outright. hostile.md section 5.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nightjar::http {

inline constexpr std::size_t kMaxFields = 100;

// Why a head is refused, as the client is told, with the status that says so.
struct HeadFault {
  int status = 400;
  std::string text;
};

// Looks at bytes as they arrive: a NUL, a line feed without carriage return or a lone carriage return is a
// fault at once. `head_size` is set when the empty line has come: the head's length with it.
struct HeadScan {
  std::optional<HeadFault> fault;
  std::optional<std::size_t> head_size;
};
[[nodiscard]] HeadScan ScanHead(std::string_view arrived);

// Faults of a whole head: folded lines, too many fields, Host missing or twice, Transfer-Encoding at all (no
// client of ours needs it, and beside Content-Length it smuggles), Content-Length twice or not a number.
[[nodiscard]] std::optional<HeadFault> CheckHead(std::string_view head);

}  // namespace nightjar::http
