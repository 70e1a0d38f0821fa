// SPDX-License-Identifier: Apache-2.0
// Which vendors are the same person, and why. The output is reasons with weights, never a verdict without
// them: names are copied, keys are stolen rarely, and an analyst decides (Tai, Soska & Christin, KDD 2019:
// impersonators exist, so that neither a name nor any one mark is an identity).
//
// A mark that more vendors share than kMostSharers belongs to a market, a service or a template, and says
// nothing. Rebuildable from items: nothing here is stored by itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/identity/marks.h"

namespace nightjar::identity {

enum class ReasonKind : std::uint8_t {
  kSameKey,
  kSameAddress,  // of a coin
  kSameHandle,   // e-mail, XMPP, Telegram, ...
  kMutualClaim,  // each names the other
  kClaim,        // one names the other
  kSameText,     // texts resemble each other
  kSameName,
  kSimilarName,
  kOtherKey,  // both show keys, and none in common: speaks against
};
[[nodiscard]] std::string_view ReasonName(ReasonKind kind);  // "same-key", ...

struct Reason {
  ReasonKind kind = ReasonKind::kSameName;
  int weight = 0;        // tenths of a ban (Good 1950): 10 makes the odds ten times better, below 0 worse
  std::string detail{};  // the key, the handle, "83 % of the texts"
  friend bool operator==(const Reason&, const Reason&) = default;
};

enum class Verdict : std::uint8_t {
  kPossible,       // some reasons
  kLikely,         // kLikelyWeight, and at least one reason that is hard to copy
  kImpersonation,  // the same name with other keys and nothing hard in common
};
[[nodiscard]] std::string_view VerdictName(Verdict verdict);

struct Edge {
  std::size_t a = 0;  // places in the list of vendors, a < b
  std::size_t b = 0;
  int weight = 0;
  Verdict verdict = Verdict::kPossible;
  std::vector<Reason> reasons{};  // heaviest first
};

inline constexpr int kLikelyWeight = 40;    // odds of 10,000 to 1 over the chance of any two vendors
inline constexpr int kPossibleWeight = 10;  // lighter pairs are left out
inline constexpr std::size_t kMostSharers = 12;
inline constexpr unsigned kSameTextPercent = 50;

// Pairs with reasons enough, in the order of (a, b). Vendors of one site are compared too (second accounts).
// Time: n log n and the pairs that share a mark; memory for the marks.
[[nodiscard]] std::vector<Edge> Link(const std::vector<Vendor>& vendors);

}  // namespace nightjar::identity
