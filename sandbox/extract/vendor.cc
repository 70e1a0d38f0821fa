// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/vendor.h"

#include <algorithm>
#include <array>
#include <span>

#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::array<std::string_view, 10> kProfileWords = {
    "user", "vendor", "seller", "profile", "member", "merchant", "shop", "store", "author", "/s/"};

// A name ends where its decoration begins: "DrParagon (100%)".
Range NameWithin(const Layout& layout, Range range) {
  std::string_view text = layout.At(range);
  text = text.substr(0, text.find('\n'));
  for (const std::string_view mark : {" (", " [", " |", " - ", ", ", " ★", " /"})
    text = text.substr(0, text.find(mark));
  return TrimIn(layout, Part(range, 0, text.size()));
}

std::optional<NamedVendor> Named(const Layout& layout, Range name, int confidence) {
  const std::string_view text = layout.At(name);
  if (text.empty() || text.size() > kLongestName) return std::nullopt;
  return NamedVendor{name, static_cast<std::uint8_t>(confidence)};
}

// The runs that lie in a range of the text.
std::span<const Run> RunsIn(const Layout& layout, Range range) {
  const auto first = std::lower_bound(layout.runs.begin(), layout.runs.end(), range.begin,
                                      [](const Run& run, std::uint32_t at) { return run.range.begin < at; });
  auto past = first;
  while (past != layout.runs.end() && past->range.end <= range.end) ++past;
  return {first, past};
}

// The first link in the value is the name; else the value's beginning is.
std::optional<NamedVendor> FromLabel(const Surroundings& at, Lines lines) {
  constexpr std::size_t kLongestValue = 400;
  for (const Pair& pair : PairsIn(at, lines)) {
    if (pair.field != "vendor") continue;
    const Range value{pair.value.begin,
                      std::min(pair.value.end, pair.value.begin + static_cast<std::uint32_t>(kLongestValue))};
    for (const Run& run : RunsIn(at.layout, value)) {
      if (LinkAround(*at.page.tree, run.node) == 0) continue;
      if (auto named = Named(at.layout, NameWithin(at.layout, run.range), pair.confidence)) return named;
    }
    if (auto named = Named(at.layout, NameWithin(at.layout, pair.value), pair.confidence - 10)) return named;
  }
  return std::nullopt;
}

// Does a part of the link's path or query hold the name? "user.php?u_id=bob&tab=2" and "/s/bob/" both name
// bob.
bool NamesIt(std::string_view href, std::string_view name) {
  if (name.size() < 2) return false;
  href = href.substr(0, href.find('#'));
  constexpr int kMostParts = 16;
  for (int part = 0; part < kMostParts && !href.empty(); ++part) {
    const std::size_t end = std::min(href.find_first_of("/?&="), href.size());
    if (parse::EqualsNoCase(href.substr(0, end), name)) return true;
    href.remove_prefix(std::min(end + 1, href.size()));
  }
  return false;
}

// A link to somebody's profile whose text is the name its address holds.
std::optional<NamedVendor> FromProfileLink(const Surroundings& at, Lines lines) {
  const Tree& tree = *at.page.tree;
  for (std::uint32_t i = lines.first; i < lines.past; ++i) {
    const Line& line = at.layout.lines[i];
    if (line.navigation || line.control) continue;
    for (std::uint32_t r = line.first_run; r < line.past_run; ++r) {
      const Run& run = at.layout.runs[r];
      const NodeIndex link = LinkAround(tree, run.node);
      if (link == 0) continue;
      const std::string_view href = tree.Value(tree[link], "href");
      if (!IsProfileLink(href)) continue;
      const Range name = NameWithin(at.layout, run.range);
      if (NamesIt(href, at.layout.At(name))) return Named(at.layout, name, 75);
    }
  }
  return std::nullopt;
}

}  // namespace

bool IsProfileLink(std::string_view href) { return ContainsAny(href, kProfileWords); }

std::optional<NamedVendor> FindVendor(const Surroundings& at, Lines lines) {
  if (auto named = FromLabel(at, lines)) return named;
  return FromProfileLink(at, lines);
}

void ReadVendor(const Surroundings& at, FieldList& fields) {
  const auto named = FindVendor(at, AllLines(at.layout));
  if (!named) return;
  fields.Add(
      {.name = "vendor", .value = std::string(at.layout.At(named->name)), .confidence = named->confidence},
      named->name);
}

}  // namespace nightjar::extract
