// SPDX-License-Identifier: Apache-2.0
#include "indexer/identity/compare.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

namespace nightjar::identity {
namespace {

// Weights in tenths of a ban. A full fingerprint cannot be shown without being copied, but signing needs the
// secret key, which a page does not prove: so not infinite. Coin addresses may be an exchange's.
constexpr int kKeyWeight = 60;
constexpr int kAddressWeight = 40;
constexpr int kHandleWeight = 40;
constexpr int kMutualClaimWeight = 40;
constexpr int kClaimWeight = 15;
constexpr int kNameWeight = 10;    // of a common length; rarer ones more
constexpr int kNamePerLetter = 2;  // beyond kCommonName letters, up to kMostNameWeight
constexpr int kMostNameWeight = 25;
constexpr std::size_t kCommonName = 6;
constexpr int kSimilarNameWeight = 5;
constexpr int kOtherKeyWeight = -25;
constexpr int kLeastTextWeight = 20;  // at kSameTextPercent; twice as much for one and the same text

bool IsCoin(std::string_view kind) {
  constexpr std::array<std::string_view, 10> kCoins = {"btc", "bch", "dash", "eth", "ltc",
                                                       "trx", "xmr", "xrp",  "zec", "doge"};
  return std::ranges::find(kCoins, kind) != kCoins.end();
}

void AddKeys(const Vendor& a, const Vendor& b, const std::set<std::string>& common,
             std::vector<Reason>& reasons) {
  bool shared = false;
  for (const std::string& key : a.keys) {
    if (std::ranges::find(b.keys, key) == b.keys.end()) continue;
    shared = true;
    if (!common.contains(MarkOfKey(key))) reasons.push_back({ReasonKind::kSameKey, kKeyWeight, key});
  }
  if (!shared && !a.keys.empty() && !b.keys.empty())
    reasons.push_back({ReasonKind::kOtherKey, kOtherKeyWeight, a.keys.front() + " and " + b.keys.front()});
}

void AddContacts(const Vendor& a, const Vendor& b, const std::set<std::string>& common,
                 std::vector<Reason>& reasons) {
  for (const Contact& contact : a.contacts) {
    if (std::ranges::find(b.contacts, contact) == b.contacts.end() || common.contains(MarkOf(contact)))
      continue;
    const bool coin = IsCoin(contact.kind);
    reasons.push_back({coin ? ReasonKind::kSameAddress : ReasonKind::kSameHandle,
                       coin ? kAddressWeight : kHandleWeight, contact.kind + ' ' + contact.value});
  }
}

// Does `a` say that it is `b` elsewhere?
bool Claims(const Vendor& a, const Vendor& b) {
  return std::ranges::any_of(a.claims, [&](const Claim& claim) {
    return std::ranges::find(b.site_names, claim.site) != b.site_names.end() &&
           BareName(claim.name.empty() ? a.name : claim.name) == BareName(b.name);
  });
}

void AddClaims(const Vendor& a, const Vendor& b, std::vector<Reason>& reasons) {
  const bool one = Claims(a, b);
  const bool other = Claims(b, a);
  if (one && other) {
    reasons.push_back({ReasonKind::kMutualClaim, kMutualClaimWeight, a.site + " and " + b.site});
  } else if (one || other) {
    reasons.push_back(
        {ReasonKind::kClaim, kClaimWeight, one ? a.site + " names " + b.site : b.site + " names " + a.site});
  }
}

void AddTexts(const Vendor& a, const Vendor& b, std::vector<Reason>& reasons) {
  const unsigned percent = Resemblance(a.texts, b.texts);
  if (percent < kSameTextPercent) return;
  const int weight = kLeastTextWeight + static_cast<int>(percent - kSameTextPercent) * kLeastTextWeight / 50;
  reasons.push_back({ReasonKind::kSameText, weight, std::to_string(percent) + " % of the texts"});
}

// At most one letter more, less or other.
bool OneApart(const std::string& a, const std::string& b) {
  if (a.size() > b.size()) return OneApart(b, a);
  if (b.size() - a.size() > 1) return false;
  const auto [left, right] = std::ranges::mismatch(a, b);
  const auto from = static_cast<std::size_t>(left - a.begin());
  return a.substr(from + (a.size() == b.size() && from < a.size() ? 1 : 0)) ==
         b.substr(std::min(from + 1, b.size()));
}

void AddNames(const Vendor& a, const Vendor& b, std::vector<Reason>& reasons) {
  const std::string one = BareName(a.name);
  const std::string other = BareName(b.name);
  if (one.empty() || other.empty()) return;
  if (one == other) {
    const int longer = static_cast<int>(one.size() > kCommonName ? one.size() - kCommonName : 0);
    reasons.push_back({ReasonKind::kSameName,
                       std::min(kNameWeight + longer * kNamePerLetter, kMostNameWeight),
                       a.name == b.name ? a.name : a.name + " and " + b.name});
  } else if (std::min(one.size(), other.size()) >= kShortestSimilarName && OneApart(one, other)) {
    reasons.push_back({ReasonKind::kSimilarName, kSimilarNameWeight, a.name + " and " + b.name});
  }
}

bool Has(const Edge& edge, ReasonKind kind) {
  return std::ranges::find(edge.reasons, kind, &Reason::kind) != edge.reasons.end();
}

// What an impersonator does not get by reading.
bool IsHard(const Edge& edge) {
  return Has(edge, ReasonKind::kSameKey) || Has(edge, ReasonKind::kSameAddress) ||
         Has(edge, ReasonKind::kSameHandle) || Has(edge, ReasonKind::kMutualClaim);
}

}  // namespace

std::string MarkOfKey(const std::string& fingerprint) { return "key " + fingerprint; }
std::string MarkOf(const Contact& contact) { return "contact " + contact.kind + ' ' + contact.value; }

std::vector<Reason> Compare(const Vendor& a, const Vendor& b, const std::set<std::string>& common) {
  std::vector<Reason> reasons;
  AddKeys(a, b, common, reasons);
  AddContacts(a, b, common, reasons);
  AddClaims(a, b, reasons);
  AddTexts(a, b, reasons);
  AddNames(a, b, reasons);
  std::ranges::stable_sort(reasons, std::greater(), &Reason::weight);
  return reasons;
}

void Judge(Edge& edge) {
  edge.weight = std::accumulate(edge.reasons.begin(), edge.reasons.end(), 0,
                                [](int sum, const Reason& reason) { return sum + reason.weight; });
  if (IsHard(edge) && edge.weight >= kLikelyWeight) {
    edge.verdict = Verdict::kLikely;
  } else if (Has(edge, ReasonKind::kOtherKey) && !IsHard(edge) &&
             (Has(edge, ReasonKind::kSameName) || Has(edge, ReasonKind::kSimilarName))) {
    edge.verdict = Verdict::kImpersonation;
  } else {
    edge.verdict = Verdict::kPossible;
  }
}

}  // namespace nightjar::identity
