// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's full-text search: a generated tsvector under a GIN index, a server of its own on a socket in
// the bench's folder. Built only where libpq is there, run only where the server is.
#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "tests/bench/query_peers.h"

namespace nightjar::bench {
namespace {

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin";
constexpr const char* kFacetColumns[] = {"vendor", "category", "ships_from", "ships_to", "currency"};

// The server refuses to run as root.
void Shell(const std::string& command) {
  const std::string as = ::geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups " : "";
  const std::string line = as + command + " >/dev/null 2>&1";
  // NOLINTNEXTLINE(cert-env33-c): a bench, with a command of its own making.
  if (std::system(line.c_str()) != 0) throw std::runtime_error("cannot run: " + line);
}

class PostgresPeer final : public Peer {
 public:
  explicit PostgresPeer(const std::string& folder) : folder_(folder) {
    std::filesystem::create_directories(folder);
    if (::geteuid() == 0) Chown();
    Shell(fmt::format("{}/initdb -D {}/data -A trust -U bench --no-sync", kPrograms, folder));
    Shell(
        fmt::format("{}/pg_ctl -D {}/data -w -l {}/log -o \"-c listen_addresses='' -c fsync=off -c "
                    "shared_buffers=2GB -c work_mem=256MB -c jit=off -k {}\" start",
                    kPrograms, folder, folder, folder));
    connection_ = PQconnectdb(fmt::format("host={} user=bench dbname=postgres", folder).c_str());
    if (PQstatus(connection_) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection_));
  }
  ~PostgresPeer() override {
    PQfinish(connection_);
    try {
      Shell(fmt::format("{}/pg_ctl -D {}/data -w -m fast stop", kPrograms, folder_));
    } catch (const std::exception&) {
      // The bench is over; the server ends with its folder.
    }
  }
  [[nodiscard]] std::string name() const override { return "postgresql_fts"; }

  void Load(const Listings& listings, std::uint64_t count) override {
    Run("CREATE TABLE listing(id bigint, title text, body text, url text, vendor text, category text, "
        "ships_from text, ships_to text, currency text, price float8, seen bigint)");
    PQclear(PQexec(connection_, "COPY listing FROM STDIN"));
    for (std::uint64_t n = 0; n < count; ++n) {
      const Listings::Listing l = listings.At(n);
      const std::string row =
          fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", n, l.title, l.text, l.url, l.vendor,
                      l.category, l.ships_from, l.ships_to, l.currency, l.price, l.seen);
      if (PQputCopyData(connection_, row.data(), static_cast<int>(row.size())) != 1)
        throw std::runtime_error(PQerrorMessage(connection_));
    }
    PQputCopyEnd(connection_, nullptr);
    PQclear(PQgetResult(connection_));
    while (PGresult* rest = PQgetResult(connection_)) PQclear(rest);
    Run("ALTER TABLE listing ADD COLUMN words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', "
        "title), 'A') || to_tsvector('english', body)) STORED");
    Run("CREATE INDEX by_words ON listing USING gin(words)");
    Run("CREATE INDEX by_vendor ON listing(vendor, seen)");
    Run("VACUUM ANALYZE listing");
  }

  bool Ask(const Question& question) override {
    const auto ranked = [&](const std::string& query) {
      Run(fmt::format(
          "SELECT url, ts_rank(words, q) AS r FROM listing, {} q WHERE words @@ q ORDER BY r DESC "
          "LIMIT 20",
          query));
      return true;
    };
    switch (question.kind) {
      case Question::Kind::kWord:
        return ranked(fmt::format("to_tsquery('english', '{}')", question.words[0]));
      case Question::Kind::kAnd:
        return ranked(fmt::format("to_tsquery('english', '{} & {}')", question.words[0], question.words[1]));
      case Question::Kind::kPhrase:
        return ranked(
            fmt::format("phraseto_tsquery('english', '{} {}')", question.words[0], question.words[1]));
      case Question::Kind::kNewestOfVendor:
        Run(fmt::format("SELECT url FROM listing WHERE vendor = '{}' ORDER BY seen DESC LIMIT 20",
                        question.words[0]));
        return true;
      case Question::Kind::kFacets:
        return Facets(question);
      case Question::Kind::kWildcard:
        return ranked(fmt::format("to_tsquery('simple', '{}:*')", question.words[0]));
    }
    std::abort();
  }

 private:
  bool Facets(const Question& question) {
    Run("DROP TABLE IF EXISTS hits");
    Run(
        fmt::format("CREATE TEMP TABLE hits AS SELECT *, ts_rank(words, q) AS r FROM listing, "
                    "to_tsquery('english', '{}') q WHERE words @@ q AND price BETWEEN {} AND {}",
                    question.words[0], question.low, question.high));
    for (const char* column : kFacetColumns)
      Run(fmt::format("SELECT {}, count(*) n FROM hits GROUP BY 1 ORDER BY n DESC LIMIT 20", column));
    Run("SELECT url FROM hits ORDER BY r DESC LIMIT 20");
    return true;
  }
  void Run(const std::string& sql) {
    PGresult* result = PQexec(connection_, sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
      throw std::runtime_error(PQerrorMessage(connection_));
  }
  void Chown() const {
    const std::string line = "chown postgres:postgres " + folder_;
    // NOLINTNEXTLINE(cert-env33-c): as above.
    if (std::system(line.c_str()) != 0) throw std::runtime_error("cannot run: " + line);
  }

  const std::string folder_;
  PGconn* connection_ = nullptr;
};

}  // namespace

std::unique_ptr<Peer> MakePostgresPeer(const std::string& folder) {
  if (!std::filesystem::exists(std::string(kPrograms) + "/initdb")) return nullptr;
  return std::make_unique<PostgresPeer>(folder);
}

}  // namespace nightjar::bench
