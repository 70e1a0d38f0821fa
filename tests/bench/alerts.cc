// SPDX-License-Identifier: Apache-2.0
// What does it cost to ask saved searches of what is new, beside indexes of different sizes?
//   bench_alerts [documents, largest] [searches]
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "base/random.h"
#include "indexer/index_writer.h"
#include "indexer/query/every_hit.h"
#include "indexer/watch/percolator.h"

namespace nightjar {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::uint64_t kNew = 50;  // captures of a commit: a second's worth at the steady rate

double Milliseconds(Steady::time_point since) {
  return std::chrono::duration<double, std::milli>(Steady::now() - since).count();
}

indexer::Observation Listing(std::uint64_t n, Random& dice) {
  indexer::Observation seen;
  seen.number = {n};
  seen.record.url = "http://market.example/listing/" + std::to_string(n);
  seen.record.case_id = {"owl-7"};
  seen.record.job = {"owls"};
  seen.facts.title = "Listing " + std::to_string(n);
  // Word k comes about every k-th time: Zipf's law with exponent 1.
  for (int i = 0; i < 40; ++i)
    seen.facts.text += "word" + std::to_string(static_cast<int>(1 / (dice.Unit() + 1e-4))) + " ";
  return seen;
}

Status Measure(const std::string& folder, std::uint64_t most, int searches) {
  ASSIGN_OR_RETURN(const auto writer, indexer::IndexWriter::Open(folder + "/index"));
  ASSIGN_OR_RETURN(const auto store,
                   watch::WatchStore::Open(folder + "/watch", watch::WatchStore::Mode::kWrite));
  ASSIGN_OR_RETURN(const auto searcher, query::Searcher::Open(folder + "/index", folder + "/facts"));
  watch::Percolator percolator(
      {.store = store.get(), .searcher = searcher.get(), .events = {}, .clock = &SystemClock()});
  SeededRandom dice(5);
  std::uint64_t n = 0;
  const auto grow_to = [&](std::uint64_t end) -> Status {
    for (; n < end; ++n) RETURN_IF_ERROR(writer->Add(Listing(n, dice)));
    return writer->Commit(n);
  };
  for (std::uint64_t size = most / 100; size <= most; size *= 10) {
    RETURN_IF_ERROR(grow_to(size));
    RETURN_IF_ERROR(percolator.CatchUp(n, {}));  // without searches: the cursor alone
    for (int i = 0; i < searches; ++i) {
      RETURN_IF_ERROR(store->Save({.name = fmt::format("s{}-{}", size, i),
                                   .text = fmt::format("word{} word{}", 1 + i % 10, 2 + i % 7)}));
    }
    RETURN_IF_ERROR(grow_to(size + kNew));
    const auto began = Steady::now();
    RETURN_IF_ERROR(percolator.CatchUp(n, {}));
    const double asked = Milliseconds(began);
    ASSIGN_OR_RETURN(const auto saved, store->Searches());
    for (const auto& search : saved) RETURN_IF_ERROR(store->Remove(search.name));
    std::uint64_t hits = 0;
    const auto walked_from = Steady::now();
    RETURN_IF_ERROR(query::EveryHit(*searcher, {.text = "word2", .limit = 1000, .snippets = false},
                                    [&](const query::Hit&) -> Status {
                                      ++hits;
                                      return {};
                                    }));
    const double walked = Milliseconds(walked_from);
    fmt::print(
        "{{\"bench\":\"alerts\",\"documents\":{},\"new\":{},\"searches\":{},\"ms\":{:.2f},"
        "\"us_per_search\":{:.1f},\"every_hit\":{},\"every_hit_ms\":{:.1f}}}\n",
        n, kNew, searches, asked, asked * 1000 / searches, hits, walked);
  }
  return {};
}

}  // namespace
}  // namespace nightjar

int main(int argc, char** argv) {
  const std::uint64_t most = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
  const int searches = argc > 2 ? std::atoi(argv[2]) : 100;
  const std::string folder = (std::filesystem::temp_directory_path() / "nightjar-bench-alerts").string() +
                             std::to_string(nightjar::SystemRandom().Next());
  const nightjar::Status done = nightjar::Measure(folder, most, searches);
  std::filesystem::remove_all(folder);
  if (!done) fmt::print(stderr, "{}\n", done.error().Format());
  return done ? 0 : 1;
}
