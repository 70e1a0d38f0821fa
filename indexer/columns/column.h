// SPDX-License-Identifier: Apache-2.0
// What is kept of every document outside Xapian: one number for each column and document, in blocks that a
// reader sees straight through LMDB's memory map. Facets, sorts and ranges read these numbers and no
// documents; a page that is seen again unchanged changes only these.
//
// Numbers of documents are dense from 1; 0 is none. A document that lacks a value has 0, or NaN in a column
// of decimals.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nightjar::columns {

using DocumentNumber = std::uint32_t;

enum class Column : std::uint8_t {
  kShard,   // 1 + the shard that holds the document; 0: there is no such document (any more)
  kMadeBy,  // 1 + the capture that made the document; never written again, so that it grows with the number
  kFirstSeen,
  kLastSeen,
  kUntil,  // when the next version of the page was first seen; 0: this is the newest
  kNext,   // that version's document
  kFirstCapture,
  kLastCapture,
  kCaptures,  // so many
  kLabels,    // terms that came with later captures: jobs, hosts (a list)
  kKind,      // from here on symbols, numbered from 1 in each column: what facets count
  kClass,
  kCase,
  kHost,
  kSite,
  kVendor,
  kCategory,
  kShipsFrom,
  kShipsTo,
  kCurrency,
  kLanguage,
  kRateSource,  // of kUsd; none where the price is printed in US dollars
  kPrice,       // from here on decimals
  kUsd,
  kRating,
  kSold,
  kStock,
  kViews,
};
inline constexpr std::size_t kColumns = static_cast<std::size_t>(Column::kViews) + 1;
inline constexpr Column kFirstSymbol = Column::kKind;
inline constexpr Column kFirstDecimal = Column::kPrice;

[[nodiscard]] constexpr bool IsDecimal(Column column) { return column >= kFirstDecimal; }
[[nodiscard]] constexpr bool IsSymbol(Column column) {
  return column >= kFirstSymbol && column < kFirstDecimal;
}
[[nodiscard]] constexpr bool IsList(Column column) {
  return column == Column::kLabels || column == Column::kCategory || column == Column::kShipsFrom ||
         column == Column::kShipsTo;
}
// Columns whose numbers stand for texts.
[[nodiscard]] constexpr bool HasSymbols(Column column) {
  return column == Column::kLabels || IsSymbol(column);
}
[[nodiscard]] constexpr std::size_t WidthOf(Column column) {
  return IsDecimal(column) ? sizeof(double) : sizeof(std::uint32_t);
}

// A block and LMDB's page header fill whole pages: (8 * 4096 - 16) / 4.
inline constexpr DocumentNumber kRowsInBlock = 8188;

// A list is one symbol: its values with a sign between them that no text of a page keeps.
inline constexpr char kListSeparator = '\x1f';
[[nodiscard]] std::string JoinList(const std::vector<std::string>& values);
[[nodiscard]] std::vector<std::string> SplitList(std::string_view list);

}  // namespace nightjar::columns
