// SPDX-License-Identifier: Apache-2.0
// Two vendors beside each other. For the files of this folder.
#pragma once

#include <set>

#include "indexer/identity/link.h"

namespace nightjar::identity {

inline constexpr std::size_t kShortestSimilarName = 6;  // letters; shorter names are alike by chance

[[nodiscard]] std::string MarkOfKey(const std::string& fingerprint);
[[nodiscard]] std::string MarkOf(const Contact& contact);

// `common`: marks that too many share. Heaviest first.
[[nodiscard]] std::vector<Reason> Compare(const Vendor& a, const Vendor& b,
                                          const std::set<std::string>& common);

// Sets weight and verdict from the reasons.
void Judge(Edge& edge);

}  // namespace nightjar::identity
