// SPDX-License-Identifier: Apache-2.0
#include "tests/world/content/mirrors.h"

#include <algorithm>

#include "base/onion.h"

namespace nightjar::world {

constexpr Day kListed = 3;  // days in which a mirror is on the list

std::vector<Mirror> MirrorsOn(Day day, std::uint64_t seed, const std::vector<std::string>& sites) {
  std::vector<Mirror> mirrors;
  for (Day born = std::max(1, day - kListed + 1); born <= day; ++born) {
    Dice dice(seed, "directory/mirror", static_cast<std::uint64_t>(born));
    const std::string& site = sites[static_cast<std::size_t>(born - 1) % sites.size()];
    mirrors.push_back({.of = site, .host = InventedHost(dice), .online = day - born < kListed - 1});
  }
  return mirrors;
}

std::string InventedHost(Dice& dice) {
  const Result<VerifyKey> key = VerifyKey::FromBytes(dice.Take(32));
  return OnionAddress::FromKey(*key).host();
}

}  // namespace nightjar::world
