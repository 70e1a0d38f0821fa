// SPDX-License-Identifier: Apache-2.0
// "Atelier": a market as they are built today. Speaking paths, cards of div and dl, other words for
// everything
// ("Seller", "Dispatch from"), UTF-8, euros and bitcoin, classes instead of inline styles, compressed
// answers.
#pragma once

#include "tests/world/pages/market_site.h"

namespace nightjar::world {

class CardMarket final : public MarketSite {
 public:
  CardMarket(SiteName who, std::shared_ptr<const Market> market)
      : MarketSite(std::move(who), std::move(market), {"utf-8", "EUR", 12, 404}) {}

  [[nodiscard]] Page Answer(const Request& request) const override;

 private:
  [[nodiscard]] std::vector<Place> OwnPlaces() const override;
  [[nodiscard]] std::string CategoryTarget(std::size_t leaf, std::size_t page) const override;
  [[nodiscard]] std::string ListingTarget(const Listing& listing) const override;
  [[nodiscard]] std::string VendorTarget(const Vendor& vendor) const override;

  [[nodiscard]] Page Shop(std::string_view title, std::string_view content, int status = 200) const;
  [[nodiscard]] Page HomePage() const;
  [[nodiscard]] Page CategoryPage(std::string_view path) const;  // without "/c/"
  [[nodiscard]] Page ListingPage(std::string_view path) const;   // without "/l/"
  [[nodiscard]] Page SellerPage(std::string_view path) const;    // without "/s/"
  [[nodiscard]] Page FindPage(const Request& request) const;
  [[nodiscard]] Page SignInPage(const Request& request) const;
  [[nodiscard]] Page JournalPage(std::string_view path) const;
  [[nodiscard]] Page BannedPage(const Vendor& seller) const;
  [[nodiscard]] Page NoSuchPage() const;

  [[nodiscard]] std::string Menu() const;
  [[nodiscard]] std::string Cards(const std::vector<const Listing*>& listings) const;
  [[nodiscard]] std::string Facts(const Listing& listing) const;
  [[nodiscard]] std::string Reviews(const Listing& listing) const;
};

}  // namespace nightjar::world
