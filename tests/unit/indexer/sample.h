// SPDX-License-Identifier: Apache-2.0
// Captures and facts for the tests of indexer, query and search.
#pragma once

#include <xapian.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "archive/captures/archive.h"
#include "indexer/observation.h"
#include "indexer/query/layout.h"
#include "tests/unit/archive/captures/example_exchange.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::indexer {

inline const std::string kSampleHost = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";

// A fetched page: path on the sample host, and its body.
struct SamplePage {
  std::string path;
  std::string body;
  std::string case_id = "owl-7";
  std::string job = "owls";
  std::int64_t at = 1767225600;  // Unix seconds; 2026-01-01
  captures::Outcome outcome = captures::Outcome::kOk;
};

// `n` makes the record unique.
inline captures::Exchange MakeExchange(std::uint64_t n, const SamplePage& page) {
  const bool failed = page.outcome != captures::Outcome::kOk;
  const Bytes request = "GET " + page.path + " HTTP/1.1\r\nHost: " + kSampleHost + "\r\n\r\n";
  const Bytes head = failed ? "" : "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
  const Bytes body = failed ? "" : page.body;
  captures::Record record = captures::ExampleRecord(n, request, head, body);
  record.url = "http://" + kSampleHost + page.path;
  record.case_id = {page.case_id};
  record.job = {page.job};
  record.started = record.ended = FromUnixMicros(page.at * 1'000'000);
  record.outcome = page.outcome;
  if (failed) {
    record.http_status = 0;
    record.detail = "the sample failed";
  }
  return captures::Signed(record, request, head, body);
}

// An archive that a test fills page by page.
class SampleArchive final {
 public:
  explicit SampleArchive(const std::string& folder) : paths_{.folder = folder} {
    writer_ = std::move(captures::Writer::Open({.paths = paths_,
                                                .origin = "unit.example/nightjar/2026a",
                                                .log_key = SigningKey::FromSeed(std::string(32, 'l')).value(),
                                                .fetchers = {captures::ExampleFetcherKey().public_key()},
                                                .clock = &clock_,
                                                .random = &random_})
                            .value());
    reader_ = std::move(captures::Reader::Open(paths_).value());
  }
  void Append(const std::vector<SamplePage>& pages) {
    std::vector<captures::Exchange> exchanges;
    for (const SamplePage& page : pages) exchanges.push_back(MakeExchange(next_++, page));
    writer_->Append(exchanges).value();
  }
  void Erase(const std::string& erased, const std::string& restricted = "-") {
    writer_
        ->Erase({.case_id = {"owl-7"},
                 .rule = "retention class standard",
                 .ordered_by = "Analyst 3",
                 .approved_by = "Officer 1",
                 .time = {},
                 .erased = evidence::NumberRanges::Parse(erased).value(),
                 .restricted = evidence::NumberRanges::Parse(restricted).value()})
        .value();
  }
  void SetUtc(UtcTime now) { clock_.SetUtc(now); }
  void SignCheckpoint() { writer_->SignCheckpoint().value(); }
  [[nodiscard]] const captures::Reader& reader() const { return *reader_; }

 private:
  captures::ArchivePaths paths_;
  ManualClock clock_;
  SeededRandom random_{7};
  std::unique_ptr<captures::Writer> writer_;
  std::unique_ptr<captures::Reader> reader_;
  std::uint64_t next_ = 0;
};

// Facts of a listing as the jail would give them.
inline wire::Facts SampleFacts(const std::string& title, const std::string& text,
                               const std::vector<std::pair<std::string, std::string>>& fields = {}) {
  wire::Facts facts;
  facts.extractor = wire::kExtractor;
  facts.sandbox = "full";
  facts.charset = "utf-8";
  facts.title = title;
  facts.text = text;
  facts.page_kind = fields.empty() ? wire::PageKind::kOther : wire::PageKind::kListing;
  for (const auto& [name, value] : fields) {
    wire::Field& field = facts.fields.emplace_back();
    field.name = name;
    field.value = field.raw = value;
    field.confidence = 90;
    if (name != "price") continue;  // "12.50 USD"
    field.unit = value.substr(value.find(' ') + 1);
    field.value = value.substr(0, value.find(' '));
  }
  return facts;
}

// All shards of an index as one database.
inline Xapian::Database OpenShards(const std::string& index) {
  Xapian::Database all;
  for (unsigned i = 0; std::filesystem::exists(query::ShardFolder(index, i)); ++i)
    all.add_database(Xapian::Database(query::ShardFolder(index, i)));
  return all;
}

// True as soon as `condition` holds; false after half a minute without it.
template <typename Condition>
bool Eventually(Condition&& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

// Stands in for the jail: the first line of the body is the title, the rest the text. Counts its calls.
struct PlainReader {
  std::shared_ptr<std::atomic<int>> calls = std::make_shared<std::atomic<int>>(0);
  Result<wire::Facts> operator()(const wire::Document& document) const {
    ++*calls;
    const std::size_t end = document.body.find('\n');
    return SampleFacts(document.body.substr(0, end),
                       end == std::string::npos ? "" : document.body.substr(end + 1));
  }
};

}  // namespace nightjar::indexer
