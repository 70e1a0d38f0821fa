// SPDX-License-Identifier: Apache-2.0
// The whole synthetic world from one seed, on one of its days: bazaar, atelier, forum and directory, and the
// truth about them.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "tests/world/content/market.h"
#include "tests/world/pages/site.h"

namespace nightjar::world {

inline constexpr std::array<std::string_view, 4> kSiteNames = {"bazaar", "atelier", "forum", "directory"};

struct WorldPlan {
  std::uint64_t seed = 1;
  std::size_t listings = 60;  // in each market
  std::size_t vendors = 8;    // in each market
  std::size_t threads = 40;
  std::size_t users = 20;
  Day day = 0;                                            // what the world has lived to
  std::array<std::string, kSiteNames.size()> hosts = {};  // in the order of kSiteNames; empty: "<name>.test"
};

inline constexpr Day kMaxDay = 366;

// Immutable; may be shared between threads.
class World final {
 public:
  // A world of day D is that of day D-1, one day later: same plan, same bytes. kInvalidInput when a count is
  // zero, there are more vendors than listings, or the day is not in [0, kMaxDay].
  [[nodiscard]] static Result<std::unique_ptr<World>> Make(const WorldPlan& plan);

  [[nodiscard]] const std::vector<std::unique_ptr<Site>>& sites() const {
    return sites_;
  }  // as in kSiteNames

  // What is true today, and what changed since the day before (of which it makes the world once more).
  [[nodiscard]] std::string TruthJson() const;

 private:
  explicit World(const WorldPlan& plan);
  [[nodiscard]] Truth Tell() const;

  WorldPlan plan_;
  Vocabulary vocabulary_;
  std::vector<std::unique_ptr<Site>> sites_;
};

}  // namespace nightjar::world
