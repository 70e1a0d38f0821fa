// SPDX-License-Identifier: Apache-2.0
// When a site was down: so that "the listing vanished" can be told from "we could not look".
#pragma once

#include <cstdint>
#include <vector>

#include "base/clock.h"

namespace nightjar::coverage {

// One try to reach a site.
struct Try {
  UtcTime when;
  bool answered = false;  // with anything at all: a wall or an error page is not "down"
};

struct Outage {
  UtcTime last_answer;  // before it; equal to `first_failure` where it never answered before
  UtcTime first_failure;
  UtcTime last_failure;
  bool ended = false;
  UtcTime next_answer;  // if it ended
  std::size_t tries = 0;
};

// A single failure is Tor's weather (peers.md, "down is not down"): an outage is at least `kFewestFailures`
// failures in a row over at least `kShortestOutage`.
inline constexpr std::size_t kFewestFailures = 3;
inline constexpr std::chrono::minutes kShortestOutage{30};

// `tries` in any order; the outages in the order of time.
[[nodiscard]] std::vector<Outage> OutagesIn(std::vector<Try> tries);

// Tries of one outcome with no other between them, as the crawl keeps them.
struct Spell {
  UtcTime first;
  UtcTime last;
  std::uint64_t count = 0;
  bool answered = false;
};
inline constexpr std::uint64_t kMostTriesOfSpell = 1000;  // more are counted as so many

// The same of spells, whose tries are taken to be evenly spread.
[[nodiscard]] std::vector<Outage> OutagesIn(const std::vector<Spell>& spells);

}  // namespace nightjar::coverage
