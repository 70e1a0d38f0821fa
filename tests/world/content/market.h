// SPDX-License-Identifier: Apache-2.0
// What one market sells: its vendors and listings, without any page. The same market can stand behind several
// templates, and the ground truth is read from here, never from a page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/world/content/names.h"

namespace nightjar::world {

// Days are counted from the world's today, 2026-01-10; the past is negative.
using Day = int;
[[nodiscard]] std::string IsoDay(Day day);  // "2026-01-03"

struct Vendor {
  std::string name;
  Day joined = 0;
  std::uint32_t sales = 0;
  std::uint32_t rating = 0;             // hundredths of a star, 0..500
  std::vector<std::uint32_t> listings;  // indices
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
  std::uint32_t rating = 0;  // hundredths of a star
  Day posted = 0;
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

// Immutable after construction. Long texts are made anew at each call: a million listings fit into memory, a
// million descriptions would not.
class Market final {
 public:
  // Takes its names out of `names`; `vocabulary` must outlive the market.
  Market(const MarketPlan& plan, const Vocabulary& vocabulary, Names& names);

  [[nodiscard]] const std::vector<Vendor>& vendors() const { return vendors_; }
  [[nodiscard]] const std::vector<Listing>& listings() const { return listings_; }
  [[nodiscard]] const std::vector<std::uint32_t>& InLeaf(std::size_t leaf) const { return by_leaf_[leaf]; }

  [[nodiscard]] const Listing* FindListing(std::uint64_t number) const;  // null: no such listing
  [[nodiscard]] const Vendor* FindVendor(std::string_view name) const;

  [[nodiscard]] std::vector<std::string> Description(const Listing& listing) const;  // paragraphs
  [[nodiscard]] std::vector<Feedback> FeedbackOn(const Listing& listing) const;      // newest first
  [[nodiscard]] std::string Decoy(const Listing& listing) const;  // a line no person ever sees
  [[nodiscard]] std::vector<std::string> Terms(const Vendor& vendor) const;
  [[nodiscard]] std::string KeyBlock(const Vendor& vendor) const;  // shaped like an armoured PGP key, not one

 private:
  [[nodiscard]] Vendor MakeVendor(std::size_t index, Names& names) const;
  [[nodiscard]] Listing MakeListing(std::size_t index, Names& names) const;
  [[nodiscard]] Dice DiceFor(std::string_view what, std::uint64_t number) const;

  MarketPlan plan_;
  const Vocabulary& vocabulary_;
  Zipf vendor_ranks_;
  std::vector<Vendor> vendors_;
  std::vector<Listing> listings_;
  std::vector<std::vector<std::uint32_t>> by_leaf_;
};

}  // namespace nightjar::world
