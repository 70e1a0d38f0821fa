// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/column_source.h"

#include <algorithm>
#include <cmath>

#include "base/decimal.h"
#include "indexer/query/schema.h"

namespace nightjar::query {
namespace {

using columns::Column;
using columns::DocumentNumber;

// In a shard a docid is the document's number.
class ColumnSource final : public Xapian::PostingSource {
 public:
  // Of the documents numbered [begin, end).
  ColumnSource(std::shared_ptr<columns::Snapshot> columns, std::vector<ColumnRange> ranges,
               DocumentNumber begin, DocumentNumber end)
      : columns_(std::move(columns)), ranges_(std::move(ranges)), begin_(begin), end_(end) {}

  [[nodiscard]] PostingSource* clone() const override {
    return new ColumnSource(columns_, ranges_, begin_, end_);
  }

  void init(const Xapian::Database& shard) override {
    shard_ =
        static_cast<std::uint32_t>(ParseDecimal(shard.get_metadata(std::string(kShardKey))).value_or(0)) + 1;
    last_ = std::min<DocumentNumber>({shard.get_lastdocid(), columns_->last_document(), end_ - 1});
    documents_ = std::min<Xapian::doccount>(shard.get_doccount(), last_ < begin_ ? 0 : last_ - begin_ + 1);
    at_ = 0;
    set_maxweight(0);
  }

  [[nodiscard]] Xapian::doccount get_termfreq_min() const override { return 0; }
  [[nodiscard]] Xapian::doccount get_termfreq_est() const override { return documents_ / 2; }
  [[nodiscard]] Xapian::doccount get_termfreq_max() const override { return documents_; }

  void next(double /*min_weight*/) override { Find(at_ + 1); }
  void skip_to(Xapian::docid document, double /*min_weight*/) override {
    if (document > at_) Find(document);
  }
  bool check(Xapian::docid document, double /*min_weight*/) override {
    at_ = document;
    return document > last_ || (document >= begin_ && Takes(document));
  }
  [[nodiscard]] bool at_end() const override { return at_ > last_; }
  [[nodiscard]] Xapian::docid get_docid() const override { return at_; }

 private:
  void Find(DocumentNumber from) {
    at_ = std::max(from, begin_);
    while (at_ <= last_ && !Takes(at_)) ++at_;
  }
  [[nodiscard]] bool Takes(DocumentNumber document) const {
    return columns_->Number(Column::kShard, document) == shard_ &&
           std::ranges::all_of(ranges_,
                               [&](const ColumnRange& range) { return Meets(range, *columns_, document); });
  }

  const std::shared_ptr<columns::Snapshot> columns_;
  const std::vector<ColumnRange> ranges_;
  const DocumentNumber begin_;
  const DocumentNumber end_;
  std::uint32_t shard_ = 0;  // as columns name it
  DocumentNumber last_ = 0;
  Xapian::doccount documents_ = 0;
  DocumentNumber at_ = 0;
};

}  // namespace

bool Meets(const ColumnRange& range, columns::Snapshot& columns, DocumentNumber document) {
  if (columns::IsDecimal(range.column)) {
    const double number = columns.Decimal(range.column, document);
    return std::isnan(number) ? range.absent : number >= range.low && number <= range.high;
  }
  const std::uint32_t number = columns.Number(range.column, document);
  return number == 0 ? range.absent : number >= range.low && number <= range.high;
}

// Xapian deletes a released source with the query.
Xapian::Query ColumnQuery(std::shared_ptr<columns::Snapshot> columns, std::vector<ColumnRange> ranges) {
  auto* source = new ColumnSource(std::move(columns), std::move(ranges), 1, UINT32_MAX);
  return Xapian::Query(source->release());
}

Xapian::Query WindowQuery(std::shared_ptr<columns::Snapshot> columns, DocumentNumber begin,
                          DocumentNumber end) {
  auto* source = new ColumnSource(std::move(columns), {}, begin, end);
  return Xapian::Query(source->release());
}

}  // namespace nightjar::query
