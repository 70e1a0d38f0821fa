// SPDX-License-Identifier: Apache-2.0
#include "tests/fault/index_workload.h"

#include <fmt/format.h>
#include <xapian.h>

#include "base/decimal.h"
#include "indexer/columns/snapshot.h"
#include "indexer/folders.h"
#include "indexer/items/item_store.h"
#include "indexer/query/layout.h"
#include "indexer/query/schema.h"

namespace nightjar {
namespace {

using columns::Column;

std::string PageOf(int page, int round) {
  if (page % 11 == 3 && round > 2) return "<title>Not found</title><h1>Page not found</h1>";
  const int price = 20 + page + (page % 4 == 0 ? round : 0);
  return fmt::format(
      "<title>Ceramic owl {0}</title><h1>Ceramic owl {0}</h1><table><tr><td>Price</td><td>{1}.50 "
      "EUR</td></tr>"
      "<tr><td>Vendor</td><td>potter{2}</td></tr><tr><td>Ships from</td><td>Germany</td></tr>"
      "<tr><td>In stock</td><td>{3}</td></tr></table><p>An owl of glazed clay, number {0} of many. {4}</p>",
      page, price, page % 7, 5 + (page * round) % 5,
      page % 5 == round % 5 ? "Now with a moss green glaze." : "");
}

std::string RecordOf(int page, int round) {
  const std::string block =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PageOf(page, round);
  return fmt::format(
             "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
             "http://pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion/item/{0}\r\n"
             "WARC-Date: 2024-05-{1:02}T07:{2:02}:09Z\r\nWARC-Record-ID: <urn:{0}:{1}>\r\nContent-Length: "
             "{3}\r\n\r\n",
             page, round + 1, page % 60, block.size()) +
         block + "\r\n\r\n";
}

// A symbol's text, a number, or a decimal.
std::string CellOf(columns::Snapshot& columns, Column column, columns::DocumentNumber document) {
  if (columns::IsDecimal(column)) return fmt::format("{}", columns.Decimal(column, document));
  const std::uint32_t number = columns.Number(column, document);
  return columns::HasSymbols(column) ? columns.TextOf(column, number).value() : std::to_string(number);
}

void TellRow(columns::Snapshot& columns, columns::DocumentNumber document, std::string& told) {
  told += fmt::format("document {}:", document);
  for (std::size_t c = 0; c < columns::kColumns; ++c)
    told += " " + CellOf(columns, static_cast<Column>(c), document);
  told += "\ncaptures:";
  const auto captures = columns.Captures(document).value();
  for (const CaptureNumber capture : captures) told += " " + std::to_string(capture.value);
  told += "\n";
}

void TellDocument(const Xapian::Document& document, std::string& told) {
  told += "data: " + document.get_data() + "\n";
  for (auto value = document.values_begin(); value != document.values_end(); ++value)
    told += fmt::format("value {}: {}\n", value.get_valueno(), *value);
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    told += fmt::format("{} x{}:", *term, term.get_wdf());
    for (auto place = term.positionlist_begin(); place != term.positionlist_end(); ++place)
      told += " " + std::to_string(*place);
    told += "\n";
  }
}

void TellItems(const std::string& index_folder, std::string& told) {
  const auto items =
      items::ItemStore::Open(indexer::ItemsFolder(index_folder), items::ItemStore::Mode::kReadOnly).value();
  const auto events = items->Events(0, SIZE_MAX).value();
  for (const items::Event& event : events) {
    told +=
        fmt::format("event {}: version {} by capture {}:", event.number, event.version, event.capture.value);
    for (const items::Change& change : event.changes) told += " " + change.field;
    told += "\n";
  }
}

}  // namespace

std::string ShopArchive(int pages, int rounds) {
  std::string warc;
  for (int round = 0; round < rounds; ++round)
    for (int page = 0; page < pages; ++page) warc += RecordOf(page, round);
  return warc;
}

std::string Told(const std::string& index_folder) {
  const auto reader = columns::Reader::Open(query::ColumnsFolder(index_folder)).value();
  const auto columns = columns::Snapshot::Take(*reader).value();
  const auto shards = ParseDecimal(columns->Meta(query::kShardsKey).value()).value();
  std::vector<Xapian::Database> databases;
  for (unsigned i = 0; i < shards; ++i) databases.emplace_back(query::ShardFolder(index_folder, i));
  std::string told = fmt::format("cursor {}\n", columns->cursor());
  std::size_t documents = 0;
  for (columns::DocumentNumber document = 1; document <= columns->last_document(); ++document) {
    TellRow(*columns, document, told);
    const std::uint32_t home = columns->Number(Column::kShard, document);
    if (home == 0) continue;
    TellDocument(databases.at(home - 1).get_document(document), told);
    ++documents;
  }
  std::size_t held = 0;
  for (const Xapian::Database& database : databases) held += database.get_doccount();
  told += fmt::format("{} documents, {} in the shards\n", documents, held);
  TellItems(index_folder, told);
  return told;
}

}  // namespace nightjar
