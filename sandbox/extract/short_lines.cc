// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/short_lines.h"

#include <algorithm>
#include <array>

#include "sandbox/values/count.h"
#include "sandbox/values/country.h"
#include "sandbox/values/letters.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestLine = 80;
constexpr std::uint8_t kConfidence = 65;

struct CountWord {
  std::string_view word, field;  // the word begins what follows the number
};
// clang-format off
constexpr auto kCountWords = std::to_array<CountWord>({
    {"in stock", "stock"}, {"left", "stock"}, {"available", "stock"}, {"remaining", "stock"}, {"items left", "stock"}, {"auf lager", "stock"}, {"verfügbar", "stock"}, {"en stock", "stock"},
    {"disponible", "stock"}, {"в наличии", "stock"}, {"sold", "sold"}, {"items sold", "sold"}, {"times sold", "sold"}, {"verkauft", "sold"}, {"vendus", "sold"}, {"vendidos", "sold"}, {"продано", "sold"}});
constexpr auto kBeforeCount = std::to_array<std::string_view>({"", "only", "just", "nur", "noch", "still", "over", "more than", "осталось"});
// clang-format on

// "Only 12 in stock": the number, what may stand before it, and the word that says of what.
void ReadCount(const Surroundings& at, Range line, FieldList& fields) {
  const std::string_view text = at.layout.At(line);
  const auto count = values::LocateCount(text);
  if (!count) return;
  const std::string before = values::Normal(text.substr(0, count->begin));
  if (std::find(kBeforeCount.begin(), kBeforeCount.end(), before) == kBeforeCount.end()) return;
  std::string after = values::Normal(text.substr(count->end));
  while (!after.empty() && std::string_view(".!)").find(after.back()) != std::string_view::npos)
    after.pop_back();
  for (const CountWord& known : kCountWords) {
    if (after != known.word || fields.Has(known.field)) continue;
    fields.AddTyped(known.field, wire::FieldType::kCount, Part(line, count->begin, count->end), kConfidence,
                    at.habits);
  }
}

void AddPlaces(const Surroundings& at, std::string_view field, Range part, FieldList& fields) {
  for (const values::Country& place : values::SplitCountries(at.layout.At(part)))
    fields.AddTyped(field, wire::FieldType::kCountry, Part(part, place.begin, place.end), kConfidence,
                    at.habits);
}

// Are all names of the text those of places?
bool NamesPlaces(std::string_view text) {
  const std::vector<values::Country> places = values::SplitCountries(text);
  return !places.empty() && std::all_of(places.begin(), places.end(),
                                        [](const values::Country& place) { return !place.code.empty(); });
}

// "Germany → Europe", "DE -> EU".
void ReadRoute(const Surroundings& at, Range line, FieldList& fields) {
  if (fields.Has("ships_from") || fields.Has("ships_to")) return;
  const std::string_view text = at.layout.At(line);
  for (const std::string_view arrow : {"→", "➔", "➜", "->", "=>", "»"}) {
    const std::size_t cut = text.find(arrow);
    if (cut == std::string_view::npos) continue;
    const Range from = TrimIn(at.layout, Part(line, 0, cut));
    const Range to = TrimIn(at.layout, Part(line, cut + arrow.size(), text.size()));
    if (!NamesPlaces(at.layout.At(from)) || !NamesPlaces(at.layout.At(to))) continue;
    AddPlaces(at, "ships_from", from, fields);
    AddPlaces(at, "ships_to", to, fields);
    return;
  }
}

}  // namespace

void ReadShortLines(const Surroundings& at, Lines lines, FieldList& fields) {
  for (std::uint32_t i = lines.first; i < lines.past; ++i) {
    const Line& line = at.layout.lines[i];
    if (line.navigation || line.control || line.range.end - line.range.begin > kLongestLine) continue;
    ReadCount(at, line.range, fields);
    ReadRoute(at, line.range, fields);
  }
}

}  // namespace nightjar::extract
