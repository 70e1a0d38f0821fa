// SPDX-License-Identifier: Apache-2.0
// What one market sells: its vendors and listings, without any page. The same market can stand behind several
// templates, and the ground truth is read from here, never from a page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/world/content/names.h"
#include "tests/world/content/pgp_key.h"

namespace nightjar::world {

// Days are counted from the day the world begins, 2026-01-10: what was before is negative, and the world's
// today is the day it has lived to.
using Day = int;
[[nodiscard]] std::string IsoDay(Day day);  // "2026-01-03"

enum class Standing : std::uint8_t { kTrading, kBanned, kLeft };
enum class Announcement : std::uint8_t { kNone, kPlain, kSigned };  // of a new key

// What stands in an optional came with the days after the first one: pages show it from then on.
struct Vendor {
  std::string name;
  Day joined = 0;
  std::uint32_t sales = 0;
  std::uint32_t rating = 0;             // hundredths of a star, 0..500
  std::vector<std::uint32_t> listings;  // on sale: indices
  std::optional<Day> last_seen = {};
  std::optional<Day> away_since = {};  // on vacation
  std::vector<Day> key_days = {};      // when the key was replaced, oldest first
  Announcement announcement = Announcement::kNone;
  Standing standing = Standing::kTrading;
  Day ended = 0;  // when it was banned or left
};

struct Listing {
  std::uint32_t number = 0;  // as shown in URLs
  std::string title;
  std::uint64_t cents = 0;   // of the market's own currency
  std::uint32_t vendor = 0;  // index
  std::uint32_t leaf = 0;    // index into Leaves()
  std::string_view ships_from;
  std::vector<std::string_view> ships_to;
  std::uint32_t stock = 0;
  std::uint32_t sold = 0;
  std::uint32_t rating = 0;  // hundredths of a star; 0: nobody has rated it yet
  Day posted = 0;
  std::optional<std::uint32_t> views = {};  // counted from the second day on
  std::vector<Day> reviewed = {};           // feedback that came since the first day, at most one a day
  std::optional<Day> removed = {};          // taken down for good
};

struct Feedback {
  std::string buyer;  // "h***n"
  std::uint32_t stars = 0;
  Day day = 0;
  std::string text;
};

struct MarketPlan {
  std::uint64_t seed = 1;
  std::string name;  // other name, other market
  std::size_t listings = 60;
  std::size_t vendors = 8;
};

// Stands at day 0 after construction; MarketDay brings it to the next day, after which it is shown and
// changes no more. Long texts are made anew at each call: a million listings fit into memory, a million
// descriptions would not.
class Market final {
 public:
  // Takes its names out of `names`; `vocabulary` must outlive the market.
  Market(const MarketPlan& plan, const Vocabulary& vocabulary, Names& names);

  // All there ever were, so that indices stay what they are.
  [[nodiscard]] const std::vector<Vendor>& vendors() const { return vendors_; }
  [[nodiscard]] const std::vector<Listing>& listings() const { return listings_; }

  // What is on sale, oldest first, all of it and by category: indices. And how many vendors trade.
  [[nodiscard]] const std::vector<std::uint32_t>& OnSale() const { return on_sale_; }
  [[nodiscard]] const std::vector<std::uint32_t>& InLeaf(std::size_t leaf) const { return by_leaf_[leaf]; }

  [[nodiscard]] std::size_t TradingVendors() const;

  [[nodiscard]] const Listing* FindListing(std::uint64_t number) const;  // null: no such listing
  [[nodiscard]] const Vendor* FindVendor(std::string_view name) const;

  [[nodiscard]] std::vector<std::string> Description(const Listing& listing) const;  // paragraphs
  [[nodiscard]] std::vector<Feedback> FeedbackOn(const Listing& listing) const;      // newest first
  [[nodiscard]] std::string Decoy(const Listing& listing) const;  // a line no person ever sees
  [[nodiscard]] std::vector<std::string> Terms(const Vendor& vendor) const;

  // The vendor's public key, armoured. The first one has the shape of a key and is none; its successors are
  // real (content/pgp_key.h), so that they have a fingerprint and can sign.
  [[nodiscard]] std::string KeyBlock(const Vendor& vendor) const;
  [[nodiscard]] std::string KeyFingerprint(const Vendor& vendor) const;  // empty for the first one
  // What it says of its new key, as it stands on the page, and the fingerprint of the key that signed it: the
  // one before where that is real, else the new one itself, which proves little. Empty where nothing is said.
  [[nodiscard]] std::string AnnouncementText(const Vendor& vendor) const;
  [[nodiscard]] std::string AnnouncementSigner(const Vendor& vendor) const;

 private:
  friend class MarketDay;

  [[nodiscard]] Vendor MakeVendor(std::size_t index, Names& names) const;
  [[nodiscard]] Listing MakeListing(std::size_t index, Names& names) const;
  [[nodiscard]] Dice DiceFor(std::string_view what, std::uint64_t number) const;
  [[nodiscard]] Feedback Review(const Listing& listing, Day day) const;
  [[nodiscard]] PgpKey KeyOf(const Vendor& vendor, std::size_t number) const;  // 1-based; day 0's is none
  [[nodiscard]] std::size_t SignerOf(const Vendor& vendor) const;              // 0: nobody signed

  MarketPlan plan_;
  const Vocabulary& vocabulary_;
  Zipf vendor_ranks_;
  std::vector<Vendor> vendors_;
  std::vector<Listing> listings_;
  std::vector<std::uint32_t> on_sale_;
  std::vector<std::vector<std::uint32_t>> by_leaf_;
};

}  // namespace nightjar::world
