// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/request_limits.h"

#include "indexer/query/column_source.h"
#include "indexer/query/schema.h"
#include "indexer/query/terms.h"

namespace nightjar::query {
namespace {

using columns::Column;
using columns::DocumentNumber;
using Xapian::Query;

// The number from which on documents were made by captures of at least `capture`; deleted documents are
// holes.
DocumentNumber FirstFrom(columns::Snapshot& columns, std::uint64_t capture) {
  const DocumentNumber end = columns.last_document() + 1;
  DocumentNumber low = 1;
  DocumentNumber high = end;
  while (low < high) {
    DocumentNumber middle = low + (high - low) / 2;
    const DocumentNumber asked = middle;
    while (middle < high && columns.Number(Column::kMadeBy, middle) == 0) ++middle;
    if (middle == high || columns.Number(Column::kMadeBy, middle) > capture) {  // it holds one more
      high = asked;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

Query Limited(const Query& query, const Request& request, const std::shared_ptr<columns::Snapshot>& columns) {
  Query limited = query;
  if (!request.only_url.empty())
    limited =
        Query(Query::OP_FILTER, limited, Query(ExactTerm(Field("url"), CanonicalUrl(request.only_url))));
  if (request.first_capture_from == 0 && request.first_capture_to == UINT64_MAX) return limited;
  const DocumentNumber begin =
      request.first_capture_from == 0 ? 1 : FirstFrom(*columns, request.first_capture_from);
  const DocumentNumber end = request.first_capture_to == UINT64_MAX
                                 ? columns->last_document() + 1
                                 : FirstFrom(*columns, request.first_capture_to);
  return {Query::OP_FILTER, limited, WindowQuery(columns, begin, end)};
}

}  // namespace nightjar::query
