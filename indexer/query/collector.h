// SPDX-License-Identifier: Apache-2.0
// Sees every match of a query and counts it by columns, without reading a document: facets, and the whole set
// of matches where an order or a collapse needs it.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "indexer/query/database_pool.h"
#include "indexer/query/query.h"

namespace nightjar::query {

class Collector final : public Xapian::MatchSpy {
 public:
  // `keep`: remember which documents matched.
  Collector(const View& view, const std::vector<columns::Column>& counted, bool keep);

  void operator()(const Xapian::Document& document, double weight) override;
  void Count(columns::DocumentNumber document);

  [[nodiscard]] std::vector<columns::DocumentNumber>& documents() { return documents_; }

  // The `most` values of each column by falling count, then by text; list columns by each of their values.
  [[nodiscard]] Result<std::vector<FacetValue>> Values(std::size_t counted, std::size_t most) const;

 private:
  struct Counted {
    columns::Column column;
    std::vector<std::uint32_t> counts;  // by symbol
  };
  [[nodiscard]] Result<std::vector<FacetValue>> ValuesOfPlain(const Counted& counted, std::size_t most) const;
  [[nodiscard]] Result<std::vector<FacetValue>> ValuesOfLists(const Counted& counted, std::size_t most) const;

  const View& view_;
  const bool keep_;
  std::vector<Counted> counted_;
  std::vector<columns::DocumentNumber> documents_;
};

}  // namespace nightjar::query
