// SPDX-License-Identifier: Apache-2.0
// Made listings for the benches of the index: short texts of a vocabulary in which few words are common and
// most are rare (Zipf), with fields spread as on markets. The same number gives the same listing.
#pragma once

#include <string>
#include <vector>

#include "indexer/observation.h"

namespace nightjar::bench {

class Listings final {
 public:
  static constexpr std::size_t kVocabulary = 100'000;

  Listings();

  struct Listing {
    std::string title;
    std::string text;  // about 270 bytes with the title
    std::string url;
    std::string host;
    std::string vendor;
    std::string category;
    std::string ships_from;
    std::string ships_to;
    std::string currency;
    double price = 0;
    std::int64_t seen = 0;  // Unix seconds
  };
  [[nodiscard]] Listing At(std::uint64_t number) const;

  // As the jail and the archive would hand it to the index.
  [[nodiscard]] indexer::Observation ObservationAt(std::uint64_t number) const;

  // The word of this rank: 0 is the commonest.
  [[nodiscard]] const std::string& Word(std::size_t rank) const { return words_[rank]; }

 private:
  [[nodiscard]] std::size_t Rank(double uniform) const;

  std::vector<std::string> words_;
  std::vector<double> reached_;  // share of all text that words up to this rank make
};

}  // namespace nightjar::bench
