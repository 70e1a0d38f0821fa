// SPDX-License-Identifier: Apache-2.0
// Columns as one query sees them: one moment of the index, read without copying.
#pragma once

#include <array>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "archive/store/store.h"
#include "base/ids.h"
#include "base/result.h"
#include "indexer/columns/column.h"

namespace nightjar::columns {

// The store, opened for reading. Thread-safe.
class Reader final {
 public:
  // kNotFound where no writer has been.
  [[nodiscard]] static Result<std::unique_ptr<Reader>> Open(const std::string& folder);

 private:
  friend class Snapshot;
  explicit Reader(std::shared_ptr<store::Env> env) : env_(std::move(env)) {}
  std::shared_ptr<store::Env> env_;
};

// Keep it for one query only: it pins what the writer replaces. One thread at a time. Numbers of documents
// that were never given out read as empty rows.
class Snapshot final {
 public:
  [[nodiscard]] static Result<std::shared_ptr<Snapshot>> Take(const Reader& reader);

  [[nodiscard]] std::uint64_t cursor() const { return cursor_; }
  [[nodiscard]] DocumentNumber last_document() const { return last_document_; }
  // The numbers of the column's symbols are 1 to this.
  [[nodiscard]] std::uint32_t symbols(Column column) const {
    return symbols_[static_cast<std::size_t>(column)];
  }

  // A symbol's number or a time. `column` must hold such.
  [[nodiscard]] std::uint32_t Number(Column column, DocumentNumber document) {
    return Read<std::uint32_t>(column, document, 0);
  }
  [[nodiscard]] double Decimal(Column column, DocumentNumber document) {
    return Read<double>(column, document, std::numeric_limits<double>::quiet_NaN());
  }

  [[nodiscard]] Result<std::string> TextOf(Column column, std::uint32_t symbol) const;       // empty for 0
  [[nodiscard]] Result<std::vector<CaptureNumber>> Captures(DocumentNumber document) const;  // ascending
  [[nodiscard]] Result<std::string> Meta(std::string_view key) const;

 private:
  explicit Snapshot(store::ReadTxn txn) : txn_(std::move(txn)) {}
  [[nodiscard]] const char* Find(Column column, DocumentNumber block);

  template <typename T>
  [[nodiscard]] T Read(Column column, DocumentNumber document, T none) {
    if (document > last_document_) return none;
    const DocumentNumber block = document / kRowsInBlock;
    const char*& known = blocks_[static_cast<std::size_t>(column)][block];
    if (known == nullptr) known = Find(column, block);
    if (known == &kAbsent) return none;
    T value;
    std::memcpy(&value, known + std::size_t{document % kRowsInBlock} * sizeof(T), sizeof value);
    return value;
  }

  static const char kAbsent;

  store::ReadTxn txn_;
  std::uint64_t cursor_ = 0;
  DocumentNumber last_document_ = 0;
  std::array<std::uint32_t, kColumns> symbols_{};
  std::array<std::vector<const char*>, kColumns> blocks_;  // null: not looked for yet
};

}  // namespace nightjar::columns
