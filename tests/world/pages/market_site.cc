// SPDX-License-Identifier: Apache-2.0
#include "tests/world/pages/market_site.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/world/pages/html.h"

namespace nightjar::world {
namespace {

std::string Joined(const std::vector<std::string>& parts) {
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : "\n") + part;
  return joined;
}

json::value DayOrNull(const std::optional<Day>& day) {
  return day ? json::value(IsoDay(*day)) : json::value();
}

char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::vector<Place> MarketSite::Places() const {
  std::vector<Place> places = OwnPlaces();
  for (std::size_t leaf = 0; leaf < Leaves().size(); ++leaf) {
    for (std::size_t page = 1; page <= CategoryPages(leaf); ++page)
      places.push_back({PlaceKind::kCategory, CategoryTarget(leaf, page)});
  }
  for (const Listing* listing : Listings(market_->OnSale()))
    places.push_back({PlaceKind::kListing, ListingTarget(*listing)});
  // Vendors are reached by what they sell.
  for (const Vendor& vendor : market_->vendors())
    if (!vendor.listings.empty()) places.push_back({PlaceKind::kVendor, VendorTarget(vendor)});
  return places;
}

std::vector<const Listing*> MarketSite::Listings(const std::vector<std::uint32_t>& indices) const {
  std::vector<const Listing*> listings;
  listings.reserve(indices.size());
  for (const std::uint32_t index : indices) listings.push_back(&market_->listings()[index]);
  return listings;
}

std::vector<const Listing*> MarketSite::Featured(std::size_t most) const {
  const std::vector<std::uint32_t>& all = market_->OnSale();
  return Listings({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size()))});
}

std::vector<const Listing*> MarketSite::OfVendor(const Vendor& vendor) const {
  return Listings(vendor.listings);
}

std::vector<const Listing*> MarketSite::OnCategoryPage(std::size_t leaf, std::size_t page) const {
  const std::vector<std::uint32_t>& all = market_->InLeaf(leaf);
  std::vector<const Listing*> shown;
  const std::size_t end = std::min(all.size(), page * traits_.per_page);
  for (std::size_t i = (page - 1) * traits_.per_page; i < end; ++i)
    shown.push_back(&market_->listings()[all[i]]);
  return shown;
}

std::vector<const Listing*> MarketSite::Matching(std::string_view words) const {
  constexpr std::size_t kMost = 20;
  const auto same = [](char a, char b) { return LowerAscii(a) == LowerAscii(b); };
  std::vector<const Listing*> found;
  for (const std::uint32_t index : market_->OnSale()) {
    const Listing& listing = market_->listings()[index];
    const auto at = std::search(listing.title.begin(), listing.title.end(), words.begin(), words.end(), same);
    if (at != listing.title.end()) found.push_back(&listing);
    if (found.size() == kMost) break;
  }
  return found;
}

std::string MarketSite::InBitcoin(std::uint64_t cents) {
  constexpr std::uint64_t kSatoshis = 100'000'000;
  constexpr std::uint64_t kCentsPerCoin = 5'840'000;
  const std::uint64_t amount = cents * kSatoshis / kCentsPerCoin;
  return fmt::format("{}.{:08}", amount / kSatoshis, amount % kSatoshis);
}

void MarketSite::Tell(Truth& truth) const {
  json::object site = SiteEntry(*this, "market", traits_.charset);
  json::object categories;
  for (std::size_t leaf = 0; leaf < Leaves().size(); ++leaf)
    categories[fmt::format("{}/{}", Leaves()[leaf].top, Leaves()[leaf].name)] = market_->InLeaf(leaf).size();
  site["announced"] = {{"listings", market_->OnSale().size()},
                       {"vendors", market_->TradingVendors()},
                       {"categories", std::move(categories)}};
  truth.sites.push_back(std::move(site));
  for (const Listing* listing : Listings(market_->OnSale())) TellListing(truth, *listing);
  for (const Vendor& vendor : market_->vendors())
    if (vendor.standing == Standing::kTrading) TellVendor(truth, vendor);
  TellGone(truth);
}

void MarketSite::TellGone(Truth& truth) const {
  const std::string_view answer = traits_.gone_status == 200 ? "soft_404" : "404";
  const auto tell = [&](std::string_view table, const std::string& id, const std::string& path,
                        std::string_view how, Day since) {
    truth.gone.push_back({{"site", who().name},
                          {"path", path},
                          {"table", table},
                          {"id", id},
                          {"answer", how},
                          {"since", IsoDay(since)}});
  };
  for (const Listing& listing : market_->listings())
    if (listing.removed)
      tell("listings", std::to_string(listing.number), ListingTarget(listing), answer, *listing.removed);
  for (const Vendor& vendor : market_->vendors())
    if (vendor.standing != Standing::kTrading)
      tell("vendors", vendor.name, VendorTarget(vendor),
           vendor.standing == Standing::kBanned ? "banned" : answer, vendor.ended);
}

void MarketSite::TellListing(Truth& truth, const Listing& listing) const {
  json::array ships_to;
  for (const std::string_view place : listing.ships_to) ships_to.emplace_back(place);
  const Leaf& leaf = Leaves()[listing.leaf];
  truth.listings.push_back(
      {{"site", who().name},
       {"path", ListingTarget(listing)},
       {"id", std::to_string(listing.number)},
       {"title", listing.title},
       {"price", {{"amount", Decimal(listing.cents)}, {"currency", traits_.currency}}},
       {"price_in_crypto", {{"amount", InBitcoin(listing.cents)}, {"currency", "BTC"}}},
       {"vendor", VendorOf(listing).name},
       {"category", {leaf.top, leaf.name}},
       {"ships_from", listing.ships_from},
       {"ships_to", std::move(ships_to)},
       {"stock", listing.stock},
       {"sold", listing.sold},
       {"rating", listing.rating == 0 ? json::value() : json::value(Stars(listing.rating))},
       {"views", listing.views ? json::value(*listing.views) : json::value()},
       {"feedback", market_->FeedbackOn(listing).size()},
       {"posted", IsoDay(listing.posted)},
       {"description", Joined(market_->Description(listing))},
       {"hidden", market_->Decoy(listing)}});
}

void MarketSite::TellVendor(Truth& truth, const Vendor& vendor) const {
  truth.vendors.push_back({{"site", who().name},
                           {"path", VendorTarget(vendor)},
                           {"id", vendor.name},
                           {"name", vendor.name},
                           {"joined", IsoDay(vendor.joined)},
                           {"sales", vendor.sales},
                           {"rating", Stars(vendor.rating)},
                           {"listings", vendor.listings.size()},
                           {"last_seen", DayOrNull(vendor.last_seen)},
                           {"away_since", DayOrNull(vendor.away_since)},
                           {"key", market_->KeyBlock(vendor)},
                           {"key_fingerprint", market_->KeyFingerprint(vendor)},
                           {"announcement", market_->AnnouncementText(vendor)},
                           {"announcement_signed_by", market_->AnnouncementSigner(vendor)},
                           {"terms", Joined(market_->Terms(vendor))}});
}

}  // namespace nightjar::world
