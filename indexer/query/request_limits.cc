// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/request_limits.h"

#include <algorithm>
#include <optional>

#include "indexer/query/schema.h"
#include "indexer/query/terms.h"

namespace nightjar::query {
namespace {

using Xapian::Query;

// The documents whose first capture lies in [from, to), of one shard at a time. Xapian's own value range
// would look at every document that matches the rest.
class CaptureWindow final : public Xapian::PostingSource {
 public:
  CaptureWindow(std::uint64_t from, std::uint64_t to) : from_(from), to_(to) {}

  [[nodiscard]] PostingSource* clone() const override { return new CaptureWindow(from_, to_); }
  void init(const Xapian::Database& shard) override {
    shard_ = shard;
    begun_ = false;
    first_ = FirstFrom(from_);
    behind_ = to_ == UINT64_MAX ? LastId() + 1 : FirstFrom(to_);
  }

  [[nodiscard]] Xapian::doccount get_termfreq_min() const override { return 0; }
  [[nodiscard]] Xapian::doccount get_termfreq_est() const override { return get_termfreq_max(); }
  [[nodiscard]] Xapian::doccount get_termfreq_max() const override {
    return std::min<Xapian::doccount>(behind_ - first_, shard_.get_doccount());
  }
  [[nodiscard]] Xapian::docid get_docid() const override { return at_.get_docid(); }
  [[nodiscard]] bool at_end() const override {
    return begun_ && (at_ == shard_.valuestream_end(kFirstCaptureSlot) || at_.get_docid() >= behind_);
  }
  void next(double) override {
    if (begun_) {
      ++at_;
    } else {
      Begin();
    }
  }
  void skip_to(Xapian::docid id, double) override {
    if (!begun_) Begin();
    if (!at_end() && at_.get_docid() < id) at_.skip_to(id);
  }

 private:
  void Begin() {
    begun_ = true;
    at_ = shard_.valuestream_begin(kFirstCaptureSlot);
    if (at_ != shard_.valuestream_end(kFirstCaptureSlot)) at_.skip_to(first_);
  }
  [[nodiscard]] Xapian::docid LastId() const { return shard_.get_lastdocid(); }

  // The first document from `id` on: its id and first capture.
  [[nodiscard]] std::optional<std::pair<Xapian::docid, std::uint64_t>> From(Xapian::docid id) const {
    auto value = shard_.valuestream_begin(kFirstCaptureSlot);
    const auto end = shard_.valuestream_end(kFirstCaptureSlot);
    if (value != end) value.skip_to(id);
    if (value == end) return std::nullopt;
    return std::pair(value.get_docid(), static_cast<std::uint64_t>(Xapian::sortable_unserialise(*value)));
  }

  // The id from which on first captures are at least `capture`; ids of deleted documents are holes.
  [[nodiscard]] Xapian::docid FirstFrom(std::uint64_t capture) const {
    if (capture == 0) return 1;
    Xapian::docid low = 1;
    Xapian::docid high = LastId() + 1;
    while (low < high) {
      const Xapian::docid middle = low + (high - low) / 2;
      const auto found = From(middle);
      if (!found || found->second >= capture) {
        high = middle;
      } else {
        low = found->first + 1;
      }
    }
    return low;
  }

  const std::uint64_t from_;
  const std::uint64_t to_;
  Xapian::Database shard_;
  Xapian::ValueIterator at_;
  Xapian::docid first_ = 1;  // documents [first_, behind_)
  Xapian::docid behind_ = 1;
  bool begun_ = false;
};

}  // namespace

Query Limited(const Query& query, const Request& request) {
  Query limited = query;
  if (!request.only_case.empty())
    limited = Query(Query::OP_FILTER, limited, Query(ExactTerm(Field("case"), request.only_case)));
  if (!request.only_url.empty())
    limited =
        Query(Query::OP_FILTER, limited, Query(ExactTerm(Field("url"), CanonicalUrl(request.only_url))));
  if (request.first_capture_from == 0 && request.first_capture_to == UINT64_MAX) return limited;
  auto* window = new CaptureWindow(request.first_capture_from, request.first_capture_to);
  return {Query::OP_FILTER, limited, Query(window->release())};
}

}  // namespace nightjar::query
