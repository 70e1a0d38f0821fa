// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/listings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace nightjar::bench {
namespace {

constexpr std::int64_t kDawn = 1767225600;  // 2026-01-01

std::string MakeWord(std::size_t rank) {
  constexpr std::string_view kHeads = "bcdfghklmnprstvwz";
  constexpr std::string_view kVowels = "aeiou";
  std::string word;
  std::size_t rest = rank * 7919 + 13;  // neighbours in rank look unlike
  for (int i = 0; i < 2 || rest > 0; ++i) {
    word += kHeads[rest % kHeads.size()];
    rest /= kHeads.size();
    word += kVowels[rest % kVowels.size()];
    rest /= kVowels.size();
  }
  return word;
}

}  // namespace

Listings::Listings() {
  double sum = 0;
  for (std::size_t rank = 0; rank < kVocabulary; ++rank) {
    words_.push_back(MakeWord(rank));
    sum += 1 / std::pow(static_cast<double>(rank) + 2.7, 1.05);  // Zipf-Mandelbrot, as in English
    reached_.push_back(sum);
  }
  for (double& share : reached_) share /= sum;
}

std::size_t Listings::Rank(double uniform) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(reached_, uniform) - reached_.begin()) %
         kVocabulary;
}

Listings::Listing Listings::At(std::uint64_t number) const {
  std::mt19937_64 random(number * 2654435761U + 1);
  std::uniform_real_distribution<double> uniform(0, 1);
  const auto words = [&](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text.append(i == 0 ? "" : " ").append(words_[Rank(uniform(random))]);
    return text;
  };
  const auto skewed = [&](double count) { return static_cast<int>(count * std::pow(uniform(random), 3)); };
  Listing listing;
  listing.title = words(6);
  listing.text = words(34);
  listing.host = fmt::format("market{}.example", skewed(20));
  listing.url = fmt::format("http://{}/item/{}", listing.host, number);
  listing.vendor = fmt::format("vendor{}", skewed(5000));
  listing.category = fmt::format("category{}", skewed(40));
  listing.ships_from = fmt::format("country{}", skewed(60));
  listing.ships_to = fmt::format("country{}", skewed(60));
  listing.currency = uniform(random) < 0.7 ? "USD" : "EUR";
  listing.price = std::round(std::exp(uniform(random) * 8) * 100) / 100;
  listing.seen = kDawn + static_cast<std::int64_t>(number % 300) * 86400 + skewed(86400);
  return listing;
}

indexer::Observation Listings::ObservationAt(std::uint64_t number) const {
  const Listing listing = At(number);
  indexer::Observation seen;
  seen.number = {number};
  seen.record.url = listing.url;
  seen.record.case_id = {"bench"};
  seen.record.job = {"bench"};
  seen.record.ended = FromUnixMicros(listing.seen * 1'000'000);
  seen.facts.extractor = wire::kExtractor;
  seen.facts.title = listing.title;
  seen.facts.text = listing.text;
  seen.facts.page_kind = wire::PageKind::kListing;
  const std::pair<std::string_view, std::string> fields[] = {{"vendor", listing.vendor},
                                                             {"category", listing.category},
                                                             {"ships_from", listing.ships_from},
                                                             {"ships_to", listing.ships_to},
                                                             {"price", fmt::format("{:.2f}", listing.price)}};
  for (const auto& [name, value] : fields) {
    wire::Field& field = seen.facts.fields.emplace_back();
    field.name = name;
    field.value = field.raw = value;
    field.confidence = 90;
  }
  seen.facts.fields.back().unit = listing.currency;
  return seen;
}

}  // namespace nightjar::bench
