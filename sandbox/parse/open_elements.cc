// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/open_elements.h"

#include <algorithm>
#include <cstdint>

#include "sandbox/parse/ascii.h"
#include "sandbox/parse/tokens.h"

namespace nightjar::parse {
namespace {

constexpr std::size_t kSameFormatting = 3;  // "Noah's Ark": identical formatting elements that are kept

// FNV-1a; of names that stand in the source the compiler's work.
constexpr std::size_t Hash(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

// A search for a cell, a row or a table ends at these.
bool EndsTableSearch(std::size_t name) {
  constexpr std::size_t kTable = Hash("table");
  constexpr std::size_t kTemplate = Hash("template");
  constexpr std::size_t kSvg = Hash("svg");
  constexpr std::size_t kMath = Hash("math");
  return name == kTable || name == kTemplate || name == kSvg || name == kMath;
}

// <font> leaves svg and math only with one of three attributes.
bool IsFontOfHtml(std::string_view name, std::string_view raw) {
  if (name != "font" || raw.size() < 6) return false;
  std::string_view attributes = raw.substr(5);
  for (RawAttribute attribute; TakeAttribute(attributes, attribute);) {
    if (EqualsNoCase(attribute.name, "color") || EqualsNoCase(attribute.name, "face") ||
        EqualsNoCase(attribute.name, "size"))
      return true;
  }
  return false;
}

}  // namespace

// The topmost of the names, if nothing `stop` says of lies above it.
template <typename Stop>
std::size_t OpenElements::Find(std::initializer_list<std::size_t> names, Stop stop) const {
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (std::find(names.begin(), names.end(), open_[i].name) != names.end()) return i;
    if (stop(open_[i])) return kNone;
  }
  return kNone;
}

std::size_t OpenElements::TopOf(std::initializer_list<std::size_t> names) const {
  return Find(names, [](const Entry& entry) { return !Is(entry.traits, Element::kFormatting); });
}

// What a start tag closes by itself, if anything.
std::size_t OpenElements::ClosedByStart(std::string_view name, Element traits) const {
  const auto listed = [](const Entry& entry) {
    return Is(entry.traits, Element::kSpecial) && !Is(entry.traits, Element::kPassed);
  };
  const auto table = [](const Entry& entry) { return EndsTableSearch(entry.name); };
  if (name == "p") return TopOf({Hash("p")});
  if (name == "li") return Find({Hash("li")}, listed);
  if (name == "dd" || name == "dt") return Find({Hash("dd"), Hash("dt")}, listed);
  if (Is(traits, Element::kTablePart) && !InTable()) return kNone;
  if (name == "td" || name == "th") return Find({Hash("td"), Hash("th")}, table);
  if (name == "tr") return Find({Hash("tr")}, table);
  if (name == "tbody" || name == "thead" || name == "tfoot")
    return Find({Hash("tbody"), Hash("thead"), Hash("tfoot")}, table);
  if (InForeign()) return kNone;
  const bool like_the_top = !open_.empty() && open_.back().name == Hash(name);
  if ((name == "a" || name == "option") && like_the_top) return open_.size() - 1;
  return kNone;
}

bool OpenElements::IsIgnored(std::string_view name, Element traits) const {
  if (Is(traits, Element::kVoid) && (!InForeign() || Is(traits, Element::kLeavesForeign))) return true;
  if (InForeign()) return false;
  if (name == "html" || name == "head" || name == "body") return true;
  return Is(traits, Element::kTablePart) && !InTable();
}

// A table is open, and nothing in it that has rules of its own.
bool OpenElements::InTable() const {
  return Find({Hash("table"), Hash("template")},
              [](const Entry& entry) { return EndsTableSearch(entry.name); }) != kNone;
}

// The innermost svg or math and how many places in it are HTML again.
OpenElements::Foreign OpenElements::InnermostForeign() const {
  Foreign foreign{kNone, 0};
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (Is(open_[i].traits, Element::kForeign)) return {i, foreign.integrations};
    if (Is(open_[i].traits, Element::kIntegration)) ++foreign.integrations;
  }
  return foreign;
}

