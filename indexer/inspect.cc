// SPDX-License-Identifier: Apache-2.0
#include "indexer/inspect.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <sstream>

#include "archive/captures/archive.h"
#include "archive/places/places.h"
#include "base/decimal.h"
#include "indexer/columns/snapshot.h"
#include "indexer/folders.h"
#include "indexer/query/layout.h"
#include "indexer/query/schema.h"
#include "indexer/query/xapian_errors.h"
#include "indexer/role_lock.h"

namespace nightjar::indexer {
namespace {

using columns::Column;
using columns::DocumentNumber;

// None is fine: an index without an archive holds no captures.
Result<std::uint64_t> CapturesInArchive(const config::Settings& settings) {
  const auto archive = captures::Reader::Open(places::ArchiveOf(settings));
  if (!archive && archive.error().code == Code::kNotFound) return 0;
  if (!archive) return tl::unexpected<Error>(archive.error());
  ASSIGN_OR_RETURN(const auto stats, (*archive)->ReadStats());
  return stats.captures;
}

Result<unsigned> CountOfShards(const columns::Snapshot& columns) {
  ASSIGN_OR_RETURN(const std::string shards, columns.Meta(query::kShardsKey));
  return static_cast<unsigned>(ParseDecimal(shards).value_or(0));
}

class Checker final {
 public:
  Checker(std::string folder, columns::Snapshot& columns, unsigned shards)
      : folder_(std::move(folder)), columns_(columns), shards_(shards) {}

  Result<IndexCheck> Run(std::uint64_t captures) {
    if (columns_.cursor() > captures)
      Note(fmt::format("captures below {} are indexed, but the archive has {}: it is another archive's index",
                       columns_.cursor(), captures));
    held_.resize(shards_);
    for (unsigned i = 0; i < shards_; ++i) CheckShard(i);
    for (DocumentNumber document = 1; document <= columns_.last_document(); ++document)
      RETURN_IF_ERROR(CheckDocument(document));
    return std::move(check_);
  }

 private:
  void Note(std::string problem) {
    if (++check_.problems_found <= kMostProblems) check_.problems.push_back(std::move(problem));
  }

  // Its trees, and which documents it holds.
  void CheckShard(unsigned shard) {
    const std::string path = query::ShardFolder(folder_, shard);
    std::vector<bool>& held = held_[shard];
    held.resize(std::size_t{columns_.last_document()} + 1);
    const Status read = query::Guarded(path, [&]() -> Status {
      std::ostringstream told;
      if (const std::size_t errors = Xapian::Database::check(path, 0, &told); errors > 0)
        Note(fmt::format("shard {} is damaged in {} places", shard, errors));
      const Xapian::Database database(path);
      for (auto it = database.postlist_begin(std::string()); it != database.postlist_end(std::string());
           ++it) {
        if (*it < held.size())
          held[*it] = true;
        else
          Note(fmt::format("shard {} holds document {}, a number that was never given out", shard, *it));
      }
      return {};
    });
    if (!read) Note(fmt::format("shard {} cannot be read: {}", shard, read.error().Format()));
  }

  Status CheckDocument(DocumentNumber document) {
    const std::uint32_t home = columns_.Number(Column::kShard, document);
    for (unsigned i = 0; i < shards_; ++i) {
      if (held_[i][document] && home != i + 1)
        Note(
            fmt::format("document {} stands in shard {}, where the columns know nothing of it", document, i));
    }
    if (home == 0) return {};
    ++check_.documents;
    if (home > shards_ || !held_[home - 1][document])
      Note(fmt::format("document {} is missing from shard {}", document, home - 1));
    ASSIGN_OR_RETURN(const std::vector<CaptureNumber> captures, columns_.Captures(document));
    if (captures.size() != columns_.Number(Column::kCaptures, document) || captures.empty())
      Note(fmt::format("document {} is said to have {} captures, and has {}", document,
                       columns_.Number(Column::kCaptures, document), captures.size()));
    else if (captures.back().value >= columns_.cursor())
      Note(fmt::format("document {} has capture {}, which is not indexed yet", document,
                       captures.back().value));
    return {};
  }

  const std::string folder_;
  columns::Snapshot& columns_;
  const unsigned shards_;
  std::vector<std::vector<bool>> held_;  // shard, document
  IndexCheck check_;
};

}  // namespace

Result<IndexShape> InspectIndex(const config::Settings& settings) {
  const std::string folder = settings.IndexFolder();
  ASSIGN_OR_RETURN(const auto reader, columns::Reader::Open(query::ColumnsFolder(folder)));
  ASSIGN_OR_RETURN(const auto columns, columns::Snapshot::Take(*reader));
  IndexShape shape;
  ASSIGN_OR_RETURN(shape.schema, columns->Meta(query::kSchemaVersionKey));
  ASSIGN_OR_RETURN(const unsigned shards, CountOfShards(*columns));
  for (unsigned i = 0; i < shards; ++i) {
    const std::string path = query::ShardFolder(folder, i);
    ShardShape& shard = shape.shards.emplace_back();
    ASSIGN_OR_RETURN(shard.bytes, BytesIn(path));
    ASSIGN_OR_RETURN(shard.documents, query::Guarded(path, [&]() -> Result<std::uint64_t> {
                       return Xapian::Database(path).get_doccount();
                     }));
    shape.documents += shard.documents;
  }
  shape.numbers = columns->last_document();
  shape.captures_below = columns->cursor();
  ASSIGN_OR_RETURN(shape.captures, CapturesInArchive(settings));
  ASSIGN_OR_RETURN(shape.column_bytes, BytesIn(query::ColumnsFolder(folder)));
  ASSIGN_OR_RETURN(shape.item_bytes, BytesIn(ItemsFolder(folder)));
  return shape;
}

Result<IndexCheck> CheckIndex(const config::Settings& settings) {
  const std::string folder = settings.IndexFolder();
  ASSIGN_OR_RETURN(const UniqueFd lock, TakeRoleLock(folder));
  ASSIGN_OR_RETURN(const auto reader, columns::Reader::Open(query::ColumnsFolder(folder)));
  ASSIGN_OR_RETURN(const auto columns, columns::Snapshot::Take(*reader));
  ASSIGN_OR_RETURN(const unsigned shards, CountOfShards(*columns));
  ASSIGN_OR_RETURN(const std::uint64_t captures, CapturesInArchive(settings));
  return Checker(folder, *columns, shards).Run(captures);
}

}  // namespace nightjar::indexer
