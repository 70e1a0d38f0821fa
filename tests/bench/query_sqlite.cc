// SPDX-License-Identifier: Apache-2.0
// SQLite FTS5 with the porter stemmer, and a plain table with indexes beside it.
#include <sqlite3.h>

#include <stdexcept>

#include "tests/bench/query_peers.h"

namespace nightjar::bench {
namespace {

constexpr const char* kFacetColumns[] = {"vendor", "category", "ships_from", "ships_to", "currency"};

class SqlitePeer final : public Peer {
 public:
  explicit SqlitePeer(const std::string& folder) { Check(sqlite3_open(folder.c_str(), &database_)); }
  ~SqlitePeer() override { sqlite3_close(database_); }
  [[nodiscard]] std::string name() const override { return "sqlite_fts5"; }

  void Load(const Listings& listings, std::uint64_t count) override {
    Run("CREATE TABLE listing(id INTEGER PRIMARY KEY, url, vendor, category, ships_from, ships_to, currency,"
        " price REAL, seen INTEGER)");
    Run("CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = 'porter unicode61')");
    Run("BEGIN");
    sqlite3_stmt* row = Prepare("INSERT INTO listing VALUES(?,?,?,?,?,?,?,?,?)");
    sqlite3_stmt* text = Prepare("INSERT INTO words(rowid, title, body) VALUES(?,?,?)");
    for (std::uint64_t n = 0; n < count; ++n) {
      const Listings::Listing listing = listings.At(n);
      sqlite3_bind_int64(row, 1, static_cast<sqlite3_int64>(n));
      const std::string* values[] = {&listing.url,        &listing.vendor,   &listing.category,
                                     &listing.ships_from, &listing.ships_to, &listing.currency};
      for (int i = 0; i < 6; ++i) Bind(row, i + 2, *values[i]);
      sqlite3_bind_double(row, 8, listing.price);
      sqlite3_bind_int64(row, 9, listing.seen);
      sqlite3_bind_int64(text, 1, static_cast<sqlite3_int64>(n));
      Bind(text, 2, listing.title);
      Bind(text, 3, listing.text);
      Step(row);
      Step(text);
    }
    sqlite3_finalize(row);
    sqlite3_finalize(text);
    Run("COMMIT");
    Run("CREATE INDEX by_vendor ON listing(vendor, seen)");
    Run("INSERT INTO words(words) VALUES('optimize')");
    Run("ANALYZE");
    Run("PRAGMA cache_size = -1000000");
  }

  bool Ask(const Question& question) override {
    const std::string ranked =
        "SELECT url FROM words JOIN listing ON listing.id = words.rowid WHERE words MATCH ? ORDER BY rank "
        "LIMIT 20";
    switch (question.kind) {
      case Question::Kind::kWord:
        return Rows(ranked, question.words[0]);
      case Question::Kind::kAnd:
        return Rows(ranked, question.words[0] + " AND " + question.words[1]);
      case Question::Kind::kPhrase:
        return Rows(ranked, "\"" + question.words[0] + " " + question.words[1] + "\"");
      case Question::Kind::kNewestOfVendor:
        return Rows("SELECT url FROM listing WHERE vendor = ? ORDER BY seen DESC LIMIT 20",
                    question.words[0]);
      case Question::Kind::kFacets:
        return Facets(question);
      case Question::Kind::kWildcard:
        return Rows(ranked, question.words[0] + "*");
    }
    std::abort();
  }

 private:
  // One pass for the matches, then one count for each facet over them.
  bool Facets(const Question& question) {
    Run("DROP TABLE IF EXISTS temp.hits");
    const std::string range =
        "price BETWEEN " + std::to_string(question.low) + " AND " + std::to_string(question.high);
    Rows(
        "CREATE TEMP TABLE hits AS SELECT listing.*, rank AS score FROM words JOIN listing ON listing.id = "
        "words.rowid WHERE words MATCH ? AND " +
            range,
        question.words[0]);
    for (const std::string column : kFacetColumns)
      Rows("SELECT " + column + ", count(*) AS n FROM hits GROUP BY 1 ORDER BY n DESC LIMIT 20", {});
    return Rows("SELECT url FROM hits ORDER BY score LIMIT 20", {});
  }

  bool Rows(const std::string& sql, const std::string& argument) {
    sqlite3_stmt* statement = Prepare(sql);
    if (!argument.empty()) Bind(statement, 1, argument);
    while (sqlite3_step(statement) == SQLITE_ROW) (void)sqlite3_column_text(statement, 0);
    Check(sqlite3_finalize(statement));
    return true;
  }
  static void Bind(sqlite3_stmt* statement, int place, const std::string& text) {
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  }
  void Step(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) Check(SQLITE_ERROR);
    sqlite3_reset(statement);
  }
  sqlite3_stmt* Prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    Check(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr));
    return statement;
  }
  void Run(const std::string& sql) { Check(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr)); }
  void Check(int result) {
    if (result != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_));
  }

  sqlite3* database_ = nullptr;
};

}  // namespace

std::unique_ptr<Peer> MakeSqlitePeer(const std::string& folder) {
  return std::make_unique<SqlitePeer>(folder);
}

}  // namespace nightjar::bench
