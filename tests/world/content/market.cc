// SPDX-License-Identifier: Apache-2.0
#include "tests/world/content/market.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace nightjar::world {
namespace {

constexpr std::uint32_t kFirstNumber = 1001;
constexpr std::chrono::sys_days kFirstDay = std::chrono::year(2026) / std::chrono::January / 10;

std::uint32_t UnixNoon(Day day) {
  using namespace std::chrono;
  return static_cast<std::uint32_t>(
      duration_cast<seconds>((kFirstDay + days(day)).time_since_epoch() + hours(12)).count());
}

const Zipf& LeafRanks() {
  static const Zipf kRanks(Leaves().size());
  return kRanks;
}

// Prices as people set them: mostly some tens, sometimes over a thousand, often just under a round sum.
std::uint64_t PriceInCents(Dice& dice) {
  std::uint64_t units = dice.Between(3, 98);
  if (dice.OneIn(8)) units *= 17;
  return dice.OneIn(2) ? units * 100 - 1 : units * 100 + 10 * dice.Below(10);
}

std::vector<std::string_view> Destinations(Dice& dice) {
  if (dice.OneIn(3)) return {Regions()[0]};
  std::vector<std::string_view> to = {dice.Pick(Regions())};
  for (std::size_t more = dice.Below(3); more > 0; --more) {
    const std::string_view country = dice.Pick(Countries());
    if (std::find(to.begin(), to.end(), country) == to.end()) to.push_back(country);
  }
  return to;
}

std::string Masked(Dice& dice) {
  const auto letter = [&] { return static_cast<char>('a' + dice.Below(26)); };
  const char first = letter();
  return fmt::format("{}***{}", first, letter());
}

// In braces the order of throws is that of the text.
Feedback FeedbackOf(Dice& dice, Day day, const Vocabulary& vocabulary) {
  return {Masked(dice), static_cast<std::uint32_t>(dice.OneIn(7) ? dice.Between(1, 3) : dice.Between(4, 5)),
          day, vocabulary.Sentence(dice)};
}

}  // namespace

