// SPDX-License-Identifier: Apache-2.0
// Other engines over the same listings, for tests/bench/query: each answers the same questions in its own
// way.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/bench/listings.h"

namespace nightjar::bench {

struct Question {
  enum class Kind { kWord, kAnd, kPhrase, kNewestOfVendor, kFacets, kWildcard };
  Kind kind = Kind::kWord;
  std::vector<std::string> words{};  // kNewestOfVendor: the vendor; kWildcard: the beginning
  double low = 0;                    // kFacets: of the price
  double high = 0;
};

class Peer {
 public:
  virtual ~Peer() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  virtual void Load(const Listings& listings, std::uint64_t count) = 0;
  // Finds the first twenty and, for kFacets, counts five fields of all matches. False: it has no such query.
  virtual bool Ask(const Question& question) = 0;
};

[[nodiscard]] std::unique_ptr<Peer> MakeXapianPeer(const std::string& folder);
// Null where the library, or the server, is not installed.
[[nodiscard]] std::unique_ptr<Peer> MakeSqlitePeer(const std::string& folder);
[[nodiscard]] std::unique_ptr<Peer> MakePostgresPeer(const std::string& folder);

}  // namespace nightjar::bench
