// SPDX-License-Identifier: Apache-2.0
// What all market templates share: which pages a market has and what the ground truth says of it. A template
// adds its own addresses, words and looks.
#pragma once

#include "tests/world/content/market.h"
#include "tests/world/pages/site.h"

namespace nightjar::world {

class MarketSite : public Site {
 public:
  [[nodiscard]] std::vector<Place> Places() const final;
  void Tell(Truth& truth) const final;

 protected:
  struct Traits {
    std::string_view charset;   // WHATWG name
    std::string_view currency;  // ISO 4217
    std::size_t per_page;       // listings on a category page
    int gone_status;            // of the page where a listing or vendor was: 404, or 200 for a soft 404
  };

  MarketSite(SiteName who, std::shared_ptr<const Market> market, Traits traits)
      : Site(std::move(who)), market_(std::move(market)), traits_(traits) {}

  [[nodiscard]] virtual std::vector<Place> OwnPlaces()
      const = 0;  // home first; all but the three kinds below
  [[nodiscard]] virtual std::string CategoryTarget(std::size_t leaf, std::size_t page) const = 0;
  [[nodiscard]] virtual std::string ListingTarget(const Listing& listing) const = 0;
  [[nodiscard]] virtual std::string VendorTarget(const Vendor& vendor) const = 0;

  [[nodiscard]] const Market& market() const { return *market_; }
  [[nodiscard]] const Vendor& VendorOf(const Listing& listing) const {
    return market_->vendors()[listing.vendor];
  }
  [[nodiscard]] std::size_t CategoryPages(std::size_t leaf) const {
    return PagesFor(market_->InLeaf(leaf).size(), traits_.per_page);
  }
  [[nodiscard]] int gone_status() const { return traits_.gone_status; }
  [[nodiscard]] std::vector<const Listing*> Featured(std::size_t most) const;  // the oldest on sale
  [[nodiscard]] std::vector<const Listing*> OfVendor(const Vendor& vendor) const;
  [[nodiscard]] std::vector<const Listing*> OnCategoryPage(std::size_t leaf, std::size_t page) const;
  [[nodiscard]] std::vector<const Listing*> Matching(
      std::string_view words) const;  // title search, at most 20

  // The second amount on the page, at a fixed rate of 58,400 units a coin: "0.00122431".
  [[nodiscard]] static std::string InBitcoin(std::uint64_t cents);

 private:
  void TellListing(Truth& truth, const Listing& listing) const;
  void TellVendor(Truth& truth, const Vendor& vendor) const;
  void TellGone(Truth& truth) const;
  [[nodiscard]] std::vector<const Listing*> Listings(const std::vector<std::uint32_t>& indices) const;

  std::shared_ptr<const Market> market_;
  Traits traits_;
};

}  // namespace nightjar::world
