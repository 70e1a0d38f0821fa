// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/listing.h"

#include <algorithm>

#include "sandbox/extract/category.h"
#include "sandbox/extract/price.h"
#include "sandbox/extract/title.h"
#include "sandbox/extract/vendor.h"
#include "sandbox/values/money.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestPlace = 80;

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

void ReadPlaces(const Surroundings& at, std::string_view field, FieldList& fields) {
  for (const Pair& pair : at.pairs) {
    if (pair.field != field) continue;
    for (const Range part : PartsOf(at.layout, pair.value, ",;/|\n")) {
      const std::string_view place = at.layout.At(part);
      if (place.size() > kLongestPlace) continue;
      fields.Add({.name = field, .value = std::string(place), .confidence = pair.confidence}, part);
    }
    if (fields.Has(field)) return;
  }
}

void ReadStock(const Surroundings& at, FieldList& fields) {
  for (const Pair& pair : at.pairs) {
    if (pair.field != "stock") continue;
    const auto amount = values::FindAmount(at.layout.At(pair.value));
    if (!amount || amount->amount.find('.') != std::string::npos) continue;
    fields.Add({.name = "stock", .value = amount->amount, .confidence = pair.confidence},
               Part(pair.value, amount->begin, amount->end));
    return;
  }
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
}

}  // namespace nightjar::extract
