// SPDX-License-Identifier: Apache-2.0
#include "search/web/cards.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "embedded/card_template.h"
#include "search/api/snippet_parts.h"
#include "search/web/visible.h"

namespace nightjar::web {
namespace {

using kainjow::mustache::list;

// Field names that make chips, and what a person reads before the value.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kChips{
    {{"vendor", "vendor"}, {"category", "category"}, {"ships_from", "from"}, {"ships_to", "to"}}};

const wire::Field* First(const query::Hit& hit, std::string_view name) {
  const auto field = std::ranges::find(hit.fields, name, &wire::Field::name);
  return field == hit.fields.end() ? nullptr : &*field;
}

// The distinct values of one field, at most three of them.
std::string Values(const query::Hit& hit, std::string_view name) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string_view> values;
  for (const wire::Field& field : hit.fields) {
    if (field.name == name && std::ranges::find(values, field.value) == values.end())
      values.push_back(field.value);
  }
  const std::string shown = fmt::format(
      "{}", fmt::join(values.begin(),
                      values.begin() + static_cast<std::ptrdiff_t>(std::min(values.size(), kShown)), ", "));
  return values.size() > kShown ? fmt::format("{} and {} more", shown, values.size() - kShown) : shown;
}

// What the page is called: a listing by the title of what it offers, any other page by its own.
std::string TitleOf(const query::Hit& hit) {
  const wire::Field* offered = First(hit, "title");
  if (offered != nullptr && !offered->value.empty()) return offered->value;
  return hit.title.empty() ? Defang(hit.url) : hit.title;
}

View Chips(const query::Hit& hit) {
  View chips(View::type::list);
  for (const auto& [name, label] : kChips) {
    const std::string values = Values(hit, name);
    if (values.empty()) continue;
    View chip;
    chip.set("name", std::string(label));
    SetText(chip, "value", values);
    chips.push_back(chip);
  }
  return chips;
}

View SnippetView(const std::string& snippet) {
  View parts(View::type::list);
  for (const api::SnippetPart& part : api::SplitSnippet(snippet)) {
    View view;
    view.set("match", part.match);
    view.set("text", MakeVisible(part.text));
    parts.push_back(view);
  }
  return parts;
}

View Card(const query::Hit& hit) {
  View card;
  card.set("capture", std::to_string(hit.capture.value));
  SetText(card, "title", TitleOf(hit));
  const wire::Field* price = First(hit, "price");
  SetText(card, "price",
          price == nullptr ? "" : price->value + (price->unit.empty() ? "" : " " + price->unit));
  card.set("has_snippet", !hit.snippet.empty());
  card.set("snippet", SnippetView(hit.snippet));
  SetText(card, "kind", hit.kind == "other" ? "page" : hit.kind);
  SetText(card, "class", hit.page_class == "content" ? "" : hit.page_class);
  card.set("facts", Chips(hit));
  SetText(card, "host", hit.host);
  SetText(card, "short_host", ShortHost(hit.host));
  card.set("first", ShortTime(hit.first_seen));
  card.set("first_iso", FormatUtc(hit.first_seen));
  card.set("last", ShortTime(hit.last_seen));
  card.set("last_iso", FormatUtc(hit.last_seen));
  card.set("captures", hit.captures == 1 ? "1 capture" : Grouped(hit.captures) + " captures");
  SetText(card, "case", hit.case_id);
  return card;
}

}  // namespace

void SetCards(View& view, const std::vector<query::Hit>& hits) {
  View cards(View::type::list);
  for (const query::Hit& hit : hits) cards.push_back(Card(hit));
  view.set("hits", cards);
  view.set("card", kainjow::mustache::partial([] { return std::string(embedded::card_template); }));
}

std::string ShortTime(UtcTime time) {
  std::string text = FormatUtc(time).substr(0, 16);
  text[10] = ' ';
  return text;
}

}  // namespace nightjar::web
