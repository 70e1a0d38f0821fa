// SPDX-License-Identifier: Apache-2.0
#include "tests/world/content/market_day.h"

#include <fmt/format.h>

#include <algorithm>

namespace nightjar::world {
namespace {

constexpr Day kCalendar = 5;
constexpr Day kVacation = 2;  // days that one lasts

// An average moved by one more vote, as if it were one of `weight`.
std::uint32_t Averaged(std::uint32_t rating, std::uint32_t stars, std::uint32_t weight) {
  return rating == 0 ? stars * 100 : (rating * (weight - 1) + stars * 100) / weight;
}

// Whoever sells less is more likely to go.
Vendor* Smaller(Vendor* one, Vendor* other) {
  return one->listings.size() <= other->listings.size() ? one : other;
}

}  // namespace

Dice MarketDay::DiceFor(std::string_view what, std::uint64_t number) const {
  return market_.DiceFor(fmt::format("day {}/{}", day_, what), number);
}

void MarketDay::Pass(Names& names) {
  ComeBack();
  KeepCalendar();
  for (std::size_t i = 0; i < market_.vendors_.size(); ++i) BeSeen(i);
  const std::vector<std::uint32_t> morning = market_.on_sale_;
  for (const std::uint32_t index : morning) {
    if (DiceFor("removed", index).OneIn(50)) {
      TakeDown(index);
    } else {
      Trade(market_.listings_[index]);
      Reconsider(market_.listings_[index]);
    }
  }
  for (std::uint64_t more = DiceFor("offers").Between(1, 3); more > 0; --more) Offer(names);
}

void MarketDay::ComeBack() {
  for (Vendor& vendor : market_.vendors_)
    if (vendor.away_since && day_ - *vendor.away_since >= kVacation) vendor.away_since.reset();
}

void MarketDay::KeepCalendar() {
  Dice dice = DiceFor("calendar");
  Vendor* const somebody = Somebody(dice);
  if (somebody == nullptr) return;
  const bool may_end = market_.TradingVendors() > (market_.vendors_.size() + 1) / 2;
  switch (day_ % kCalendar) {
    case 1:
      somebody->away_since = day_;
      if (Vendor* other = Somebody(dice)) ReplaceKey(*other, Announcement::kSigned);
      break;
    case 2:
      if (may_end) End(*Smaller(somebody, Somebody(dice)), Standing::kBanned);
      break;
    case 3:
      ReplaceKey(*somebody, Announcement::kPlain);
      break;
    case 4:
      if (may_end) End(*Smaller(somebody, Somebody(dice)), Standing::kLeft);
      break;
    default:
      ReplaceKey(*somebody, Announcement::kNone);
  }
}

Vendor* MarketDay::Somebody(Dice& dice) {
  std::vector<Vendor*> here;
  for (Vendor& vendor : market_.vendors_)
    if (vendor.standing == Standing::kTrading && !vendor.away_since) here.push_back(&vendor);
  return here.empty() ? nullptr : dice.Pick(here);
}

void MarketDay::ReplaceKey(Vendor& vendor, Announcement announcement) const {
  vendor.key_days.push_back(day_);
  vendor.announcement = announcement;
}

void MarketDay::End(Vendor& vendor, Standing how) {
  vendor.standing = how;
  vendor.ended = day_;
  const std::vector<std::uint32_t> offers = vendor.listings;
  for (const std::uint32_t index : offers) TakeDown(index);
}

void MarketDay::TakeDown(std::uint32_t index) {
  Listing& listing = market_.listings_[index];
  listing.removed = day_;
  std::erase(market_.on_sale_, index);
  std::erase(market_.by_leaf_[listing.leaf], index);
  std::erase(market_.vendors_[listing.vendor].listings, index);
}

void MarketDay::BeSeen(std::size_t index) {
  Vendor& vendor = market_.vendors_[index];
  const bool here = vendor.standing == Standing::kTrading && !vendor.away_since;
  if (here && !DiceFor("seen", index).OneIn(4)) vendor.last_seen = day_;
}

void MarketDay::Trade(Listing& listing) {
  Dice dice = DiceFor("trade", listing.number);
  const bool away = market_.vendors_[listing.vendor].away_since.has_value();
  const std::uint64_t demand = dice.Below(75);
  const auto few = static_cast<std::uint32_t>(dice.Between(1, 3));
  if (away) return;
  if (listing.stock == 0) {
    if (demand % 2 == 0) listing.stock = static_cast<std::uint32_t>(dice.Between(2, 40));
  } else if (demand < 25) {
    Sell(listing, std::min(few, listing.stock));
  } else if (demand < 28) {
    Sell(listing, listing.stock);  // somebody takes all there is
  }
  if (!dice.OneIn(8) || listing.sold == 0) return;
  listing.reviewed.push_back(day_);
  const std::uint32_t stars = market_.Review(listing, day_).stars;
  listing.rating = Averaged(listing.rating, stars, 10);
  Vendor& vendor = market_.vendors_[listing.vendor];
  vendor.rating = Averaged(vendor.rating, stars, 20);
}

void MarketDay::Sell(Listing& listing, std::uint32_t pieces) {
  listing.stock -= pieces;
  listing.sold += pieces;
  market_.vendors_[listing.vendor].sales += pieces;
}

void MarketDay::Reconsider(Listing& listing) {
  Dice dice = DiceFor("reconsider", listing.number);
  if (dice.OneIn(10)) {
    const std::uint64_t percent = dice.Between(1, 20);
    const std::uint64_t step = std::max<std::uint64_t>(listing.cents * percent / 100, 1);
    listing.cents = dice.OneIn(3) ? listing.cents - step : listing.cents + step;
  }
  if (dice.OneIn(40)) listing.ships_from = dice.Pick(Countries());
  if (dice.OneIn(2))
    listing.views = listing.views.value_or(0) + static_cast<std::uint32_t>(dice.Between(1, 60));
}

void MarketDay::Offer(Names& names) {
  const auto index = static_cast<std::uint32_t>(market_.listings_.size());
  Dice dice = DiceFor("offer", index);
  Vendor* const vendor = Somebody(dice);
  if (vendor == nullptr) return;
  Listing listing = market_.MakeListing(index, names);
  listing.vendor = static_cast<std::uint32_t>(vendor - market_.vendors_.data());
  listing.posted = day_;
  listing.sold = 0;
  listing.rating = 0;
  vendor->listings.push_back(index);
  market_.by_leaf_[listing.leaf].push_back(index);
  market_.on_sale_.push_back(index);
  market_.listings_.push_back(std::move(listing));
}

}  // namespace nightjar::world
