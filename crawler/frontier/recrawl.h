// SPDX-License-Identifier: Apache-2.0
// When a page is to be looked at again, learnt from how often it changed.
//
// The rate of change is estimated as in Cho and Garcia-Molina, "Estimating Frequency of Change" (ACM TOIT
// 3(3), 2003), section 4.2: with X of n visits, at intervals of I, finding a change, the estimator
// lambda = -ln((n - X + 0.5) / (n + 0.5)) / I has little bias, where the plain X / (n I) misses every change
// that happens twice between visits. Before the first visit there is nothing to go by, so each page starts
// with one imagined visit, half a change, at the geometric mean of the job's bounds.
//
// A page is due again when it has changed with probability 1/3: then most visits find nothing new, which is
// the price of seldom being late, and an index page that changes daily is seen about twice a day.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "crawler/frontier/timeline.h"

namespace nightjar::frontier {

struct History {
  std::optional<std::uint64_t> content;  // ContentMark of the last visit
  Moment last;                           // of the last visit; the epoch before the first
  std::uint32_t visits = 0;              // that had a visit before them to compare with
  std::uint32_t changes = 0;             // of those
  std::uint32_t watched = 0;             // seconds between them, in all
  friend bool operator==(const History&, const History&) = default;
};

// After so many visits the older half is forgotten, so that a page that wakes up is noticed.
inline constexpr std::uint32_t kMostVisits = 32;

// One more visit. Without content (a page that could not be told apart) nothing is learnt.
void Learn(History& history, std::optional<std::uint64_t> content, Moment now);

// From a visit to the next, within the bounds.
[[nodiscard]] std::chrono::seconds IntervalOf(const History& history, std::chrono::seconds min,
                                              std::chrono::seconds max);

}  // namespace nightjar::frontier
