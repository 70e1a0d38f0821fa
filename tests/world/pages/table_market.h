// SPDX-License-Identifier: Apache-2.0
// "Bazaar": a market as they were built in 2012. PHP addresses with query strings, nested tables, rows of
// "Vendor:" and "Ships from:", windows-1252, dollars, page-relative links, inline styles.
#pragma once

#include "tests/world/pages/market_site.h"

namespace nightjar::world {

class TableMarket final : public MarketSite {
 public:
  TableMarket(SiteName who, std::shared_ptr<const Market> market)
      : MarketSite(std::move(who), std::move(market), {"windows-1252", "USD", 10, 200}) {}

  [[nodiscard]] Page Answer(const Request& request) const override;

 private:
  [[nodiscard]] std::vector<Place> OwnPlaces() const override;
  [[nodiscard]] std::string CategoryTarget(std::size_t leaf, std::size_t page) const override;
  [[nodiscard]] std::string ListingTarget(const Listing& listing) const override;
  [[nodiscard]] std::string VendorTarget(const Vendor& vendor) const override;

  // Each knows its own title and content; Shop() puts the frame around: menu, search box, footer.
  [[nodiscard]] Page Shop(std::string_view title, std::string_view content, int status = 200) const;
  [[nodiscard]] Page HomePage() const;
  [[nodiscard]] Page CategoryPage(const Request& request) const;
  [[nodiscard]] Page ListingPage(const Request& request) const;
  [[nodiscard]] Page VendorPage(const Request& request) const;
  [[nodiscard]] Page SearchPage(const Request& request) const;
  [[nodiscard]] Page LoginPage(const Request& request) const;
  [[nodiscard]] Page HelpPage(const Request& request) const;
  [[nodiscard]] Page RulesPage() const;
  [[nodiscard]] Page RemovedPage(std::string_view heading, std::string_view remark) const;
  [[nodiscard]] Page NoSuchPage() const;

  [[nodiscard]] std::string Menu() const;
  [[nodiscard]] std::string ListingRows(const std::vector<const Listing*>& listings) const;
  [[nodiscard]] std::string Facts(const Listing& listing) const;
};

}  // namespace nightjar::world
