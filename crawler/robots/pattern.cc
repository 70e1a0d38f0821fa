// SPDX-License-Identifier: Apache-2.0
#include "crawler/robots/pattern.h"

#include <cstring>

#include "base/url_bytes.h"

namespace nightjar::robots {
namespace {

bool IsUnreserved(char c) {
  return url::IsAlpha(c) || url::IsDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void AppendHex(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kDigits[byte >> 4];
  out += kDigits[byte & 15];
}

bool IsEscape(std::string_view text, std::size_t at) {
  return text[at] == '%' && at + 2 < text.size() && url::HexValue(text[at + 1]) >= 0 &&
         url::HexValue(text[at + 2]) >= 0;
}

std::string Normalise(std::string_view text, std::string_view also_encoded) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (IsEscape(text, at)) {
      const char decoded = static_cast<char>(url::HexValue(text[at + 1]) * 16 + url::HexValue(text[at + 2]));
      if (IsUnreserved(decoded))
        out += decoded;
      else
        AppendHex(out, decoded);
      at += 2;
    } else if (static_cast<unsigned char>(c) >= 0x80 || also_encoded.find(c) != std::string_view::npos) {
      AppendHex(out, c);
    } else {
      out += c;
    }
  }
  return out;
}

// memmem(3) is linear whatever the bytes (two-way search in glibc); string_view::find is not.
std::size_t Find(std::string_view text, std::string_view piece) {
  const void* found = ::memmem(text.data(), text.size(), piece.data(), piece.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

std::string NormalisePattern(std::string_view written) {
  const bool anchored = written.ends_with('$');
  if (anchored) written.remove_suffix(1);
  return Normalise(written, "$") + (anchored ? "$" : "");
}

std::string NormaliseTarget(std::string_view path_and_query) { return Normalise(path_and_query, "*$"); }

bool Matches(std::string_view pattern, std::string_view target) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t star = pattern.find('*');
  const std::string_view head = pattern.substr(0, star);
  if (!target.starts_with(head)) return false;
  target.remove_prefix(head.size());
  if (star == std::string_view::npos) return !anchored || target.empty();
  while (true) {
    pattern.remove_prefix(star + 1);
    star = pattern.find('*');
    const bool last = star == std::string_view::npos;
    const std::string_view piece = pattern.substr(0, star);
    if (last && anchored) return target.ends_with(piece);
    const std::size_t found = Find(target, piece);
    if (found == std::string_view::npos) return false;
    if (last) return true;
    target.remove_prefix(found + piece.size());
  }
}

}  // namespace nightjar::robots
