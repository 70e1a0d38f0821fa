// SPDX-License-Identifier: Apache-2.0
#include "cli/hit_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "cli/width.h"

namespace nightjar::cli {
namespace {

constexpr char kMarks[] = {query::kMatchBegin, query::kMatchEnd, '\0'};
constexpr std::size_t kLeastTitle = 20;
constexpr std::size_t kMostVendor = 20;
constexpr std::size_t kMostPrice = 16;
constexpr std::size_t kShownOfHost = 10;

const wire::Field* FieldOf(const query::Hit& hit, std::string_view name) {
  const auto field = std::ranges::find(hit.fields, name, &wire::Field::name);
  return field == hit.fields.end() ? nullptr : &*field;
}

std::string FieldText(const query::Hit& hit, std::string_view name) {
  const wire::Field* field = FieldOf(hit, name);
  if (field == nullptr) return {};
  return field->unit.empty() ? field->value : field->value + " " + field->unit;
}

std::string Value(const query::Hit& hit, std::string_view name) {
  const wire::Field* field = FieldOf(hit, name);
  return field == nullptr ? "" : field->value;
}

std::string TitleOf(const query::Hit& hit) { return ForTerminal(hit.title.empty() ? hit.url : hit.title); }

// The snippet with matched words in bold where the terminal can show it.
std::string Highlighted(std::string_view snippet, bool colours) {
  std::string out;
  for (std::size_t begin = 0; begin < snippet.size();) {
    const std::size_t mark = std::min(snippet.find_first_of(kMarks, begin), snippet.size());
    out += ForTerminal(snippet.substr(begin, mark - begin));
    if (colours && mark < snippet.size()) out += snippet[mark] == query::kMatchBegin ? "\x1b[1m" : "\x1b[0m";
    begin = mark + 1;
  }
  return out;
}

struct Column {
  std::string title;
  std::vector<std::string> cells;
};

std::vector<Column> ColumnsOf(const std::vector<query::Hit>& hits, std::uint64_t first) {
  std::vector<Column> columns{{"#>", {}},   {"TITLE", {}},           {"PRICE>", {}},  {"VENDOR", {}},
                              {"SITE", {}}, {"LAST SEEN (UTC)", {}}, {"CAPTURE>", {}}};
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const query::Hit& hit = hits[i];
    const std::vector<std::string> row{
        std::to_string(first + i),
        TitleOf(hit),
        FitTo(ForTerminal(FieldText(hit, "price")), kMostPrice),
        FitTo(ForTerminal(FieldText(hit, "vendor")), kMostVendor),
        ForTerminal(ShortHost(hit.host)),
        fmt::format("{:.10} {:.5}", FormatUtc(hit.last_seen), FormatUtc(hit.last_seen).substr(11)),
        std::to_string(hit.capture.value)};
    for (std::size_t c = 0; c < row.size(); ++c) columns[c].cells.push_back(row[c]);
  }
  std::erase_if(columns, [](const Column& column) {
    return std::ranges::all_of(column.cells, [](const std::string& cell) { return cell.empty(); });
  });
  return columns;
}

// Cuts titles so that a line takes at most `width`.
void FitTitles(std::vector<Column>& columns, std::size_t width) {
  std::size_t others = 2 * (columns.size() - 1);
  Column* titles = nullptr;
  for (Column& column : columns) {
    if (column.title == "TITLE") {
      titles = &column;
      continue;
    }
    std::size_t widest = column.title.size() - (column.title.ends_with('>') ? 1 : 0);
    for (const std::string& cell : column.cells) widest = std::max(widest, WidthOf(cell));
    others += widest;
  }
  if (titles == nullptr) return;
  for (std::string& title : titles->cells)
    title = FitTo(title, width > others + kLeastTitle ? width - others : kLeastTitle);
}

}  // namespace

std::string ShortHost(const std::string& host) {
  constexpr std::size_t kOnionHost = 62;
  if (host.size() < kOnionHost || !host.ends_with(".onion")) return host;
  return host.substr(host.size() - kOnionHost, kShownOfHost) + "\xE2\x80\xA6onion";
}

std::string HitTable(const std::vector<query::Hit>& hits, std::uint64_t first, std::size_t width) {
  if (hits.empty()) return {};
  std::vector<Column> columns = ColumnsOf(hits, first);
  if (width > 0) FitTitles(columns, width);
  std::vector<std::string> titles;
  titles.reserve(columns.size());
  for (const Column& column : columns) titles.push_back(column.title);
  Table table(titles);
  for (std::size_t i = 0; i < hits.size(); ++i) {
    std::vector<std::string> row;
    row.reserve(columns.size());
    for (const Column& column : columns) row.push_back(column.cells[i]);
    table.Add(std::move(row));
  }
  return table.Format();
}

std::string HitCard(const query::Hit& hit, std::uint64_t place, bool colours) {
  std::string card = fmt::format("{:>3}. {}\n", place, TitleOf(hit));
  std::string facts;
  for (const char* name : {"price", "vendor", "category", "ships_from", "ships_to"}) {
    if (const std::string text = FieldText(hit, name); !text.empty())
      facts += fmt::format("{}{}: {}", facts.empty() ? "" : "  ", name, text);
  }
  if (!facts.empty()) card += "     " + ForTerminal(facts) + "\n";
  if (!hit.snippet.empty()) card += "     " + Highlighted(hit.snippet, colours) + "\n";
  return card + fmt::format("     capture {}  {:.19}Z  {}\n", hit.capture.value, FormatUtc(hit.last_seen),
                            ForTerminal(hit.url));
}

std::string CsvLine(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::string text = ToValidUtf8(cells[i]);
    if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos)
      text.insert(0, 1, '\'');
    if (i > 0) line += ',';
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
      line += text;
      continue;
    }
    line += '"';
    for (const char c : text) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  return line + "\r\n";
}

std::string HitCsvHead() {
  return CsvLine({"capture", "first_seen", "last_seen", "captures", "case", "kind", "host", "url", "title",
                  "price", "currency", "vendor", "category", "ships_from", "ships_to"});
}

std::string HitCsv(const query::Hit& hit) {
  const wire::Field* price = FieldOf(hit, "price");
  return CsvLine({std::to_string(hit.capture.value), FormatUtc(hit.first_seen), FormatUtc(hit.last_seen),
                  std::to_string(hit.captures), hit.case_id, hit.kind, hit.host, hit.url, hit.title,
                  Value(hit, "price"), price == nullptr ? "" : price->unit, Value(hit, "vendor"),
                  Value(hit, "category"), Value(hit, "ships_from"), Value(hit, "ships_to")});
}

}  // namespace nightjar::cli
