// SPDX-License-Identifier: Apache-2.0
// One day in the life of a market: what is sold, re-priced, taken down and newly offered, who goes away, who
// comes back and who changes keys. Common things are thrown dice for, each thing its own; rare ones stand in
// a calendar of five days, so that a story of five days meets all of them whatever the seed. README.md has
// the rates.
#pragma once

#include "tests/world/content/market.h"

namespace nightjar::world {

class MarketDay final {
 public:
  // Brings `market` from the day before `day` to `day`; days are lived in order, from 1. New titles are taken
  // out of `names`.
  static void Live(Market& market, Day day, Names& names) { MarketDay(market, day).Pass(names); }

 private:
  MarketDay(Market& market, Day day) : market_(market), day_(day) {}

  void Pass(Names& names);
  void KeepCalendar();
  void ComeBack();
  void End(Vendor& vendor, Standing how);
  void ReplaceKey(Vendor& vendor, Announcement announcement) const;
  void Trade(Listing& listing);
  void Sell(Listing& listing, std::uint32_t pieces);
  void Reconsider(Listing& listing);
  void TakeDown(std::uint32_t index);
  void Offer(Names& names);
  void BeSeen(std::size_t index);

  // Somebody who trades and is not away, as the dice want it; null when there is nobody.
  [[nodiscard]] Vendor* Somebody(Dice& dice);
  [[nodiscard]] Dice DiceFor(std::string_view what, std::uint64_t number = 0) const;

  Market& market_;
  Day day_;
};

}  // namespace nightjar::world
