// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/by_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace nightjar::extract {
namespace {

using wire::PageClass;

void DecideByProfile(const SiteRules& site, const Url& own, RuleReader& reader, ProfileReading& reading) {
  std::size_t number = 0;
  for (const profile::ClassRule& rule : site.rules().classes) {
    ++number;
    if (!reader.Holds(rule.when, own)) continue;
    reading.page_class = rule.page_class;
    reading.reason = fmt::format("class rule {} of the profile holds", number);
    return;
  }
}

const profile::PageRule* FindPage(const SiteRules& site, const Url& own, RuleReader& reader) {
  const auto& pages = site.rules().pages;
  const auto page = std::ranges::find_if(
      pages, [&](const profile::PageRule& rule) { return reader.Holds(rule.when, own); });
  return page == pages.end() ? nullptr : &*page;
}

}  // namespace

ProfileReading ReadByProfile(const SiteRules& site, const Url& own, RuleReader& reader) {
  ProfileReading reading;
  reading.wants_generic = site.rules().generic;
  DecideByProfile(site, own, reader, reading);
  const bool content = !reading.page_class || *reading.page_class == PageClass::kContent;
  if (const profile::PageRule* page = content ? FindPage(site, own, reader) : nullptr) {
    reading.page_kind = page->kind;
    if (!reading.page_class && !page->when.select.empty()) {
      reading.page_class = PageClass::kContent;
      reading.reason = fmt::format("the profile knows this page as {}", wire::PageKindName(page->kind));
    }
    reader.ReadFields(page->fields, reading.fields);
    reader.ReadItems(page->items, reading.items);
  }
  reader.ReadFields(site.rules().every.fields, reading.fields);
  reader.ReadItems(site.rules().every.items, reading.items);
  return reading;
}

std::string SuspectedProxy(const SiteRules& site, const Url& own, const std::vector<wire::Field>& fields) {
  if (!own.host().ends_with(".onion")) return {};
  for (const wire::Field& field : fields) {
    if (field.name != "self_host" || own.host().ends_with(field.value)) continue;
    const auto& hosts = site.rules().hosts;
    const bool known =
        std::ranges::any_of(hosts, [&](const std::string& host) { return own.host().ends_with(host); });
    if (!known) return field.value;
  }
  return {};
}

void Overrule(const ProfileReading& reading, std::string proxy_suspect, wire::Facts& facts) {
  constexpr std::uint8_t kSure = 95;
  if (!proxy_suspect.empty()) facts.decision.proxy_suspect = std::move(proxy_suspect);
  if (!reading.page_class) return;
  facts.page_class = *reading.page_class;
  facts.decision.by = wire::FoundBy::kProfile;
  facts.decision.confidence = kSure;
  facts.decision.reasons = {reading.reason};
}

void Merge(ProfileReading reading, wire::Facts& facts) {
  if (reading.page_kind) facts.page_kind = *reading.page_kind;
  std::set<std::string_view> names;
  for (const wire::Field& field : reading.fields) names.insert(field.name);
  std::erase_if(facts.fields, [&](const wire::Field& generic) { return names.contains(generic.name); });
  std::set<std::string_view> kinds;
  for (const wire::Item& item : reading.items) kinds.insert(item.kind);
  std::erase_if(facts.items, [&](const wire::Item& generic) { return kinds.contains(generic.kind); });
  facts.fields.insert(facts.fields.begin(), std::make_move_iterator(reading.fields.begin()),
                      std::make_move_iterator(reading.fields.end()));
  facts.items.insert(facts.items.begin(), std::make_move_iterator(reading.items.begin()),
                     std::make_move_iterator(reading.items.end()));
}

}  // namespace nightjar::extract
