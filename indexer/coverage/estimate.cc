// SPDX-License-Identifier: Apache-2.0
#include "indexer/coverage/estimate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nightjar::coverage {
namespace {

constexpr double kNormal95 = 1.96;

// Chao (1987): the logarithm of what was not seen is about normal.
Estimate WithInterval(double seen, double total, double variance) {
  const double unseen = total - seen;
  if (unseen <= 0) return {seen, seen, seen};
  const double width = std::exp(kNormal95 * std::sqrt(std::log1p(variance / (unseen * unseen))));
  return {total, seen + unseen / width, seen + unseen * width};
}

}  // namespace

std::optional<Estimate> FromTwoCrawls(std::uint64_t first, std::uint64_t second, std::uint64_t both) {
  if (both > std::min(first, second) || first + second == 0) return std::nullopt;
  const auto n1 = static_cast<double>(first);
  const auto n2 = static_cast<double>(second);
  const auto m = static_cast<double>(both);
  const double total = (n1 + 1) * (n2 + 1) / (m + 1) - 1;
  const double variance = (n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / ((m + 1) * (m + 1) * (m + 2));
  return WithInterval(n1 + n2 - m, total, variance);
}

std::optional<Estimate> FromManyCrawls(const std::vector<std::uint64_t>& seen) {
  const auto all = static_cast<double>(std::accumulate(seen.begin(), seen.end(), std::uint64_t{0}));
  if (seen.size() < 2 || all == 0) return std::nullopt;
  const auto once = static_cast<double>(seen[0]);
  const auto twice = static_cast<double>(seen[1]);
  const double total = all + once * (once - 1) / (2 * (twice + 1));
  if (twice == 0)
    return WithInterval(all, total, once * (once - 1) / 2 + once * (2 * once - 1) * (2 * once - 1) / 4);
  const double ratio = once / twice;
  return WithInterval(all, total,
                      twice * (0.25 * std::pow(ratio, 4) + std::pow(ratio, 3) + 0.5 * std::pow(ratio, 2)));
}

}  // namespace nightjar::coverage
