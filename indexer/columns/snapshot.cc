// SPDX-License-Identifier: Apache-2.0
#include "indexer/columns/snapshot.h"

#include "indexer/columns/tables.h"

namespace nightjar::columns {

const char Snapshot::kAbsent = '\0';

Result<std::unique_ptr<Reader>> Reader::Open(const std::string& folder) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = folder, .tables = TableNames(), .read_only = true}));
  return std::unique_ptr<Reader>(new Reader(std::move(env)));
}

Result<std::shared_ptr<Snapshot>> Snapshot::Take(const Reader& reader) {
  ASSIGN_OR_RETURN(auto txn, reader.env_->Read());
  const std::shared_ptr<Snapshot> snapshot(new Snapshot(std::move(txn)));
  const auto number = [&](std::string_view key) -> Result<std::uint64_t> {
    ASSIGN_OR_RETURN(const auto row, snapshot->txn_.Get(kMeta, key));
    return row ? FromBigEndianKey(*row) : 0;
  };
  ASSIGN_OR_RETURN(snapshot->cursor_, number(kCursorKey));
  ASSIGN_OR_RETURN(const std::uint64_t documents, number(kDocumentsKey));
  for (std::size_t i = 0; i < kColumns; ++i) {
    ASSIGN_OR_RETURN(const std::uint64_t symbols, number(SymbolsKey(static_cast<Column>(i))));
    snapshot->symbols_[i] = static_cast<std::uint32_t>(symbols);
  }
  snapshot->last_document_ = static_cast<DocumentNumber>(documents);
  for (auto& blocks : snapshot->blocks_) blocks.assign(documents / kRowsInBlock + 1, nullptr);
  return snapshot;
}

// A block that cannot be read, or is cut short, counts as absent: columns are derived data, and a query must
// not fall over them.
const char* Snapshot::Find(Column column, DocumentNumber block) {
  const auto row = txn_.Get(kBlocks, BlockKey(column, block));
  if (!row || !*row || (*row)->size() != std::size_t{kRowsInBlock} * WidthOf(column)) return &kAbsent;
  return (*row)->data();
}

Result<std::string> Snapshot::TextOf(Column column, std::uint32_t symbol) const {
  return ReadText(txn_, column, symbol);
}

Result<std::vector<CaptureNumber>> Snapshot::Captures(DocumentNumber document) const {
  return ReadCaptures(txn_, document);
}

Result<std::string> Snapshot::Meta(std::string_view key) const {
  ASSIGN_OR_RETURN(const auto row, txn_.Get(kMeta, key));
  return row ? std::string(*row) : std::string();
}

}  // namespace nightjar::columns
