// SPDX-License-Identifier: Apache-2.0
#include "indexer/columns/tables.h"

namespace nightjar::columns {

Result<std::vector<CaptureNumber>> ReadCaptures(const store::ReadTxn& txn, DocumentNumber document) {
  const Bytes prefix = BigEndianKey(document);
  std::vector<CaptureNumber> captures;
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kCaptured));
  ASSIGN_OR_RETURN(auto row, cursor.Seek(prefix));
  while (row && row->key.starts_with(prefix)) {
    captures.push_back({FromBigEndianKey(row->key.substr(prefix.size()))});
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  return captures;
}

Result<std::string> ReadText(const store::ReadTxn& txn, Column column, std::uint32_t symbol) {
  if (symbol == 0) return std::string();
  ASSIGN_OR_RETURN(const auto row, txn.Get(kSymbols, SymbolKey(column, symbol)));
  if (!row)
    return Fail(Code::kCorrupt, "a document names a symbol that is not there", std::to_string(symbol));
  return std::string(*row);
}

}  // namespace nightjar::columns
