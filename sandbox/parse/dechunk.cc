// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/dechunk.h"

#include <algorithm>
#include <optional>

#include "sandbox/parse/ascii.h"

namespace nightjar::parse {
namespace {

constexpr std::size_t kMaxSizeDigits = 8;  // 4 GiB: far over any body we take

std::optional<std::size_t> HexSize(std::string_view digits) {
  if (digits.empty() || digits.size() > kMaxSizeDigits) return std::nullopt;
  std::size_t size = 0;
  for (const char c : digits) {
    const char lower = LowerOf(c);
    if (!IsDigit(c) && (lower < 'a' || lower > 'f')) return std::nullopt;
    size = size * 16 + static_cast<std::size_t>(IsDigit(c) ? c - '0' : lower - 'a' + 10);
  }
  return size;
}

// The size line at the front of `rest`, taken off; chunk extensions are ignored.
std::optional<std::size_t> TakeSize(ByteView& rest) {
  const std::size_t end = rest.find('\n');
  if (end == ByteView::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  const auto size = HexSize(Trim(line.substr(0, line.find(';'))));
  if (size) rest.remove_prefix(end + 1);
  return size;
}

void TakeLineEnd(ByteView& rest) {
  if (rest.starts_with("\r\n")) {
    rest.remove_prefix(2);
  } else if (rest.starts_with("\n")) {
    rest.remove_prefix(1);
  }
}

}  // namespace

Bytes Dechunk(ByteView raw) {
  ByteView rest = raw;
  auto size = TakeSize(rest);
  if (!size) return Bytes(raw);
  Bytes body;
  while (size && *size > 0) {
    const std::size_t here = std::min(*size, rest.size());
    body.append(rest.substr(0, here));
    rest.remove_prefix(here);
    TakeLineEnd(rest);
    size = TakeSize(rest);
  }
  return body;
}

}  // namespace nightjar::parse
