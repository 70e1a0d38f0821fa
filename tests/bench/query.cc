// SPDX-License-Identifier: Apache-2.0
// How long answers take over many short listings, beside raw Xapian, SQLite FTS5 and PostgreSQL over the same
// listings in the same run. Prints a table and one JSON line.
//
//   bench_query [FOLDER] [LISTINGS] [PEERS]        PEERS: any of "xsp" (Xapian, SQLite, PostgreSQL)
//
// A FOLDER that is named stays.
// Defaults are small (50,000); the figures of indexer/README.md are of 1000000. Every question is asked of
// every engine in turn, warm, so that what else the machine does falls on all alike.
#include "indexer/query/query.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>

#include "base/json.h"
#include "indexer/index_writer.h"
#include "tests/bench/must.h"
#include "tests/bench/query_peers.h"

namespace nightjar::bench {
namespace {

using Kind = Question::Kind;
constexpr int kQuestionsOfEach = 60;
constexpr int kRounds = 3;

const std::map<Kind, std::string> kKinds{{Kind::kWord, "word"},
                                         {Kind::kAnd, "and"},
                                         {Kind::kPhrase, "phrase"},
                                         {Kind::kNewestOfVendor, "newest_of_vendor"},
                                         {Kind::kFacets, "range_five_facets"},
                                         {Kind::kWildcard, "wildcard"}};

class Nightjar final : public Peer {
 public:
  explicit Nightjar(std::string folder) : folder_(std::move(folder)) {}
  [[nodiscard]] std::string name() const override { return "nightjar"; }
  void Load(const Listings& listings, std::uint64_t count) override {
    const auto writer = Must(indexer::IndexWriter::Open(folder_));
    constexpr std::uint64_t kBatch = 10'000;
    for (std::uint64_t n = 0; n < count; ++n) {
      Must(writer->Add(listings.ObservationAt(n)));
      if ((n + 1) % kBatch == 0 || n + 1 == count) Must(writer->Commit(n + 1));
    }
    searcher_ = Must(query::Searcher::Open(folder_, folder_ + "-facts"));
  }
  bool Ask(const Question& question) override {
    query::Request request = RequestOf(question);
    request.snippets = false;  // nobody else here makes any
    (void)Must(searcher_->Search(request));
    return true;
  }

 private:
  static query::Request RequestOf(const Question& question) {
    const std::string& word = question.words[0];
    switch (question.kind) {
      case Kind::kWord:
        return {.text = word};
      case Kind::kAnd:
        return {.text = word + " " + question.words[1]};
      case Kind::kPhrase:
        return {.text = fmt::format("\"{} {}\"", word, question.words[1])};
      case Kind::kNewestOfVendor:
        return {.text = "vendor:" + word, .order = query::Order::kNewest};
      case Kind::kFacets:
        return {.text = fmt::format("{} price:{:.2f}..{:.2f}", word, question.low, question.high),
                .facets = {"vendor", "category", "ships_from", "ships_to", "currency"}};
      case Kind::kWildcard:
        return {.text = word + "*"};
    }
    std::abort();
  }

