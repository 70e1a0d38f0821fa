// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/listing.h"

#include <algorithm>
#include <array>
#include <set>

#include "sandbox/extract/category.h"
#include "sandbox/extract/price.h"
#include "sandbox/extract/row_reader.h"
#include "sandbox/extract/short_lines.h"
#include "sandbox/extract/title.h"
#include "sandbox/extract/vendor.h"
#include "sandbox/extract/words.h"
#include "sandbox/values/country.h"
#include "sandbox/values/letters.h"
#include "sandbox/values/money.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestPlace = 80;
constexpr std::size_t kLongestPrice = 400;  // bytes beside a price label that are looked at

// The parts of a list of names: cut at separators, and where one element ends and another begins.
std::vector<Range> PartsOf(const Layout& layout, Range range, std::string_view separators) {
  std::vector<std::uint32_t> cuts = {range.begin};
  for (const Run& run : layout.runs) {
    if (run.range.begin > range.begin && run.range.begin < range.end) cuts.push_back(run.range.begin);
  }
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (separators.find(layout.text[i]) != std::string_view::npos) cuts.push_back(i + 1);
  }
  cuts.push_back(range.end);
  std::sort(cuts.begin(), cuts.end());
  std::vector<Range> parts;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    Range part = TrimIn(layout, {cuts[i], cuts[i + 1]});
    while (part.begin < part.end && separators.find(layout.text[part.end - 1]) != std::string_view::npos)
      --part.end;
    part = TrimIn(layout, part);
    if (part.begin < part.end) parts.push_back(part);
  }
  return parts;
}

void AddPlace(const Surroundings& at, std::string_view field, Range place, std::uint8_t confidence,
              FieldList& fields) {
  const std::string_view text = at.layout.At(place);
  if (text.size() > kLongestPlace) return;
  if (values::CountryOf(text)) {
    fields.AddTyped(field, wire::FieldType::kCountry, place, confidence, at.habits);
    return;
  }
  // "US and Canada": only where every name is known, for "Sand and Stone" is one place that is not.
  const std::vector<values::Country> names = values::SplitCountries(text);
  const bool known =
      names.size() > 1 &&
      std::all_of(names.begin(), names.end(), [](const values::Country& name) { return !name.code.empty(); });
  for (const values::Country& name : names) {
    if (known)
      fields.AddTyped(field, wire::FieldType::kCountry, Part(place, name.begin, name.end), confidence,
                      at.habits);
  }
  if (!known) fields.AddTyped(field, wire::FieldType::kCountry, place, confidence, at.habits);
}

void ReadPlaces(const Surroundings& at, std::string_view field, FieldList& fields) {
  for (const Pair& pair : at.pairs) {
    if (pair.field != field) continue;
    for (const Range part : PartsOf(at.layout, pair.value, ",;/|\n"))
      AddPlace(at, field, part, pair.confidence, fields);
    if (fields.Has(field)) return;
  }
}

void ReadStock(const Surroundings& at, FieldList& fields) {
  for (const Pair& pair : at.pairs) {
    if (pair.field == "stock" &&
        fields.AddTyped("stock", wire::FieldType::kCount, pair.value, pair.confidence, at.habits))
      return;
  }
}

// Coins beside a label, else those that the offer's price is printed in.
void ReadCoins(const Surroundings& at, FieldList& fields) {
  constexpr std::size_t kMostCoins = 16;
  std::set<std::string_view> seen;
  const auto add = [&](std::string_view code, Range place, std::uint8_t confidence) {
    if (code.empty() || seen.size() >= kMostCoins || !seen.insert(code).second) return;
    fields.Add({.name = "accepts", .value = std::string(code), .confidence = confidence}, place);
  };
  for (const Pair& pair : at.pairs) {
    if (pair.field != "accepts") continue;
    for (const Range part : PartsOf(at.layout, pair.value, ",;/|\n "))
      add(values::CurrencyOf(at.layout.At(part)), part, pair.confidence);
  }
  for (const Pair& pair : at.pairs) {
    if (pair.field != "price") continue;
    const std::string_view text = at.layout.At(pair.value).substr(0, kLongestPrice);
    for (auto money = values::FindMoney(text); money; money = values::FindMoney(text, money->end)) {
      if (values::IsCoin(money->currency))
        add(values::CurrencyOf(money->currency), Part(pair.value, money->begin, money->end), 60);
    }
  }
}

