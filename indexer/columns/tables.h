// SPDX-License-Identifier: Apache-2.0
// The tables behind columns. For the files of this folder.
#pragma once

#include <string>
#include <vector>

#include "archive/store/store.h"
#include "base/codec.h"
#include "base/ids.h"
#include "indexer/columns/column.h"

namespace nightjar::columns {

inline constexpr store::Table kBlocks{0};    // column, block: the numbers of its rows, little endian
inline constexpr store::Table kSymbols{1};   // 'i', column, number: text; 't', column, text: number
inline constexpr store::Table kVersions{2};  // version id: document
inline constexpr store::Table kPages{3};     // page id: document of its newest version
inline constexpr store::Table kCaptured{4};  // document, capture: nothing
inline constexpr store::Table kMeta{5};

inline constexpr std::string_view kCursorKey = "cursor";
inline constexpr std::string_view kDocumentsKey = "documents";  // the highest number given out

inline std::vector<std::string> TableNames() {
  return {"blocks", "symbols", "versions", "pages", "captured", "meta"};
}

inline Bytes BlockKey(Column column, DocumentNumber block) {
  return Bytes(1, static_cast<char>(column)) + BigEndianKey(block);
}
inline Bytes SymbolKey(Column column, std::uint32_t symbol) {
  return Bytes{'i', static_cast<char>(column)} + BigEndianKey(symbol);
}
inline Bytes TextKey(Column column, std::string_view text) {
  return Bytes{'t', static_cast<char>(column)} + Bytes(text);
}
inline Bytes SymbolsKey(Column column) { return "symbols/" + Bytes(1, static_cast<char>(column)); }
inline Bytes CapturedKey(DocumentNumber document, std::uint64_t capture) {
  return BigEndianKey(document) + BigEndianKey(capture);
}

// Of one document, ascending.
[[nodiscard]] Result<std::vector<CaptureNumber>> ReadCaptures(const store::ReadTxn& txn,
                                                              DocumentNumber document);

// Empty for symbol 0.
[[nodiscard]] Result<std::string> ReadText(const store::ReadTxn& txn, Column column, std::uint32_t symbol);

}  // namespace nightjar::columns
