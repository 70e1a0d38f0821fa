// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/find.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "indexer/query/collector.h"
#include "indexer/query/column_source.h"

namespace nightjar::query {
namespace {

using columns::Column;
using columns::DocumentNumber;

Column ColumnOf(std::string_view facet) {
  constexpr std::array kColumns{Column::kKind,    Column::kClass,    Column::kCase,     Column::kHost,
                                Column::kSite,    Column::kVendor,   Column::kCategory, Column::kShipsFrom,
                                Column::kShipsTo, Column::kCurrency, Column::kLanguage};
  static_assert(kColumns.size() == kFacets.size());
  return kColumns[static_cast<std::size_t>(std::ranges::find(kFacets, facet) - kFacets.begin())];
}

std::vector<Column> ColumnsOf(const std::vector<std::string>& facets) {
  std::vector<Column> counted;
  counted.reserve(facets.size());
  for (const std::string& facet : facets) counted.push_back(ColumnOf(facet));
  return counted;
}

struct Sorting {
  Column column;
  bool falling;
};
std::optional<Sorting> SortingOf(Order order) {
  switch (order) {
    case Order::kRelevance:
      return std::nullopt;
    case Order::kNewest:
      return Sorting{Column::kLastSeen, true};
    case Order::kOldest:
      return Sorting{Column::kFirstSeen, false};
    case Order::kByCapture:
      return Sorting{Column::kMadeBy, false};
    case Order::kCheapest:
      return Sorting{Column::kPrice, false};
    case Order::kDearest:
      return Sorting{Column::kPrice, true};
    case Order::kBestRated:
      return Sorting{Column::kRating, true};
    case Order::kMostSold:
      return Sorting{Column::kSold, true};
  }
  std::abort();
}

// A number that is smaller the earlier the document comes; infinite where it lacks the value.
double RankOf(const Sorting& sorting, columns::Snapshot& columns, DocumentNumber document) {
  const double number = columns::IsDecimal(sorting.column)
                            ? columns.Decimal(sorting.column, document)
                            : static_cast<double>(columns.Number(sorting.column, document));
  if (std::isnan(number)) return std::numeric_limits<double>::infinity();
  return sorting.falling ? -number : number;
}

// Versions behind which a later version of the same page matches too.
std::vector<bool> Outdated(const View& view, const std::vector<DocumentNumber>& matches) {
  std::vector<bool> matched(view.columns->last_document() + 1);
  for (const DocumentNumber document : matches)
    if (document < matched.size()) matched[document] = true;
  std::vector<bool> outdated(matched.size());
  constexpr int kLongestChain = 10'000;  // versions of one page; a damaged chain must not hold a query
  for (const DocumentNumber document : matches) {
    DocumentNumber next = view.columns->Number(Column::kNext, document);
    for (int i = 0; next != 0 && next < matched.size() && i < kLongestChain; ++i) {
      if (matched[next]) {
        outdated[document] = true;
        break;
      }
      next = view.columns->Number(Column::kNext, next);
    }
  }
  return outdated;
}

class NotOutdated final : public Xapian::MatchDecider {
 public:
  explicit NotOutdated(std::vector<bool> outdated) : outdated_(std::move(outdated)) {}
  bool operator()(const Xapian::Document& document) const override {
    const DocumentNumber number = document.get_docid();  // the shard's own
    return number >= outdated_.size() || !outdated_[number];
  }

 private:
  const std::vector<bool> outdated_;
};

// Nothing where no version that matches has a later one.
std::unique_ptr<NotOutdated> DeciderFor(const View& view, const Xapian::Query& query) {
  const Xapian::Query superseded(Xapian::Query::OP_FILTER, query,
                                 ColumnQuery(view.columns, {{.column = Column::kUntil}}));
  Xapian::Enquire enquire(view.database);
  enquire.set_query(superseded);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  if (enquire.get_mset(0, 1).empty()) return nullptr;
  return std::make_unique<NotOutdated>(Outdated(view, FindAll(view, query)));
}

// Looks at every match: totals and facets are exact.
Xapian::MSet Match(const View& view, const Xapian::Query& query, std::uint32_t offset, std::uint32_t limit,
                   bool weighed, Xapian::MatchSpy* spy, const Xapian::MatchDecider* decider) {
  Xapian::Enquire enquire(view.database);
  enquire.set_query(query);
  if (!weighed) enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(weighed ? Xapian::Enquire::DESCENDING : Xapian::Enquire::DONT_CARE);
  if (spy != nullptr) enquire.add_matchspy(spy);
  return enquire.get_mset(offset, limit, view.database.get_doccount(), nullptr, decider);
}

void TakeSorted(const View& view, const Sorting& sorting, const Request& request,
                const std::vector<DocumentNumber>& matches, Found& found) {
  std::vector<std::pair<double, DocumentNumber>> ranked;
  ranked.reserve(matches.size());
  for (const DocumentNumber document : matches)
    ranked.emplace_back(RankOf(sorting, *view.columns, document), document);
  const std::size_t begin = std::min<std::size_t>(request.offset, ranked.size());
  const std::size_t end = std::min(begin + request.limit, ranked.size());
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(end), ranked.end(),
                    [](const auto& a, const auto& b) {
                      return a.first != b.first ? a.first < b.first : a.second > b.second;
                    });
  for (std::size_t i = begin; i < end; ++i) found.documents.emplace_back(ranked[i].second, 0.0);
}

}  // namespace

Result<Found> Find(const View& view, const Xapian::Query& query, const Request& request) {
  const auto sorting = SortingOf(request.order);
  const auto decider = request.collapse ? DeciderFor(view, query) : nullptr;
  Collector collector(view, ColumnsOf(request.facets), sorting.has_value());
  Xapian::MatchSpy* spy = sorting || !request.facets.empty() ? &collector : nullptr;
  Found found;
  // The search needs the words' weights only where they rank; a snippet needs the query alone.
  found.set = Match(view, query, sorting ? 0 : request.offset, sorting ? 0 : request.limit, !sorting, spy,
                    decider.get());
  if (sorting) {
    found.total = collector.documents().size();
    TakeSorted(view, *sorting, request, collector.documents(), found);
  } else {
    found.total = found.set.get_matches_estimated();
    for (auto match = found.set.begin(); match != found.set.end(); ++match)
      found.documents.emplace_back(view.NumberOf(*match), match.get_weight());
  }
  for (std::size_t i = 0; i < request.facets.size(); ++i) {
    ASSIGN_OR_RETURN(auto values, collector.Values(i, request.facet_values));
    found.facets.push_back({request.facets[i], std::move(values)});
  }
  return found;
}

std::vector<DocumentNumber> FindAll(const View& view, const Xapian::Query& query) {
  Collector collector(view, {}, true);
  (void)Match(view, query, 0, 0, false, &collector, nullptr);
  return std::move(collector.documents());
}

}  // namespace nightjar::query
