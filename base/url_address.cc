// SPDX-License-Identifier: Apache-2.0
#include "base/url_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>

#include "base/url_bytes.h"

namespace nightjar::url {
namespace {

// The IPv4 number parser. Values too large for an address stay too large, whatever their length.
std::optional<std::uint64_t> ParseIpv4Number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  unsigned base = 10;
  if (text.size() >= 2 && text[0] == '0') {
    const bool hexadecimal = ToLower(text[1]) == 'x';
    base = hexadecimal ? 16 : 8;
    text.remove_prefix(hexadecimal ? 2 : 1);
  }
  constexpr std::uint64_t kTooLarge = 1ULL << 32;
  std::uint64_t value = 0;
  for (const char c : text) {
    const int digit = HexValue(c);
    if (digit < 0 || static_cast<unsigned>(digit) >= base) return std::nullopt;
    value = std::min(value * base + static_cast<unsigned>(digit), kTooLarge);
  }
  return value;
}

std::string_view WithoutTrailingDot(std::string_view domain) {
  if (domain.size() > 1 && domain.ends_with('.')) domain.remove_suffix(1);
  return domain;
}

tl::unexpected<Error> BadIpv4() { return Fail(Code::kInvalidInput, "the host is not an IPv4 address"); }
tl::unexpected<Error> BadIpv6() { return Fail(Code::kInvalidInput, "the host is not an IPv6 address"); }

using Pieces = std::array<std::uint16_t, 8>;

// One IPv6 address from left to right. Each step consumes from `rest_` and fills `pieces_`.
class Ipv6Reader final {
 public:
  explicit Ipv6Reader(std::string_view text) : rest_(text) {}

  std::optional<Pieces> Read() {
    if (rest_.starts_with(':')) {
      if (!rest_.starts_with("::")) return std::nullopt;
      rest_.remove_prefix(1);
    }
    while (!rest_.empty()) {
      if (!ReadPiece()) return std::nullopt;
    }
    if (!gap_) return count_ == pieces_.size() ? std::optional(pieces_) : std::nullopt;
    // What was read behind the gap belongs at the end.
    std::rotate(pieces_.begin() + *gap_, pieces_.begin() + count_, pieces_.end());
    return pieces_;
  }

 private:
  bool ReadPiece() {
    if (count_ == pieces_.size()) return false;
    if (rest_.front() == ':') {  // the second colon of "::"
      if (gap_) return false;
      rest_.remove_prefix(1);
      gap_ = ++count_;  // stands for one zero piece at least
      return true;
    }
    unsigned value = 0;
    std::size_t length = 0;
    while (length < 4 && length < rest_.size() && HexValue(rest_[length]) >= 0) {
      value = value * 16 + static_cast<unsigned>(HexValue(rest_[length++]));
    }
    if (length < rest_.size() && rest_[length] == '.') return length > 0 && ReadEmbeddedIpv4();
    rest_.remove_prefix(length);
    pieces_[count_++] = static_cast<std::uint16_t>(value);
    if (rest_.empty()) return true;
    if (rest_.front() != ':') return false;
    rest_.remove_prefix(1);
    return !rest_.empty();
  }

  // Four decimal numbers up to 255 without leading zeros; they end the address.
  bool ReadEmbeddedIpv4() {
    if (count_ > pieces_.size() - 2) return false;
    std::array<unsigned, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (i > 0) {
        if (!rest_.starts_with('.')) return false;
        rest_.remove_prefix(1);
      }
      std::size_t length = 0;
      while (length < rest_.size() && length < 4 && IsDigit(rest_[length])) {
        bytes[i] = bytes[i] * 10 + static_cast<unsigned>(rest_[length++] - '0');
      }
      if (length == 0 || bytes[i] > 255 || (length > 1 && rest_.front() == '0')) return false;
      rest_.remove_prefix(length);
    }
    pieces_[count_++] = static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);
    pieces_[count_++] = static_cast<std::uint16_t>(bytes[2] << 8 | bytes[3]);
    return rest_.empty();
  }

  std::string_view rest_;
  Pieces pieces_{};
  std::size_t count_ = 0;           // pieces read so far
  std::optional<std::size_t> gap_;  // the piece behind "::"
};

struct Run {
  std::size_t begin = 0;
  std::size_t length = 0;
};

// The first longest run of two or more zero pieces; length 0 if there is none.
Run LongestZeroRun(const Pieces& pieces) {
  Run best;
  Run run;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    run = pieces[i] != 0 ? Run{i + 1, 0} : Run{run.begin, run.length + 1};
    if (run.length > best.length && run.length > 1) best = run;
  }
  return best;
}

}  // namespace

bool EndsInNumber(std::string_view domain) {
  domain = WithoutTrailingDot(domain);
  const std::string_view last = domain.substr(domain.rfind('.') + 1);  // npos + 1 is 0
  if (last.empty() || !IsDigit(last.front())) return false;
  return std::ranges::all_of(last, IsDigit) || ParseIpv4Number(last).has_value();
}

Result<std::string> ParseIpv4(std::string_view domain) {
  std::string_view rest = WithoutTrailingDot(domain);
  std::uint64_t address = 0;
  for (int place = 3; place >= 0; --place) {
    const std::size_t dot = rest.find('.');
    const auto number = ParseIpv4Number(rest.substr(0, dot));
    const bool last = dot == std::string_view::npos;
    // The last number fills all the bytes that are left.
    const std::uint64_t limit = last ? 1ULL << (8 * (place + 1)) : 256;
    if (!number || *number >= limit) return BadIpv4();
    address |= last ? *number : *number << (8 * place);
    if (last) {
      return fmt::format("{}.{}.{}.{}", address >> 24, (address >> 16) & 255, (address >> 8) & 255,
                         address & 255);
    }
    rest.remove_prefix(dot + 1);
  }
  return BadIpv4();
}

Result<std::string> ParseIpv6(std::string_view text) {
  const auto pieces = Ipv6Reader(text).Read();
  if (!pieces) return BadIpv6();
  const Run gap = LongestZeroRun(*pieces);
  std::string out = "[";
  for (std::size_t i = 0; i < pieces->size(); ++i) {
    if (gap.length > 0 && i == gap.begin) {
      out += i == 0 ? "::" : ":";
      i += gap.length - 1;
      continue;
    }
    fmt::format_to(std::back_inserter(out), "{:x}", (*pieces)[i]);
    if (i + 1 < pieces->size()) out.push_back(':');
  }
  out.push_back(']');
  return out;
}

}  // namespace nightjar::url
