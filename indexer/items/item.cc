// SPDX-License-Identifier: Apache-2.0
#include "indexer/items/item.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/codec.h"
#include "base/url.h"

namespace nightjar::items {
namespace {

constexpr auto kSessions = std::to_array<std::string_view>(
    {"phpsessid", "jsessionid", "sessionid", "session", "sessid", "sid", "token", "csrf"});
// Only where they hold a number: "?page=listing" is a place, and so is "?p=17".
constexpr auto kPaging = std::to_array<std::string_view>({"page", "pg", "start", "offset"});

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), Lower);
  return lowered;
}

bool Passes(std::string_view parameter) {
  const std::size_t equals = std::min(parameter.find('='), parameter.size());
  const std::string name = Lowered(parameter.substr(0, equals));
  if (std::ranges::find(kSessions, name) != kSessions.end()) return true;
  const std::string_view value = parameter.substr(std::min(equals + 1, parameter.size()));
  return std::ranges::find(kPaging, name) != kPaging.end() && !value.empty() &&
         std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
}

// In the order of the URL: two orders are two addresses, as they are for the site.
std::string KeptParameters(std::string_view query) {
  std::string kept;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    if (!parameter.empty() && !Passes(parameter)) kept.append(kept.empty() ? "?" : "&").append(parameter);
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return kept;
}

}  // namespace

std::string_view ItemKindName(ItemKind kind) {
  switch (kind) {
    case ItemKind::kPage:
      return "page";
    case ItemKind::kListing:
      return "listing";
    case ItemKind::kVendor:
      return "vendor";
    case ItemKind::kThread:
      return "thread";
    case ItemKind::kPost:
      return "post";
  }
  std::abort();
}

ItemId IdOf(const ItemKey& key) {
  Encoder encoder;
  encoder.Str(key.case_id).Str(key.site).U8(static_cast<std::uint8_t>(key.kind)).Str(key.local);
  return {std::string(Sha256(encoder.bytes()).View().substr(0, kItemIdSize))};
}

std::string AddressOf(const std::string& url) {
  const auto parsed = Url::Parse(url);
  if (!parsed) return {};
  return parsed->path() + KeptParameters(parsed->query().value_or(""));
}

std::string AccountName(std::string_view printed) { return Lowered(printed); }

}  // namespace nightjar::items
