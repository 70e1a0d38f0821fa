// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/openpgp/armor.h"

#include <algorithm>
#include <array>

namespace nightjar::openpgp {
namespace {

constexpr std::string_view kDashes = "-----";
constexpr std::string_view kBegin = "-----BEGIN PGP ";
constexpr std::string_view kEnd = "-----END PGP ";
constexpr std::size_t kLongestLabel = 40;

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }
bool IsBase64(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

// Section 6.1.1.
std::uint32_t Crc24(ByteView bytes) {
  std::uint32_t crc = 0xB704CE;
  for (const char c : bytes) {
    crc ^= static_cast<std::uint32_t>(static_cast<std::uint8_t>(c)) << 16;
    for (int bit = 0; bit < 8; ++bit) {
      crc <<= 1;
      if ((crc & 0x1000000) != 0) crc ^= 0x1864CFB;
    }
  }
  return crc & 0xFFFFFF;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

// "Version: GnuPG v2", and the first words of it where the line breaks are lost.
bool IsHeader(std::string_view line) {
  constexpr std::array<std::string_view, 5> kKeys = {
      "Version:", "Comment:", "Hash:", "Charset:", "MessageID:"};
  return std::any_of(kKeys.begin(), kKeys.end(), [&](std::string_view key) { return line.starts_with(key); });
}

// After headers whose line breaks are lost: the first word as long as only a line of base64 is.
std::string_view FromFirstLongWord(std::string_view body) {
  constexpr std::size_t kLong = 40;
  std::size_t begin = 0;
  while (begin < body.size()) {
    while (begin < body.size() && IsBlank(body[begin])) ++begin;
    std::size_t end = begin;
    while (end < body.size() && IsBase64(body[end])) ++end;
    if (end - begin >= kLong) return body.substr(begin);
    while (end < body.size() && !IsBlank(body[end])) ++end;
    begin = end;
  }
  return {};
}

// The body without its headers: whole lines at its beginning.
std::string_view WithoutHeaders(std::string_view body) {
  body = Trim(body);
  while (IsHeader(body)) {
    const std::size_t line_end = body.find('\n');
    if (line_end == std::string_view::npos) return FromFirstLongWord(body);
    body = Trim(body.substr(line_end));
  }
  return body;
}

// Everything but white space and the lone dashes of escaped lines.
std::string Packed(std::string_view body) {
  std::string packed;
  packed.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (IsBlank(body[i])) continue;
    const bool alone = (i == 0 || IsBlank(body[i - 1])) && (i + 1 == body.size() || IsBlank(body[i + 1]));
    if (body[i] == '-' && alone) continue;
    packed.push_back(body[i]);
  }
  return packed;
}

// "=xxxx" at the end, where no base64 ends that way: its value as base64, else empty.
std::string_view TakeCrc(std::string_view& packed) {
  constexpr std::size_t kCrc = 4;
  if (packed.size() <= kCrc || packed[packed.size() - kCrc - 1] != '=') return {};
  const std::string_view crc = packed.substr(packed.size() - kCrc);
  if (!std::all_of(crc.begin(), crc.end(), IsBase64)) return {};
  packed.remove_suffix(kCrc + 1);
  return crc;
}

void Decode(std::string_view body, Armor& armor) {
  const std::string packed = Packed(WithoutHeaders(body));
  std::string_view base64 = packed;
  const std::string_view crc = TakeCrc(base64);
  auto data = Base64Decode(base64);
  if (!data || data->empty()) {
    armor.damage = "not base64";
    return;
  }
  if (!crc.empty()) {
    const std::uint32_t value = Crc24(*data);
    const Bytes wanted = {static_cast<char>(value >> 16), static_cast<char>(value >> 8),
                          static_cast<char>(value)};
    if (Base64Encode(wanted) != crc) {
      armor.damage = "wrong CRC-24";
      return;
    }
  }
  armor.data = std::move(*data);
}

}  // namespace

std::optional<Armor> ReadArmor(std::string_view text, std::size_t begin) {
  if (!text.substr(begin).starts_with(kBegin)) return std::nullopt;
  const std::size_t label_at = begin + kBegin.size();
  const std::size_t label_end = text.substr(label_at, kLongestLabel + kDashes.size()).find(kDashes);
  if (label_end == std::string_view::npos || label_end == 0) return std::nullopt;
  Armor armor;
  armor.label = text.substr(label_at, label_end);
  armor.begin = begin;
  const std::size_t body_at = label_at + label_end + kDashes.size();
  armor.end = body_at;
  if (armor.label == "SIGNED MESSAGE") return armor;
  const std::size_t body_end = text.find(kDashes, body_at);
  const std::string_view tail = body_end == std::string_view::npos ? "" : text.substr(body_end);
  const std::size_t tail_size = kEnd.size() + armor.label.size() + kDashes.size();
  if (!tail.starts_with(kEnd) || !tail.substr(kEnd.size()).starts_with(armor.label) ||
      !tail.substr(kEnd.size() + armor.label.size()).starts_with(kDashes)) {
    armor.damage = "no end";
    return armor;
  }
  armor.end = body_end + tail_size;
  Decode(text.substr(body_at, body_end - body_at), armor);
  return armor;
}

}  // namespace nightjar::openpgp
