// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.h"

#include <cstring>

namespace nightjar {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase32Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

// Packs the bits of `bytes` into symbols of `bits` bits each; the last symbol is padded with zero bits.
std::string EncodeBits(ByteView bytes, int bits, std::string_view alphabet) {
  std::string out;
  out.reserve((bytes.size() * 8 + bits - 1) / bits);
  std::uint32_t window = 0;
  int held = 0;
  for (const char byte : bytes) {
    window = (window << 8) | static_cast<std::uint8_t>(byte);
    held += 8;
    while (held >= bits) {
      held -= bits;
      out.push_back(alphabet[(window >> held) & ((1U << bits) - 1)]);
    }
  }
  if (held > 0) out.push_back(alphabet[(window << (bits - held)) & ((1U << bits) - 1)]);
  return out;
}

Result<Bytes> DecodeBits(std::string_view text, int bits, std::string_view alphabet) {
  Bytes out;
  out.reserve(text.size() * bits / 8);
  std::uint32_t window = 0;
  int held = 0;
  for (const char symbol : text) {
    const auto value = alphabet.find(symbol);
    if (value == std::string_view::npos) {
      return Fail(Code::kInvalidInput,
                  std::string("character '") + symbol + "' does not belong to this encoding");
    }
    window = (window << bits) | static_cast<std::uint32_t>(value);
    held += bits;
    if (held >= 8) {
      held -= 8;
      out.push_back(static_cast<char>((window >> held) & 0xFF));
    }
  }
  if (held >= bits || (window & ((1U << held) - 1)) != 0) {
    return Fail(Code::kInvalidInput, "the last character carries bits beyond the last byte");
  }
  return out;
}

// How many bytes at the head of `text` are ASCII, found eight at a time: most text is all ASCII.
std::size_t AsciiPrefix(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  while (at < text.size() && static_cast<std::uint8_t>(text[at]) < 0x80) ++at;
  return at;
}

// Length of the UTF-8 character at the head of `text` (RFC 3629: shortest form, no surrogates), or 0.
std::size_t CharacterLength(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const auto tail = [&](std::size_t i) { return i < text.size() && (at(i) & 0xC0) == 0x80; };
  const std::uint8_t lead = at(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!tail(1) || !tail(2)) return 0;
    if (lead == 0xE0 && at(1) < 0xA0) return 0;
    if (lead == 0xED && at(1) > 0x9F) return 0;
    return 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    if (lead == 0xF0 && at(1) < 0x90) return 0;
    if (lead == 0xF4 && at(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

}  // namespace

std::string HexEncode(ByteView bytes) { return EncodeBits(bytes, 4, kHexDigits); }

Result<Bytes> HexDecode(std::string_view lower_case_hex) {
  if (lower_case_hex.size() % 2 != 0) return Fail(Code::kInvalidInput, "hex needs an even number of digits");
  return DecodeBits(lower_case_hex, 4, kHexDigits);
}

std::string Base64Encode(ByteView bytes) {
  std::string out = EncodeBits(bytes, 6, kBase64Alphabet);
  while (out.size() % 4 != 0) out.push_back('=');
  return out;
}

Result<Bytes> Base64Decode(std::string_view text) {
  if (text.size() % 4 != 0) return Fail(Code::kInvalidInput, "base64 needs a multiple of four characters");
  std::string_view symbols = text;
  for (int padding = 0; padding < 2 && symbols.ends_with('='); ++padding) symbols.remove_suffix(1);
  return DecodeBits(symbols, 6, kBase64Alphabet);
}

std::string Base32Encode(ByteView bytes) { return EncodeBits(bytes, 5, kBase32Alphabet); }

Result<Bytes> Base32Decode(std::string_view lower_case_text) {
  return DecodeBits(lower_case_text, 5, kBase32Alphabet);
}

bool IsValidUtf8(std::string_view text) {
  for (;;) {
    text.remove_prefix(AsciiPrefix(text));
    if (text.empty()) return true;
    const std::size_t length = CharacterLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
}

std::string ToValidUtf8(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size());
  bool in_bad_run = false;
  while (!bytes.empty()) {
    const std::size_t ascii = AsciiPrefix(bytes);
    const std::size_t length = ascii > 0 ? ascii : CharacterLength(bytes);
    if (length > 0) {
      out.append(bytes.substr(0, length));
    } else if (!in_bad_run) {
      out.append("\xEF\xBF\xBD");
    }
    in_bad_run = length == 0;
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string_view Utf8Prefix(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<std::uint8_t>(text[max_bytes]) & 0xC0) == 0x80) --max_bytes;
  return text.substr(0, max_bytes);
}

}  // namespace nightjar
