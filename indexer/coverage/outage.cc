// SPDX-License-Identifier: Apache-2.0
#include "indexer/coverage/outage.h"

#include <algorithm>

namespace nightjar::coverage {

std::vector<Outage> OutagesIn(std::vector<Try> tries) {
  std::ranges::stable_sort(tries, {}, &Try::when);
  std::vector<Outage> outages;
  Outage running;
  UtcTime answered{};
  bool ever = false;
  const auto finish = [&] {
    if (running.tries >= kFewestFailures && running.last_failure - running.first_failure >= kShortestOutage)
      outages.push_back(running);
    running = {};
  };
  for (const Try& one : tries) {
    if (one.answered) {
      running.ended = true;
      running.next_answer = one.when;
      finish();
      answered = one.when;
      ever = true;
    } else {
      if (running.tries++ == 0) {
        running.first_failure = one.when;
        running.last_answer = ever ? answered : one.when;
      }
      running.last_failure = one.when;
    }
  }
  finish();
  return outages;
}

std::vector<Outage> OutagesIn(const std::vector<Spell>& spells) {
  std::vector<Try> tries;
  for (const Spell& spell : spells) {
    const auto count = static_cast<std::int64_t>(std::min(spell.count, kMostTriesOfSpell));
    for (std::int64_t i = 0; i < count; ++i)
      tries.push_back({i + 1 == count ? spell.last : spell.first + (spell.last - spell.first) * i / count,
                       spell.answered});
  }
  return OutagesIn(std::move(tries));
}

}  // namespace nightjar::coverage
