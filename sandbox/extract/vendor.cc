// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/vendor.h"

#include <array>

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

bool AddName(const Surroundings& at, Range name, std::uint8_t confidence, FieldList& fields) {
  const std::string_view text = at.layout.At(name);
  if (text.empty() || text.size() > kLongestName) return false;
  fields.Add({.name = "vendor", .value = std::string(text), .confidence = confidence}, name);
  return true;
}

// The first link in the value is the name; else the value's beginning is.
bool VendorFromLabel(const Surroundings& at, FieldList& fields) {
  const Tree& tree = *at.page.tree;
  for (const Pair& pair : at.pairs) {
    if (pair.field != "vendor") continue;
    for (const Run& run : at.layout.runs) {
      if (run.range.begin < pair.value.begin || run.range.end > pair.value.end) continue;
      if (LinkAround(tree, run.node) == 0) continue;
      if (AddName(at, NameWithin(at.layout, run.range), pair.confidence, fields)) return true;
    }
    if (AddName(at, NameWithin(at.layout, pair.value), static_cast<std::uint8_t>(pair.confidence - 10),
                fields)) {
      return true;
    }
  }
  return false;
}

// The last part of a link's path or query: "user.php?u_id=bob" and "/s/bob/" both name bob.
std::string_view NamedByLink(std::string_view href) {
  href = href.substr(0, href.find('#'));
  while (href.ends_with('/')) href.remove_suffix(1);
  const std::size_t query = href.find('?');
  std::string_view named = href;
  if (query != std::string_view::npos) {
    named = href.substr(query + 1);
    named = named.substr(0, named.find('&'));
    const std::size_t equals = named.find('=');
    return equals == std::string_view::npos ? std::string_view() : named.substr(equals + 1);
  }
  const std::size_t slash = named.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : named.substr(slash + 1);
}

// A link to somebody's profile whose text is the name its address holds.
bool VendorFromProfileLink(const Surroundings& at, FieldList& fields) {
  const Tree& tree = *at.page.tree;
  for (const Line& line : at.layout.lines) {
    if (line.navigation || line.control) continue;
    for (std::uint32_t i = line.first_run; i < line.past_run; ++i) {
      const Run& run = at.layout.runs[i];
      const NodeIndex link = LinkAround(tree, run.node);
      if (link == 0) continue;
      const std::string_view href = tree.Value(tree[link], "href");
      const std::string_view named = NamedByLink(href);
      const Range name = NameWithin(at.layout, run.range);
      if (named.size() > 1 && ContainsAny(href, kProfileWords) &&
          parse::EqualsNoCase(at.layout.At(name), named)) {
        return AddName(at, name, 75, fields);
      }
    }
  }
  return false;
}

}  // namespace

void ReadVendor(const Surroundings& at, FieldList& fields) {
  (void)(VendorFromLabel(at, fields) || VendorFromProfileLink(at, fields));
}

}  // namespace nightjar::extract