constexpr std::array<std::string_view, 8> kDescriptionTitles = {
    "description", "details",      "product description", "item description",
    "about",       "beschreibung", "descripción",         "описание"};

// The id of the element that a tab called "Description" opens, or empty.
std::string_view DescriptionTab(const Tree& tree) {
  for (NodeIndex i = 0; i < tree.nodes().size(); ++i) {
    if (tree[i].tag != Tag::kA || tree[i].past - i > 8) continue;
    const std::string_view target = tree.Value(tree[i], "href");
    if (target.size() < 2 || target.front() != '#') continue;
    const std::string title = values::Normal(tree.TextBelow(i));
    if (std::find(kDescriptionTitles.begin(), kDescriptionTitles.end(), title) != kDescriptionTitles.end())
      return target.substr(1);
  }
  return {};
}

// The longest stretch of preformatted text, or of lines in an element that calls itself the description or is
// opened by a tab that does.
void ReadDescription(const Surroundings& at, FieldList& fields) {
  const Tree& tree = *at.page.tree;
  constexpr std::array<std::string_view, 2> kWords = {"description", "beschreibung"};
  const std::string_view tab = DescriptionTab(tree);
  Range best;
  std::uint8_t confidence = 0;
  const auto consider = [&](Range text, std::uint8_t how_sure) {
    if (how_sure < confidence || (how_sure == confidence && text.end - text.begin <= best.end - best.begin))
      return;
    if (text.end - text.begin < 2 || text.end - text.begin > wire::kMaxFieldValue) return;
    best = text;
    confidence = how_sure;
  };
  for (NodeIndex i = 1; i < tree.nodes().size(); ++i) {
    const parse::Node& node = tree[i];
    if (node.tag == Tag::kText || node.past == i + 1) continue;
    const bool named = node.attribute_count > 0 && (ContainsAny(tree.Value(node, "class"), kWords) ||
                                                    ContainsAny(tree.Value(node, "id"), kWords) ||
                                                    ContainsAny(tree.Value(node, "itemprop"), kWords));
    if (node.tag == Tag::kPre) consider(TextOf(at.layout, LinesBelow(tree, at.layout, i)), 60);
    if (named || (!tab.empty() && tree.Value(node, "id") == tab))
      consider(TextOf(at.layout, LinesBelow(tree, at.layout, i)), 75);
  }
  if (best.end > 0)
    fields.Add({.name = "description", .value = std::string(at.layout.At(best)), .confidence = confidence},
               best);
}

}  // namespace

void ReadListing(const Surroundings& at, FieldList& fields) {
  std::string title;
  if (const auto headline = FindHeadline(*at.page.tree, at.layout, at.page_title)) {
    title = at.layout.At(headline->range);
    fields.Add({.name = "title", .value = title, .confidence = headline->confidence}, headline->range);
  }
  ReadPrice(at, fields);
  ReadVendor(at, fields);
  ReadCategory(at, title, fields);
  ReadPlaces(at, "ships_from", fields);
  ReadPlaces(at, "ships_to", fields);
  ReadStock(at, fields);
  ReadCoins(at, fields);
  ReadDescription(at, fields);
  AddLabelled(at, AllLines(at.layout),
              {"price", "vendor", "username", "category", "ships_from", "ships_to", "stock", "accepts",
               "contact", "member_since", "last_seen", "disputes"},
              fields);
  ReadShortLines(at, AllLines(at.layout), fields);
}

}  // namespace nightjar::extract
