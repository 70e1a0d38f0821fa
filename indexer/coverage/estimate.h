// SPDX-License-Identifier: Apache-2.0
// How many there are, from how often each was seen. Repeated crawls that miss different things tell how much
// they miss ("capture-recapture"); what a site announces is one more witness, not the truth.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace nightjar::coverage {

struct Estimate {
  double total = 0;  // at least what was seen
  double low = 0;    // 95 % interval, log-normal (Chao 1987), never below what was seen
  double high = 0;
};

// Two crawls found `first` and `second` items, `both` of them in common. Lincoln-Petersen with Chapman's
// correction (Chapman, "Some properties of the hypergeometric distribution", 1951), variance by Seber (1970).
// Nothing for counts that cannot be (`both` greater than either), or where no item was seen.
[[nodiscard]] std::optional<Estimate> FromTwoCrawls(std::uint64_t first, std::uint64_t second,
                                                    std::uint64_t both);

// `seen[k]`: how many items were seen by exactly k + 1 of the crawls. Chao's lower bound (Chao, "Estimating
// the population size for capture-recapture data with unequal catchability", Biometrics 43, 1987),
// bias-corrected.
[[nodiscard]] std::optional<Estimate> FromManyCrawls(const std::vector<std::uint64_t>& seen);

}  // namespace nightjar::coverage