std::string IsoDay(Day day) {
  using namespace std::chrono;
  const year_month_day date(kFirstDay + days(day));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Market::Market(const MarketPlan& plan, const Vocabulary& vocabulary, Names& names)
    : plan_(plan), vocabulary_(vocabulary), vendor_ranks_(plan.vendors), by_leaf_(Leaves().size()) {
  vendors_.reserve(plan.vendors);
  for (std::size_t i = 0; i < plan.vendors; ++i) vendors_.push_back(MakeVendor(i, names));
  listings_.reserve(plan.listings);
  for (std::uint32_t i = 0; i < plan.listings; ++i) {
    listings_.push_back(MakeListing(i, names));
    on_sale_.push_back(i);
    vendors_[listings_.back().vendor].listings.push_back(i);
    by_leaf_[listings_.back().leaf].push_back(i);
  }
}

Dice Market::DiceFor(std::string_view what, std::uint64_t number) const {
  return Dice(plan_.seed, fmt::format("{}/{}", plan_.name, what), number);
}

Vendor Market::MakeVendor(std::size_t index, Names& names) const {
  Dice dice = DiceFor("vendor", index);
  Vendor vendor;
  vendor.name = names.Handle(dice);
  vendor.joined = -static_cast<Day>(dice.Between(40, 1500));
  vendor.sales = static_cast<std::uint32_t>(dice.Between(3, 2400));
  vendor.rating = static_cast<std::uint32_t>(dice.Between(380, 500));
  return vendor;
}

Listing Market::MakeListing(std::size_t index, Names& names) const {
  Dice dice = DiceFor("listing", index);
  Listing listing;
  listing.number = kFirstNumber + static_cast<std::uint32_t>(index);
  listing.leaf = static_cast<std::uint32_t>(LeafRanks().Draw(dice));
  // The first listings go round the vendors, so that each has at least one.
  listing.vendor = static_cast<std::uint32_t>(index < plan_.vendors ? index : vendor_ranks_.Draw(dice));
  listing.cents = PriceInCents(dice);
  listing.ships_from = dice.Pick(Countries());
  listing.ships_to = Destinations(dice);
  listing.stock = static_cast<std::uint32_t>(dice.Between(1, 40));
  listing.sold = static_cast<std::uint32_t>(dice.Below(300));
  listing.rating = static_cast<std::uint32_t>(dice.Between(300, 500));
  listing.posted = -static_cast<Day>(dice.Between(1, 400));
  listing.title = names.ListingTitle(dice, Leaves()[listing.leaf]);
  return listing;
}

std::size_t Market::TradingVendors() const {
  return static_cast<std::size_t>(std::count_if(vendors_.begin(), vendors_.end(), [](const Vendor& vendor) {
    return vendor.standing == Standing::kTrading;
  }));
}

const Listing* Market::FindListing(std::uint64_t number) const {
  const bool known = number >= kFirstNumber && number - kFirstNumber < listings_.size();
  return known ? &listings_[number - kFirstNumber] : nullptr;
}

const Vendor* Market::FindVendor(std::string_view name) const {
  const auto found = std::find_if(vendors_.begin(), vendors_.end(),
                                  [&](const Vendor& vendor) { return vendor.name == name; });
  return found == vendors_.end() ? nullptr : &*found;
}

std::vector<std::string> Market::Description(const Listing& listing) const {
  static constexpr auto kAssurances = std::to_array<std::string_view>(
      {"Every piece is checked and packed by hand before it leaves the house.",
       "Please look at the measures before you order; the colour may differ a little from what you expect.",
       "Parcels go out on Tuesdays and Fridays, well padded and without any printing on the box.",
       "Several pieces can travel together: write first, and the postage is counted once.",
       "Small marks of age are part of its charm and no reason to send it back."});
  Dice dice = DiceFor("description", listing.number);
  const std::string_view assurance = dice.Pick(kAssurances);
  std::vector<std::string> paragraphs = {
      fmt::format("{} {}", assurance, vocabulary_.Paragraph(dice, dice.Between(2, 4)))};
  for (std::size_t more = dice.Between(3, 6); more > 0; --more)
    paragraphs.push_back(vocabulary_.Paragraph(dice, dice.Between(2, 6)));
  return paragraphs;
}

std::vector<Feedback> Market::FeedbackOn(const Listing& listing) const {
  std::vector<Feedback> rows;
  for (auto day = listing.reviewed.rbegin(); day != listing.reviewed.rend(); ++day)
    rows.push_back(Review(listing, *day));
  if (listing.posted > 0) return rows;
  Dice dice = DiceFor("feedback", listing.number);
  const std::size_t fresh = rows.size();
  rows.resize(fresh + dice.Between(8, 22));
  Day day = 0;
  for (std::size_t i = fresh; i < rows.size(); ++i) {
    day -= static_cast<Day>(dice.Between(1, 12));
    rows[i] = FeedbackOf(dice, day, vocabulary_);
  }
  return rows;
}

Feedback Market::Review(const Listing& listing, Day day) const {
  Dice dice = DiceFor(fmt::format("day {}/feedback", day), listing.number);
  return FeedbackOf(dice, day, vocabulary_);
}

std::string Market::Decoy(const Listing& listing) const {
  Dice dice = DiceFor("decoy", listing.number);
  const std::string name = vocabulary_.Name(dice);
  return fmt::format("Copied from {}: this line is bait {}", name, dice.Between(100000, 999999));
}

std::vector<std::string> Market::Terms(const Vendor& vendor) const {
  Dice dice(plan_.seed, plan_.name + "/terms/" + vendor.name);
  return {"Orders are answered within two days. Messages without an order number wait longer.",
          vocabulary_.Paragraph(dice, dice.Between(3, 6)), vocabulary_.Paragraph(dice, dice.Between(2, 4))};
}

std::string Market::KeyBlock(const Vendor& vendor) const {
  if (!vendor.key_days.empty()) return KeyOf(vendor, vendor.key_days.size()).Block();
  Dice dice(plan_.seed, plan_.name + "/key/" + vendor.name);
  const std::string body = Base64Encode(dice.Take(450));
  std::string block = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n";
  for (std::size_t at = 0; at < body.size(); at += 64) block += body.substr(at, 64) + "\n";
  return block + "=" + Base64Encode(dice.Take(3)) + "\n-----END PGP PUBLIC KEY BLOCK-----";
}

PgpKey Market::KeyOf(const Vendor& vendor, std::size_t number) const {
  Dice dice(plan_.seed, plan_.name + "/key/" + vendor.name, number);
  return PgpKey(dice.Take(PgpKey::kSeedSize), UnixNoon(vendor.key_days[number - 1]), vendor.name);
}

std::string Market::KeyFingerprint(const Vendor& vendor) const {
  return vendor.key_days.empty() ? "" : KeyOf(vendor, vendor.key_days.size()).fingerprint();
}

std::size_t Market::SignerOf(const Vendor& vendor) const {
  return vendor.announcement == Announcement::kSigned ? std::max<std::size_t>(vendor.key_days.size() - 1, 1)
                                                      : 0;
}

std::string Market::AnnouncementText(const Vendor& vendor) const {
  if (vendor.announcement == Announcement::kNone) return {};
  const std::string text =
      fmt::format("My key is another one since {}. Its fingerprint:\n{}\nPlease write to this one only.",
                  IsoDay(vendor.key_days.back()), KeyFingerprint(vendor));
  const std::size_t signer = SignerOf(vendor);
  return signer == 0 ? text : KeyOf(vendor, signer).SignedMessage(text, UnixNoon(vendor.key_days.back()));
}

std::string Market::AnnouncementSigner(const Vendor& vendor) const {
  const std::size_t signer = SignerOf(vendor);
  return signer == 0 ? "" : KeyOf(vendor, signer).fingerprint();
}

}  // namespace nightjar::world
