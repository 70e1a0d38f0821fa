// SPDX-License-Identifier: Apache-2.0
// Mirrors of the world's sites as a link list tells of them: they come, fall silent and go. Nobody answers
// there: the addresses are well formed and no more.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/world/content/market.h"

namespace nightjar::world {

struct Mirror {
  std::string of;    // name of the site
  std::string host;  // "<56>.onion"
  bool online = true;
};

// The mirrors listed on `day`, oldest first: each day but the first brings one, of one site after the other;
// it stands for three days and is offline on the last of them. None before day 1.
[[nodiscard]] std::vector<Mirror> MirrorsOn(Day day, std::uint64_t seed,
                                            const std::vector<std::string>& sites);

// A well-formed address: any 32 bytes are one, as the checksum is all anybody can test without asking the
// network.
[[nodiscard]] std::string InventedHost(Dice& dice);

}  // namespace nightjar::world
