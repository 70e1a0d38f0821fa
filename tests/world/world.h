// SPDX-License-Identifier: Apache-2.0
// The whole synthetic world from one seed: bazaar, atelier, forum and directory, and the truth about them.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "tests/world/content/vocabulary.h"
#include "tests/world/pages/site.h"

namespace nightjar::world {

inline constexpr std::array<std::string_view, 4> kSiteNames = {"bazaar", "atelier", "forum", "directory"};

struct WorldPlan {
  std::uint64_t seed = 1;
  std::size_t listings = 60;  // in each market
  std::size_t vendors = 8;    // in each market
  std::size_t threads = 40;
  std::size_t users = 20;
  std::array<std::string, kSiteNames.size()> hosts;  // in the order of kSiteNames; empty: "<name>.test"
};

// Immutable; may be shared between threads.
class World final {
 public:
  // kInvalidInput when a count is zero, or there are more vendors than listings.
  [[nodiscard]] static Result<std::unique_ptr<World>> Make(const WorldPlan& plan);

  [[nodiscard]] const std::vector<std::unique_ptr<Site>>& sites() const {
    return sites_;
  }  // as in kSiteNames
  [[nodiscard]] std::string TruthJson() const;

 private:
  explicit World(const WorldPlan& plan);

  std::uint64_t seed_;
  Vocabulary vocabulary_;
  std::vector<std::unique_ptr<Site>> sites_;
};

}  // namespace nightjar::world
