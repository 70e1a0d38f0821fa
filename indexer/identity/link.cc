// SPDX-License-Identifier: Apache-2.0
#include "indexer/identity/link.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <numeric>
#include <set>

#include "indexer/identity/compare.h"

namespace nightjar::identity {
namespace {

using Pair = std::pair<std::size_t, std::size_t>;

// Who has which mark; every mark that few share proposes its pairs.
class Candidates final {
 public:
  void Add(const std::string& mark, std::size_t vendor) { sharers_[mark].insert(vendor); }

  [[nodiscard]] std::set<Pair> Pairs() const {
    std::set<Pair> pairs;
    for (const auto& [mark, sharers] : sharers_) {
      if (sharers.size() > kMostSharers) continue;
      for (auto a = sharers.begin(); a != sharers.end(); ++a)
        for (auto b = std::next(a); b != sharers.end(); ++b) pairs.emplace(*a, *b);
    }
    return pairs;
  }
  [[nodiscard]] std::set<std::string> Common() const {
    std::set<std::string> common;
    for (const auto& [mark, sharers] : sharers_)
      if (sharers.size() > kMostSharers) common.insert(mark);
    return common;
  }

 private:
  std::map<std::string, std::set<std::size_t>> sharers_;
};

// Bands of four places: two sketches that are half alike share one of the sixteen with 64 %, three
// quarters 99.7 %.
constexpr std::size_t kBand = 4;

void AddTexts(const Vendor& vendor, std::size_t number, Candidates& candidates) {
  if (vendor.texts == Sketch{}) return;
  for (std::size_t band = 0; band < kSketchPlaces; band += kBand) {
    std::string mark = "text " + std::to_string(band);
    for (std::size_t i = 0; i < kBand; ++i) mark += ' ' + std::to_string(vendor.texts[band + i]);
    candidates.Add(mark, number);
  }
}

// Names that are one letter apart share a name with one letter left out.
void AddNames(const std::string& bare, std::size_t number, Candidates& candidates) {
  candidates.Add("name " + bare, number);
  if (bare.size() < kShortestSimilarName) return;
  for (std::size_t i = 0; i < bare.size(); ++i)
    candidates.Add("near " + bare.substr(0, i) + bare.substr(i + 1), number);
}

void AddClaims(const Vendor& vendor, std::size_t number, Candidates& candidates) {
  for (const Claim& claim : vendor.claims)
    candidates.Add("at " + claim.site + ' ' + BareName(claim.name.empty() ? vendor.name : claim.name),
                   number);
  for (const std::string& site : vendor.site_names)
    candidates.Add("at " + site + ' ' + BareName(vendor.name), number);
}

}  // namespace

std::string_view ReasonName(ReasonKind kind) {
  constexpr std::array<std::string_view, 9> kNames = {"same-key",     "same-address", "same-handle",
                                                      "mutual-claim", "claim",        "same-text",
                                                      "same-name",    "similar-name", "other-key"};
  const auto index = static_cast<std::size_t>(kind);
  if (index >= kNames.size()) std::abort();
  return kNames[index];
}

std::string_view VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPossible:
      return "possible";
    case Verdict::kLikely:
      return "likely";
    case Verdict::kImpersonation:
      return "impersonation";
  }
  std::abort();
}

std::vector<Edge> Link(const std::vector<Vendor>& vendors) {
  Candidates candidates;
  for (std::size_t i = 0; i < vendors.size(); ++i) {
    for (const std::string& key : vendors[i].keys) candidates.Add(MarkOfKey(key), i);
    for (const Contact& contact : vendors[i].contacts) candidates.Add(MarkOf(contact), i);
    AddTexts(vendors[i], i, candidates);
    AddNames(BareName(vendors[i].name), i, candidates);
    AddClaims(vendors[i], i, candidates);
  }
  const std::set<std::string> common = candidates.Common();
  std::vector<Edge> edges;
  for (const auto& [a, b] : candidates.Pairs()) {
    Edge edge{.a = a, .b = b, .reasons = Compare(vendors[a], vendors[b], common)};
    Judge(edge);
    if (edge.weight >= kPossibleWeight || edge.verdict == Verdict::kImpersonation)
      edges.push_back(std::move(edge));
  }
  return edges;
}

}  // namespace nightjar::identity
