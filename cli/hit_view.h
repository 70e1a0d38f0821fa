// SPDX-License-Identifier: Apache-2.0
// Hits as people and spreadsheets read them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/query/query.h"

namespace nightjar::cli {

// A line a hit: place, title, price, vendor, site, last seen, capture. Columns in which nothing stands are
// left out; the title gives way until a line fits `width` columns (0: nothing is cut). `first`: place of the
// first hit, from 1.
[[nodiscard]] std::string HitTable(const std::vector<query::Hit>& hits, std::uint64_t first,
                                   std::size_t width);

// A few lines a hit, with all shown fields, the snippet and the whole address. `colours`: matched words bold.
[[nodiscard]] std::string HitCard(const query::Hit& hit, std::uint64_t place, bool colours);

// Comma-separated values (RFC 4180): CRLF line ends, every cell quoted that needs it, valid UTF-8. A cell
// that a spreadsheet would take for a formula (=, +, -, @, tab or CR first) gets a ' before it, for its text
// comes from hostile pages.
[[nodiscard]] std::string CsvLine(const std::vector<std::string>& cells);
[[nodiscard]] std::string HitCsvHead();
[[nodiscard]] std::string HitCsv(const query::Hit& hit);

// "zlqsxd5k…onion": enough of an onion host to know it by, whole names otherwise.
[[nodiscard]] std::string ShortHost(const std::string& host);

}  // namespace nightjar::cli
