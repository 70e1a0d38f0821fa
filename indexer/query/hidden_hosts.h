// SPDX-License-Identifier: Apache-2.0
// Hosts that are in the index and must not be shown: listed on the blocklist after they were captured. A
// query is given a condition that leaves them out, so totals, pages of hits and exports agree.
#pragma once

#include <xapian.h>

#include <chrono>
#include <mutex>
#include <optional>

#include "indexer/query/database_pool.h"
#include "indexer/query/query.h"

namespace nightjar::query {

// Thread-safe.
class HiddenHosts final {
 public:
  void Set(HostRule rule) { rule_ = std::move(rule); }  // before the first query; none: nothing is hidden

  // `query` without them. An error is the rule's. May throw Xapian::Error. The list of hosts is made anew
  // when the index has changed, and every ten seconds.
  [[nodiscard]] Result<Xapian::Query> LeaveOut(const View& view, const Xapian::Query& query);

 private:
  [[nodiscard]] Result<Xapian::Query> MakeCondition(const Xapian::Database& database) const;

  HostRule rule_;
  std::mutex mutex_;  // guards the rest
  std::optional<Xapian::Query> condition_;
  std::uint64_t cursor_ = 0;  // of the index it was made from
  std::chrono::steady_clock::time_point made_;
};

}  // namespace nightjar::query
