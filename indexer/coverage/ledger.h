// SPDX-License-Identifier: Apache-2.0
// What a site says it has, against what was captured of it: by category, and over all.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "indexer/coverage/estimate.h"
#include "sandbox/wire/facts.h"

namespace nightjar::coverage {

// A count a page prints: "Guides & Tutorials 1017".
struct Announced {
  std::string category;  // path as the site prints it, parts joined by " > "; empty: the whole site
  std::uint64_t count = 0;
  CaptureNumber capture;
  UtcTime when;
};

// Of index, category, board and main pages: the page's own announced count, and those of its rows (a front
// page's list of categories). Vendors' and threads' own counts are not the site's.
[[nodiscard]] std::vector<Announced> AnnouncedBy(const wire::Facts& facts, CaptureNumber capture,
                                                 UtcTime when);

struct Row {
  std::string category;
  std::optional<Announced> announced;  // the newest
  std::uint64_t captured = 0;          // items of that category, each once
  // 0..1; nothing where nothing is announced. More captured than announced is 1: counts lag behind.
  [[nodiscard]] std::optional<double> Share() const;
};

// Of one site in one case and period. One thread.
class Ledger final {
 public:
  void Announce(const Announced& announced);
  // `crawl`: any number that is the same for one round over the site. An item counts once for a crawl.
  void Capture(const std::string& item, const std::string& category, std::uint64_t crawl);

  // The whole site (category empty) first, then by name. A page may print the bare name of a category of
  // which listings print the path ("Tiles" for "Ceramics > Tiles"): where only one path ends so, that one is
  // meant.
  [[nodiscard]] std::vector<Row> Rows() const;
  // How many items there are, by what the crawls of this ledger saw; nothing for fewer than two crawls.
  [[nodiscard]] std::optional<Estimate> EstimateTotal() const;

 private:
  struct Item {
    std::string category;
    std::vector<std::uint64_t> crawls;  // ascending
  };
  std::map<std::string, Announced> announced_;
  std::map<std::string, Item> items_;
};

}  // namespace nightjar::coverage
