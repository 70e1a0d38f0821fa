// SPDX-License-Identifier: Apache-2.0
#include "tests/world/pages/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace nightjar::world {
namespace {

// The characters of 0x80..0x9F; 0 where windows-1252 has none.
constexpr std::array<char32_t, 32> kHighControls = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// Takes one character off valid UTF-8.
char32_t NextCharacter(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t character = size == 1 ? lead : lead & (0xFF >> (size + 1));
  for (std::size_t i = 1; i < size; ++i)
    character = (character << 6) | (static_cast<unsigned char>(text[i]) & 0x3F);
  text.remove_prefix(size);
  return character;
}

}  // namespace

std::string Escape(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

Bytes ToWindows1252(std::string_view utf8) {
  Bytes out;
  out.reserve(utf8.size());
  while (!utf8.empty()) {
    const char32_t character = NextCharacter(utf8);
    const auto* high = std::find(kHighControls.begin(), kHighControls.end(), character);
    if (character < 0x80 || (character >= 0xA0 && character <= 0xFF)) {
      out += static_cast<char>(character);
    } else if (high != kHighControls.end()) {
      out += static_cast<char>(0x80 + (high - kHighControls.begin()));
    } else {
      out += fmt::format("&#{};", static_cast<std::uint32_t>(character));
    }
  }
  return out;
}

std::string Slug(std::string_view text) {
  std::string slug;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) {
      slug += upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug;
}

std::string Paragraphs(const std::vector<std::string>& paragraphs) {
  std::string out;
  for (const std::string& paragraph : paragraphs) out += "<p>" + Escape(paragraph) + "</p>\n";
  return out;
}

std::string Decimal(std::uint64_t cents) { return fmt::format("{}.{:02}", cents / 100, cents % 100); }

std::string DecimalWithCommas(std::uint64_t cents) {
  std::string text = Decimal(cents);
  for (std::size_t at = text.size() - 3; at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string Stars(std::uint32_t hundredths) {
  return fmt::format("{}.{}", hundredths / 100, hundredths / 10 % 10);
}

Page Redirect(int status, std::string location) {
  Page page;
  page.status = status;
  page.content_type = "text/html";
  page.body = "<html><body>See <a href=\"" + Escape(location) + "\">here</a>.</body></html>\n";
  page.location = std::move(location);
  return page;
}

}  // namespace nightjar::world