  const std::string folder_;
  std::unique_ptr<query::Searcher> searcher_;
};

// Common and rare words alike: ranks fall geometrically.
std::vector<Question> MakeQuestions(const Listings& listings, std::uint64_t count) {
  std::vector<Question> questions;
  for (const auto& [kind, name] : kKinds) {
    for (int i = 0; i < kQuestionsOfEach; ++i) {
      const auto rank = static_cast<std::size_t>(5 * std::pow(1.12, i));
      const Listings::Listing listing = listings.At(static_cast<std::uint64_t>(i) * 7919 % count);
      const std::string title = listing.title;
      const std::size_t space = title.find(' ');
      Question question{.kind = kind, .words = {listings.Word(rank)}, .low = 10, .high = 500};
      if (kind == Kind::kAnd) question.words.push_back(listings.Word(rank / 2 + 3));
      if (kind == Kind::kPhrase)
        question.words = {title.substr(0, space),
                          title.substr(space + 1, title.find(' ', space + 1) - space - 1)};
      if (kind == Kind::kNewestOfVendor) question.words = {listing.vendor};
      if (kind == Kind::kWildcard) question.words = {listings.Word(rank).substr(0, 4)};
      questions.push_back(std::move(question));
    }
  }
  return questions;
}

double Millis(const std::function<void()>& act) {
  const auto begin = std::chrono::steady_clock::now();
  act();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double Quantile(std::vector<double>& times, double share) {
  if (times.empty()) return 0;
  std::ranges::sort(times);
  return times[std::min(times.size() - 1,
                        static_cast<std::size_t>(share * static_cast<double>(times.size())))];
}

std::uint64_t BytesIn(const std::string& folder) {
  std::uint64_t bytes = 0;
  if (std::filesystem::is_regular_file(folder)) return std::filesystem::file_size(folder);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes += entry.file_size();
  return bytes;
}

json::object Measure(const std::vector<std::unique_ptr<Peer>>& engines,
                     const std::vector<Question>& questions) {
  std::map<Kind, std::map<std::string, std::vector<double>>> times;
  for (int round = 0; round <= kRounds; ++round)
    for (const Question& question : questions)
      for (const auto& engine : engines) {
        const double took = Millis([&] { (void)engine->Ask(question); });
        if (round > 0) times[question.kind][engine->name()].push_back(took);  // the first warms
      }
  json::object all;
  for (auto& [kind, engine_times] : times) {
    json::object of_kind;
    for (auto& [engine, taken] : engine_times) {
      const double p50 = Quantile(taken, 0.5);
      const double p99 = Quantile(taken, 0.99);
      fmt::print("{:<18} {:<15} p50 {:>8.2f} ms  p99 {:>8.2f} ms\n", kKinds.at(kind), engine, p50, p99);
      of_kind[engine] = json::object{{"p50_ms", p50}, {"p99_ms", p99}};
    }
    all[kKinds.at(kind)] = std::move(of_kind);
  }
  return all;
}

void Run(const std::string& folder, std::uint64_t count, const std::string& peers) {
  const Listings listings;
  std::vector<std::unique_ptr<Peer>> engines;
  engines.push_back(std::make_unique<Nightjar>(folder + "/nightjar"));
  if (peers.find('x') != std::string::npos) engines.push_back(MakeXapianPeer(folder + "/xapian"));
  if (peers.find('s') != std::string::npos) engines.push_back(MakeSqlitePeer(folder + "/sqlite_fts5"));
  if (peers.find('p') != std::string::npos) engines.push_back(MakePostgresPeer(folder + "/postgresql_fts"));
  std::erase(engines, nullptr);
  json::object loads;
  for (const auto& engine : engines) {
    const double seconds = Millis([&] { engine->Load(listings, count); }) / 1000;
    const std::uint64_t bytes = BytesIn(folder + "/" + engine->name());
    fmt::print("{:<15} loaded {} in {:.0f} s, {} bytes each\n", engine->name(), count, seconds,
               bytes / count);
    loads[engine->name()] =
        json::object{{"per_second", static_cast<double>(count) / seconds}, {"bytes_each", bytes / count}};
  }
  json::object figures = Measure(engines, MakeQuestions(listings, count));
  std::cout << json::object{{"name", "query"}, {"listings", count}, {"load", loads}, {"query", figures}}
            << "\n";
}

}  // namespace
}  // namespace nightjar::bench

int main(int argc, char** argv) {
  try {
    const std::string folder = argc > 1 ? argv[1] : fmt::format("bench-query-{}", ::getpid());
    std::filesystem::create_directories(folder);
    nightjar::bench::Run(std::filesystem::absolute(folder).string(), argc > 2 ? std::stoull(argv[2]) : 50'000,
                         argc > 3 ? argv[3] : "xsp");
    if (argc <= 1) std::filesystem::remove_all(folder);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "bench_query: " << error.what() << "\n";
    return 1;
  }
}
