// SPDX-License-Identifier: Apache-2.0
// The one writer of columns, and the index's memory of what it holds: which version is which document, which
// is a page's newest, which captures showed it, and the cursor. Everything since the last Commit() is one
// LMDB transaction: after a kill it is there whole or not at all.
//
// Rebuildable with the index it belongs to. One thread, the same from the first change to Commit().
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "indexer/columns/column.h"

namespace nightjar::columns {

inline constexpr std::size_t kLongestSymbol =
    400;  // bytes; longer texts are cut at a character, lists behind a value

class Writer final {
 public:
  // Makes the store if there is none.
  [[nodiscard]] static Result<std::unique_ptr<Writer>> Open(const std::string& folder);
  ~Writer();

  [[nodiscard]] std::uint64_t cursor() const;          // committed: captures below are in
  [[nodiscard]] DocumentNumber last_document() const;  // the highest number given out, 0 for none

  [[nodiscard]] Result<DocumentNumber> NewDocument();  // its row is empty

  // Numbers of symbols and times; decimals. A column of the other sort aborts.
  [[nodiscard]] Result<std::uint32_t> Get(Column column, DocumentNumber document);
  [[nodiscard]] Status Set(Column column, DocumentNumber document, std::uint32_t number);
  [[nodiscard]] Status SetDecimal(Column column, DocumentNumber document, double number);

  // 0 for the empty text.
  [[nodiscard]] Result<std::uint32_t> SymbolOf(Column column, std::string_view text);
  [[nodiscard]] Result<std::string> TextOf(Column column, std::uint32_t symbol);

  // Ids are 16 raw bytes; 0 where nothing is known under them.
  [[nodiscard]] Result<DocumentNumber> FindVersion(std::string_view id);
  [[nodiscard]] Status PutVersion(std::string_view id, DocumentNumber document);
  [[nodiscard]] Result<DocumentNumber> FindPage(std::string_view id);
  [[nodiscard]] Status PutPage(std::string_view id, DocumentNumber document);
  // Takes away all ids that lead to one of these documents. Reads both tables whole.
  [[nodiscard]] Status DropIdsOf(const std::function<bool(DocumentNumber)>& gone);

  // False when it was there already.
  [[nodiscard]] Result<bool> AddCapture(DocumentNumber document, CaptureNumber capture);
  // Each capture of each document, documents and captures ascending. `keep` says whether it stays.
  [[nodiscard]] Status SiftCaptures(const std::function<bool(DocumentNumber, CaptureNumber)>& keep);

  [[nodiscard]] Result<std::vector<CaptureNumber>> Captures(DocumentNumber document);  // ascending
  // Empties the document's row; its number is not given out again.
  [[nodiscard]] Status ClearRow(DocumentNumber document);
  // Deletes the symbols that no row names any more. Reads all rows: part of an erasure.
  [[nodiscard]] Status SweepSymbols();

  // Keys are at most 500 bytes.
  [[nodiscard]] Result<std::string> Meta(std::string_view key);
  [[nodiscard]] Status SetMeta(std::string_view key, std::string_view value);
  // Each entry whose key begins with `prefix`.
  [[nodiscard]] Status EachMeta(
      std::string_view prefix, const std::function<void(std::string_view key, std::string_view value)>& take);

  // Durable when it returns OK. kFull, kIo: nothing of it is; drop the writer and open another.
  [[nodiscard]] Status Commit(std::uint64_t cursor);

 private:
  struct State;
  [[nodiscard]] Status SweepColumn(Column column);
  explicit Writer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Writes the columns in `from` without what was deleted into `to`, an empty folder or none. No writer may be
// open on `from`.
[[nodiscard]] Status CopyCompacted(const std::string& from, const std::string& to);

}  // namespace nightjar::columns
