// SPDX-License-Identifier: Apache-2.0
#include "sandbox/style/shapes.h"

#include <algorithm>
#include <vector>

#include "sandbox/parse/ascii.h"
#include "sandbox/style/declarations.h"

namespace nightjar::style {
namespace {

constexpr std::size_t kMostArguments = 64;

// The words between the brackets of "name(a, b c)"; commas and blanks part them.
std::vector<std::string_view> ArgumentsOf(std::string_view function) {
  std::vector<std::string_view> words;
  std::string_view inside = function.substr(std::min(function.find('('), function.size() - 1) + 1);
  inside = inside.substr(0, inside.find(')'));
  while (words.size() < kMostArguments) {
    const std::size_t begin = inside.find_first_not_of(" \t\r\n\f,");
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(inside.find_first_of(" \t\r\n\f,", begin), inside.size());
    words.push_back(inside.substr(begin, end - begin));
    inside.remove_prefix(end);
  }
  return words;
}

bool IsFarAway(Value value) {
  if (value.unit == Unit::kPercent) return value.number <= -500 || value.number >= 500;
  const double pixels = PixelsOf(value, kRootFont, 0);
  return pixels <= -kFarPixels || pixels >= kFarAhead;
}

bool IsNought(std::string_view text) {
  const Value value = ParseLength(text);
  return value.unit != Unit::kUnknown && value.number == 0;
}

// CSS's way with one to four sides: top, right, bottom, left.
bool InsetMeets(const std::vector<std::string_view>& sides) {
  std::vector<Value> values;
  for (const std::string_view side : sides) {
    if (side == "round" || values.size() == 4) break;
    values.push_back(ParseLength(side));
  }
  if (values.empty()) return false;
  const auto percent = [&](std::size_t i) {
    while (i >= values.size()) i = i == 3 ? 1 : i - std::min<std::size_t>(i, 2);
    return values[i].unit == Unit::kPercent ? values[i].number : 0;
  };
  return percent(0) + percent(2) >= 100 || percent(1) + percent(3) >= 100;
}

bool OneTransformHides(std::string_view function) {
  const auto arguments = ArgumentsOf(function);
  if (arguments.empty()) return false;
  if (function.starts_with("scale")) {
    return std::ranges::any_of(arguments, IsNought) && !function.starts_with("scalez");
  }
  if (function.starts_with("translate") && !function.starts_with("translatez")) {
    return std::ranges::any_of(arguments.begin(),
                               arguments.begin() + std::min<std::ptrdiff_t>(2, std::ssize(arguments)),
                               [](std::string_view word) { return IsFarAway(ParseLength(word)); });
  }
  if (function.starts_with("matrix(") && arguments.size() == 6) {
    const bool flat = IsNought(arguments[0]) && IsNought(arguments[1]);
    return flat || (IsNought(arguments[2]) && IsNought(arguments[3]));
  }
  return false;
}

}  // namespace

bool ClipsAll(std::string_view clip) {
  if (!clip.starts_with("rect")) return false;
  const auto sides = ArgumentsOf(clip);
  if (sides.size() != 4) return false;
  const auto meets = [](std::string_view low, std::string_view high) {
    const Value a = low == "auto" ? Value{0, Unit::kPixels} : ParseLength(low);
    const Value b = ParseLength(high);
    if (a.unit == Unit::kUnknown || b.unit == Unit::kUnknown) return false;
    return PixelsOf(b, kRootFont, kFarAhead) - PixelsOf(a, kRootFont, 0) <= 1;
  };
  return meets(sides[0], sides[2]) || meets(sides[3], sides[1]);
}

bool ClipPathLeavesNothing(std::string_view path) {
  const auto words = ArgumentsOf(path);
  if (path.starts_with("inset")) return InsetMeets(words);
  if (path.starts_with("circle") || path.starts_with("ellipse")) return !words.empty() && IsNought(words[0]);
  if (!path.starts_with("polygon") || words.size() < 2) return false;
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i] != words[i % 2]) return false;
  }
  return true;
}

bool TransformsAway(std::string_view transform) {
  while (!transform.empty()) {
    const std::size_t close = std::min(transform.find(')'), transform.size() - 1);
    if (OneTransformHides(parse::Trim(transform.substr(0, close + 1)))) return true;
    transform.remove_prefix(close + 1);
  }
  return false;
}

}  // namespace nightjar::style
