// SPDX-License-Identifier: Apache-2.0
// The definitions of RFC 9162, section 2.1, word for word and as slow as they are: the oracle of these tests.
#pragma once

#include <span>
#include <vector>

#include "archive/evidence/proof.h"

namespace nightjar::evidence {

// k: the largest power of two smaller than n.
inline std::size_t SplitPoint(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

inline Digest NaiveRoot(std::span<const Digest> leaf_hashes) {
  if (leaf_hashes.empty()) return EmptyRoot();
  if (leaf_hashes.size() == 1) return leaf_hashes.front();
  const std::size_t k = SplitPoint(leaf_hashes.size());
  return NodeHash(NaiveRoot(leaf_hashes.first(k)), NaiveRoot(leaf_hashes.subspan(k)));
}

inline std::vector<Digest> With(std::vector<Digest> proof, const Digest& last) {
  proof.push_back(last);
  return proof;
}

inline std::vector<Digest> NaivePath(std::size_t m, std::span<const Digest> d) {
  if (d.size() == 1) return {};
  const std::size_t k = SplitPoint(d.size());
  if (m < k) return With(NaivePath(m, d.first(k)), NaiveRoot(d.subspan(k)));
  return With(NaivePath(m - k, d.subspan(k)), NaiveRoot(d.first(k)));
}

inline std::vector<Digest> NaiveSubProof(std::size_t m, std::span<const Digest> d, bool b) {
  if (m == d.size()) return b ? std::vector<Digest>{} : std::vector<Digest>{NaiveRoot(d)};
  const std::size_t k = SplitPoint(d.size());
  if (m <= k) return With(NaiveSubProof(m, d.first(k), b), NaiveRoot(d.subspan(k)));
  return With(NaiveSubProof(m - k, d.subspan(k), false), NaiveRoot(d.first(k)));
}

}  // namespace nightjar::evidence
