// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/recrawl.h"

#include <algorithm>
#include <cmath>

namespace nightjar::frontier {
namespace {

constexpr double kChangedBy = 1.0 / 3;

}  // namespace

void Learn(History& history, std::optional<std::uint64_t> content, Moment now) {
  if (history.content && content) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - history.last).count();
    const auto added = static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 0));
    history.watched =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(history.watched + added, UINT32_MAX));
    ++history.visits;
    if (*history.content != *content) ++history.changes;
    if (history.visits > kMostVisits) {
      history.visits /= 2;
      history.changes /= 2;
      history.watched /= 2;
    }
  }
  if (content) history.content = content;
  history.last = now;
}

std::chrono::seconds IntervalOf(const History& history, std::chrono::seconds min, std::chrono::seconds max) {
  const double least = std::max(1.0, static_cast<double>(min.count()));
  const double most = std::max(least, static_cast<double>(max.count()));
  const double imagined = std::sqrt(least * most);
  const double n = history.visits + 1.0;
  const double x = history.changes + 0.5;
  const double interval = (history.watched + imagined) / n;
  const double rate = -std::log((n - x + 0.5) / (n + 0.5)) / interval;
  const double next = -std::log(1 - kChangedBy) / rate;
  return std::chrono::seconds(std::llround(std::clamp(next, least, most)));
}

}  // namespace nightjar::frontier
