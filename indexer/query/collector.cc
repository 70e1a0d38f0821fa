// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/collector.h"

#include <algorithm>
#include <unordered_map>

namespace nightjar::query {

Collector::Collector(const View& view, const std::vector<columns::Column>& counted, bool keep)
    : view_(view), keep_(keep) {
  for (const columns::Column column : counted)
    counted_.push_back({column, std::vector<std::uint32_t>(view.columns->symbols(column) + 1)});
}

void Collector::operator()(const Xapian::Document& document, double /*weight*/) {
  Count(document.get_docid());  // a spy is shown the shard's own docid
}

void Collector::Count(columns::DocumentNumber document) {
  if (keep_) documents_.push_back(document);
  for (Counted& counted : counted_) {
    const std::uint32_t symbol = view_.columns->Number(counted.column, document);
    if (symbol < counted.counts.size()) ++counted.counts[symbol];
  }
}

namespace {

// The `most` first in `before` come to the front, in order; the rest goes.
template <typename T, typename Before>
void KeepFirst(std::vector<T>& all, std::size_t most, Before&& before) {
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size()));
  std::partial_sort(all.begin(), end, all.end(), before);
  all.erase(end, all.end());
}

bool ByCount(const FacetValue& a, const FacetValue& b) {
  return a.count != b.count ? a.count > b.count : a.value < b.value;
}

}  // namespace

// Many values: only the texts of those that are shown are read.
Result<std::vector<FacetValue>> Collector::ValuesOfPlain(const Counted& counted, std::size_t most) const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;  // count, symbol
  for (std::uint32_t symbol = 1; symbol < counted.counts.size(); ++symbol)
    if (counted.counts[symbol] != 0) found.emplace_back(counted.counts[symbol], symbol);
  KeepFirst(found, most, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<FacetValue> values;
  for (const auto& [count, symbol] : found) {
    ASSIGN_OR_RETURN(std::string text, view_.columns->TextOf(counted.column, symbol));
    values.push_back({std::move(text), count});
  }
  std::ranges::sort(values, ByCount);
  return values;
}

// Few different lists: each is taken apart.
Result<std::vector<FacetValue>> Collector::ValuesOfLists(const Counted& counted, std::size_t most) const {
  std::unordered_map<std::string, std::uint64_t> by_text;
  for (std::uint32_t symbol = 1; symbol < counted.counts.size(); ++symbol) {
    if (counted.counts[symbol] == 0) continue;
    ASSIGN_OR_RETURN(const std::string list, view_.columns->TextOf(counted.column, symbol));
    for (const std::string& value : columns::SplitList(list)) by_text[value] += counted.counts[symbol];
  }
  std::vector<FacetValue> values;
  values.reserve(by_text.size());
  for (const auto& [text, count] : by_text) values.push_back({text, count});
  KeepFirst(values, most, ByCount);
  return values;
}

Result<std::vector<FacetValue>> Collector::Values(std::size_t counted, std::size_t most) const {
  const Counted& column = counted_[counted];
  return columns::IsList(column.column) ? ValuesOfLists(column, most) : ValuesOfPlain(column, most);
}

}  // namespace nightjar::query
