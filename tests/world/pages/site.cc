// SPDX-License-Identifier: Apache-2.0
#include "tests/world/pages/site.h"

#include <algorithm>
#include <charconv>

namespace nightjar::world {

std::string_view PlaceKindName(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::kHome:
      return "home";
    case PlaceKind::kCategory:
      return "category";
    case PlaceKind::kListing:
      return "listing";
    case PlaceKind::kVendor:
      return "vendor";
    case PlaceKind::kBoard:
      return "board";
    case PlaceKind::kThread:
      return "thread";
    case PlaceKind::kUser:
      return "user";
    case PlaceKind::kText:
      return "text";
    case PlaceKind::kForm:
      return "form";
    case PlaceKind::kRedirect:
      return "redirect";
    case PlaceKind::kSoft404:
      return "soft_404";
    case PlaceKind::kGone:
      return "gone";
  }
  std::abort();
}

json::object SiteEntry(const Site& site, std::string_view kind, std::string_view charset) {
  json::object pages;
  json::object special;
  for (const Place& place : site.Places()) {
    json::value& count = pages[PlaceKindName(place.kind)];
    count = count.is_null() ? 1 : count.as_int64() + 1;
    if (place.kind == PlaceKind::kRedirect || place.kind == PlaceKind::kSoft404 ||
        place.kind == PlaceKind::kGone) {
      json::value& targets = special[PlaceKindName(place.kind)];
      if (targets.is_null()) targets.emplace_array();
      targets.as_array().emplace_back(place.target);
    }
  }
  return {{"site", site.who().name}, {"kind", kind},   {"host", site.who().host}, {"home", site.Url("/")},
          {"charset", charset},      {"pages", pages}, {"special", special}};
}

std::vector<std::size_t> PagerNumbers(std::size_t current, std::size_t last) {
  constexpr std::size_t kAround = 3;
  std::vector<std::size_t> numbers = {1};
  const std::size_t from = current > kAround + 2 ? current - kAround : 2;
  for (std::size_t page = from; page <= std::min(last, current + kAround); ++page) numbers.push_back(page);
  if (numbers.back() != last) numbers.push_back(last);
  return numbers;
}

std::optional<std::size_t> AskedPage(const std::optional<std::string>& text, std::size_t last) {
  if (!text) return 1;
  std::size_t page = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), page);
  if (error != std::errc() || end != text->data() + text->size() || page < 1 || page > last)
    return std::nullopt;
  return page;
}

}  // namespace nightjar::world