// A start tag that svg and math do not hold ends them, where no HTML began in them.
void OpenElements::LeaveForeign() {
  const Foreign foreign = InnermostForeign();
  if (foreign.root == kNone || foreign.integrations > 0) return;
  ++odd_foreign_ends_;
  Close(foreign.root);
}

// Their end tags reach past whatever is foreign, but not out of HTML in them.
std::size_t OpenElements::ForeignClosedByEnd(std::size_t name) {
  const Foreign foreign = InnermostForeign();
  if (foreign.root == kNone) return kNone;
  const bool on_top = Is(open_.back().traits, Element::kIntegration);
  const bool reached = foreign.integrations == 0 || (foreign.integrations == 1 && on_top);
  if (reached && open_[foreign.root].name == name) return foreign.root;
  ++odd_foreign_ends_;
  return kNone;
}

void OpenElements::Start(std::string_view name, std::string_view raw) {
  const Element traits = TraitsOf(name);
  if (InForeign() && (Is(traits, Element::kLeavesForeign) || IsFontOfHtml(name, raw))) LeaveForeign();
  if (IsIgnored(name, traits)) return;
  if (const std::size_t closed = ClosedByStart(name, traits); closed != kNone) Close(closed);
  open_.push_back({Hash(name), Is(traits, Element::kFormatting) ? Hash(raw) : 0, traits});
  if (!Is(traits, Element::kForeign)) return;
  ++foreign_;
  if (raw.ends_with("/>")) ++odd_foreign_ends_;  // <svg/> ends where it begins
}

std::size_t OpenElements::ClosedByEnd(std::string_view name, Element traits) {
  const std::size_t wanted = Hash(name);
  if (Is(traits, Element::kForeign)) return ForeignClosedByEnd(wanted);
  if (Is(traits, Element::kIntegration))
    return !open_.empty() && open_.back().name == wanted ? open_.size() - 1 : kNone;
  if (name == "p" || name == "li" || name == "dd" || name == "dt") {
    const std::size_t found = ClosedByStart(name, traits);
    return found != kNone && open_[found].name == wanted ? found : kNone;
  }
  if (name == "table" || Is(traits, Element::kTablePart))
    return Find({wanted}, [](const Entry& entry) { return EndsTableSearch(entry.name); });
  const bool far = Is(traits, Element::kBlock) || Is(traits, Element::kFormatting) || name == "form";
  return Find({wanted}, [far](const Entry& entry) {
    return Is(entry.traits, far ? Element::kScope : Element::kSpecial);
  });
}

void OpenElements::End(std::string_view name) {
  const Element traits = TraitsOf(name);
  const std::size_t found = ClosedByEnd(name, traits);
  if (found == kNone) return DropForgotten(Hash(name));
  // A formatting end tag closes its element alone, and so does that of a form.
  if (Is(traits, Element::kFormatting) || name == "form") return Remove(found);
  Close(found);
}

// With what stands above it.
void OpenElements::Close(std::size_t index) {
  for (std::size_t i = open_.size(); i-- > index;) {
    if (Is(open_[i].traits, Element::kForeign)) --foreign_;
    if (i > index) Forget(open_[i]);
  }
  open_.resize(index);
}

void OpenElements::Remove(std::size_t index) {
  open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(index));
}

void OpenElements::Forget(const Entry& entry) {
  if (!Is(entry.traits, Element::kFormatting)) return;
  const auto same = std::count_if(forgotten_.begin(), forgotten_.end(),
                                  [&](const Entry& other) { return other.identity == entry.identity; });
  if (static_cast<std::size_t>(same) < kSameFormatting) forgotten_.push_back(entry);
}

void OpenElements::DropForgotten(std::size_t name) {
  const auto last = std::find_if(forgotten_.rbegin(), forgotten_.rend(),
                                 [&](const Entry& entry) { return entry.name == name; });
  if (last != forgotten_.rend()) forgotten_.erase(std::next(last).base());
}

}  // namespace nightjar::parse
