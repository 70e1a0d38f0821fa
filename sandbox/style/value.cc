// SPDX-License-Identifier: Apache-2.0
#include "sandbox/style/value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>

#include "sandbox/parse/ascii.h"

namespace nightjar::style {
namespace {

struct NamedColour {
  std::string_view name;
  std::uint32_t rgb;
};

// clang-format off
constexpr NamedColour kNamed[] = {
    {"aliceblue", 0xF0F8FF}, {"antiquewhite", 0xFAEBD7}, {"aqua", 0x00FFFF}, {"aquamarine", 0x7FFFD4},
    {"azure", 0xF0FFFF}, {"beige", 0xF5F5DC}, {"bisque", 0xFFE4C4}, {"black", 0x000000},
    {"blanchedalmond", 0xFFEBCD}, {"blue", 0x0000FF}, {"blueviolet", 0x8A2BE2}, {"brown", 0xA52A2A},
    {"burlywood", 0xDEB887}, {"cadetblue", 0x5F9EA0}, {"chartreuse", 0x7FFF00}, {"chocolate", 0xD2691E},
    {"coral", 0xFF7F50}, {"cornflowerblue", 0x6495ED}, {"cornsilk", 0xFFF8DC}, {"crimson", 0xDC143C},
    {"cyan", 0x00FFFF}, {"darkblue", 0x00008B}, {"darkcyan", 0x008B8B}, {"darkgoldenrod", 0xB8860B},
    {"darkgray", 0xA9A9A9}, {"darkgreen", 0x006400}, {"darkgrey", 0xA9A9A9}, {"darkkhaki", 0xBDB76B},
    {"darkmagenta", 0x8B008B}, {"darkolivegreen", 0x556B2F}, {"darkorange", 0xFF8C00}, {"darkorchid",
    0x9932CC}, {"darkred", 0x8B0000}, {"darksalmon", 0xE9967A}, {"darkseagreen", 0x8FBC8F},
    {"darkslateblue", 0x483D8B}, {"darkslategray", 0x2F4F4F}, {"darkslategrey", 0x2F4F4F},
    {"darkturquoise", 0x00CED1}, {"darkviolet", 0x9400D3}, {"deeppink", 0xFF1493}, {"deepskyblue",
    0x00BFFF}, {"dimgray", 0x696969}, {"dimgrey", 0x696969}, {"dodgerblue", 0x1E90FF}, {"firebrick",
    0xB22222}, {"floralwhite", 0xFFFAF0}, {"forestgreen", 0x228B22}, {"fuchsia", 0xFF00FF},
    {"gainsboro", 0xDCDCDC}, {"ghostwhite", 0xF8F8FF}, {"gold", 0xFFD700}, {"goldenrod", 0xDAA520},
    {"gray", 0x808080}, {"green", 0x008000}, {"greenyellow", 0xADFF2F}, {"grey", 0x808080}, {"honeydew",
    0xF0FFF0}, {"hotpink", 0xFF69B4}, {"indianred", 0xCD5C5C}, {"indigo", 0x4B0082}, {"ivory",
    0xFFFFF0}, {"khaki", 0xF0E68C}, {"lavender", 0xE6E6FA}, {"lavenderblush", 0xFFF0F5}, {"lawngreen",
    0x7CFC00}, {"lemonchiffon", 0xFFFACD}, {"lightblue", 0xADD8E6}, {"lightcoral", 0xF08080},
    {"lightcyan", 0xE0FFFF}, {"lightgoldenrodyellow", 0xFAFAD2}, {"lightgray", 0xD3D3D3}, {"lightgreen",
    0x90EE90}, {"lightgrey", 0xD3D3D3}, {"lightpink", 0xFFB6C1}, {"lightsalmon", 0xFFA07A},
    {"lightseagreen", 0x20B2AA}, {"lightskyblue", 0x87CEFA}, {"lightslategray", 0x778899},
    {"lightslategrey", 0x778899}, {"lightsteelblue", 0xB0C4DE}, {"lightyellow", 0xFFFFE0}, {"lime",
    0x00FF00}, {"limegreen", 0x32CD32}, {"linen", 0xFAF0E6}, {"magenta", 0xFF00FF}, {"maroon",
    0x800000}, {"mediumaquamarine", 0x66CDAA}, {"mediumblue", 0x0000CD}, {"mediumorchid", 0xBA55D3},
    {"mediumpurple", 0x9370DB}, {"mediumseagreen", 0x3CB371}, {"mediumslateblue", 0x7B68EE},
    {"mediumspringgreen", 0x00FA9A}, {"mediumturquoise", 0x48D1CC}, {"mediumvioletred", 0xC71585},
    {"midnightblue", 0x191970}, {"mintcream", 0xF5FFFA}, {"mistyrose", 0xFFE4E1}, {"moccasin",
    0xFFE4B5}, {"navajowhite", 0xFFDEAD}, {"navy", 0x000080}, {"oldlace", 0xFDF5E6}, {"olive",
    0x808000}, {"olivedrab", 0x6B8E23}, {"orange", 0xFFA500}, {"orangered", 0xFF4500}, {"orchid",
    0xDA70D6}, {"palegoldenrod", 0xEEE8AA}, {"palegreen", 0x98FB98}, {"paleturquoise", 0xAFEEEE},
    {"palevioletred", 0xDB7093}, {"papayawhip", 0xFFEFD5}, {"peachpuff", 0xFFDAB9}, {"peru", 0xCD853F},
    {"pink", 0xFFC0CB}, {"plum", 0xDDA0DD}, {"powderblue", 0xB0E0E6}, {"purple", 0x800080},
    {"rebeccapurple", 0x663399}, {"red", 0xFF0000}, {"rosybrown", 0xBC8F8F}, {"royalblue", 0x4169E1},
    {"saddlebrown", 0x8B4513}, {"salmon", 0xFA8072}, {"sandybrown", 0xF4A460}, {"seagreen", 0x2E8B57},
    {"seashell", 0xFFF5EE}, {"sienna", 0xA0522D}, {"silver", 0xC0C0C0}, {"skyblue", 0x87CEEB},
    {"slateblue", 0x6A5ACD}, {"slategray", 0x708090}, {"slategrey", 0x708090}, {"snow", 0xFFFAFA},
    {"springgreen", 0x00FF7F}, {"steelblue", 0x4682B4}, {"tan", 0xD2B48C}, {"teal", 0x008080},
    {"thistle", 0xD8BFD8}, {"tomato", 0xFF6347}, {"turquoise", 0x40E0D0}, {"violet", 0xEE82EE},
    {"wheat", 0xF5DEB3}, {"white", 0xFFFFFF}, {"whitesmoke", 0xF5F5F5}, {"yellow", 0xFFFF00},
    {"yellowgreen", 0x9ACD32}
};
// clang-format on
static_assert(std::is_sorted(std::begin(kNamed), std::end(kNamed),
                             [](const NamedColour& a, const NamedColour& b) { return a.name < b.name; }));

// Takes a number off the front; nothing where there is none. (No locale, no exponent: an 'e' begins "em".)
std::optional<double> TakeNumber(std::string_view& text) {
  const bool plus = text.starts_with('+');
  const char* begin = text.data() + (plus ? 1 : 0);
  double number = 0;
  const auto [past, error] =
      std::from_chars(begin, text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc() || !std::isfinite(number)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(past - text.data()));
  return number;
}

Value Colour(std::uint32_t rgb, std::uint32_t alpha) {
  return {static_cast<double>((rgb << 8) | alpha), Unit::kColour};
}

Value ParseHex(std::string_view digits) {
  std::uint32_t bits = 0;
  const auto [past, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits, 16);
  if (error != std::errc() || past != digits.data() + digits.size()) return {};
  const auto spread = [&](unsigned shift) { return ((bits >> shift) & 0xF) * 0x11; };
  switch (digits.size()) {
    case 3:
      return Colour((spread(8) << 16) | (spread(4) << 8) | spread(0), 0xFF);
    case 4:
      return Colour((spread(12) << 16) | (spread(8) << 8) | spread(4), spread(0));
    case 6:
      return Colour(bits, 0xFF);
    case 8:
      return Colour(bits >> 8, bits & 0xFF);
    default:
      return {};
  }
}

std::uint32_t Channel(double number) {
  return static_cast<std::uint32_t>(std::lround(std::clamp(number, 0.0, 255.0)));
}

// What stands in the brackets of rgb() and rgba(): three numbers or percentages and maybe an alpha.
Value ParseRgb(std::string_view inside) {
  std::array<double, 4> parts = {0, 0, 0, 255};
  std::size_t count = 0;
  while (count < parts.size()) {
    while (!inside.empty() &&
           (parse::IsSpace(inside.front()) || inside.front() == ',' || inside.front() == '/'))
      inside.remove_prefix(1);
    if (inside.empty()) break;
    const auto number = TakeNumber(inside);
    if (!number) return {};
    const bool percent = inside.starts_with('%');
    if (percent) inside.remove_prefix(1);
    parts[count] = percent ? *number * 2.55 : count == 3 ? *number * 255 : *number;
    ++count;
  }
  if (count < 3 || !parse::Trim(inside).empty()) return {};
  return Colour((Channel(parts[0]) << 16) | (Channel(parts[1]) << 8) | Channel(parts[2]), Channel(parts[3]));
}

struct UnitRow {
  std::string_view name;
  double pixels;
};

constexpr UnitRow kAbsolute[] = {{"px", 1},          {"pt", 96.0 / 72},        {"pc", 16},
                                 {"in", 96},         {"cm", 96 / 2.54},        {"mm", 9.6 / 2.54},
                                 {"rem", kRootFont}, {"vw", kViewWidth / 100}, {"vh", kViewHeight / 100}};

}  // namespace

Value ParseLength(std::string_view text) {
  const auto number = TakeNumber(text);
  if (!number) return {};
  if (text.empty()) return {*number, *number == 0 ? Unit::kPixels : Unit::kNumber};
  if (text == "%") return {*number, Unit::kPercent};
  if (text == "em") return {*number, Unit::kEm};
  if (text == "ex" || text == "ch") return {*number / 2, Unit::kEm};
  for (const UnitRow& row : kAbsolute) {
    if (text == row.name) return {*number * row.pixels, Unit::kPixels};
  }
  return {};
}

Value ParseColour(std::string_view text) {
  if (text == "transparent") return Colour(0, 0);
  if (text.starts_with('#')) return ParseHex(text.substr(1));
  if (text.starts_with("rgb") && text.ends_with(')')) {
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos) return {};
    return ParseRgb(text.substr(open + 1, text.size() - open - 2));
  }
  const auto* const found =
      std::lower_bound(std::begin(kNamed), std::end(kNamed), text,
                       [](const NamedColour& row, std::string_view name) { return row.name < name; });
  return found != std::end(kNamed) && found->name == text ? Colour(found->rgb, 0xFF) : Value{};
}

double PixelsOf(Value value, double font, double otherwise) {
  if (value.unit == Unit::kPixels) return value.number;
  return value.unit == Unit::kEm ? value.number * font : otherwise;
}

}  // namespace nightjar::style
