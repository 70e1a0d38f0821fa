// SPDX-License-Identifier: Apache-2.0
// URLs per second into the frontier and tasks per second through it, as it grows, against raw LMDB
// writes of a row for each name and each URL in the same ticks. Prints one JSON line.
//
//   bench_frontier [FOLDER] [URLS] [HOSTS] [PAGES_PER_TICK] [TASKS_PER_TICK]
//
// Defaults are small (1,000,000 URLs, 2,500 hosts); the figures of crawler/frontier/README.md are of 20000000
// 50000. A page is one host's: 40 links that are new and 10 that are known, as pages repeat their menus.
#include "crawler/frontier/frontier.h"

#include <unistd.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "base/codec.h"
#include "base/json.h"
#include "base/onion.h"
#include "crawler/frontier/rows.h"
#include "crawler/frontier/workbench.h"
#include "tests/bench/must.h"

namespace nightjar::frontier {
namespace {

constexpr std::uint64_t kFreshPerPage = 40;
constexpr std::uint64_t kKnownPerPage = 10;

struct Sizes {
  std::uint64_t urls = 1'000'000;
  std::uint64_t hosts = 2'500;
  std::uint64_t pages_per_tick = 512;
  std::uint64_t tasks_per_tick = 5'000;
};

class Stopwatch {
 public:
  template <typename Act>
  void Time(const Act& act) {
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t cpu = std::clock();
    act();
    seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    cpu_seconds += static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  }
  [[nodiscard]] double seconds() const { return seconds_; }
  static inline double cpu_seconds =
      0;  // of all watches: says more than time on a machine shared with others

 private:
  double seconds_ = 0;
};

std::uint64_t AnonymousKib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("RssAnon:")) return std::stoull(line.substr(8));
  return 0;
}

// The links of page after page, each page of some host; the same for the same seed.
class Web {
 public:
  explicit Web(const Sizes& sizes) : found_(sizes.hosts) {
    for (std::uint64_t i = 0; i < sizes.hosts; ++i) {
      SeededRandom random(i);
      hosts.push_back(OnionAddress::FromKey(SigningKey::FromSeed(random.Take(32))->public_key()).host());
    }
  }

  struct Link {
    std::uint64_t host = 0;
    std::uint64_t number = 0;  // of the host's URLs
    bool fresh = false;
  };
  std::vector<Link> NextPage() {
    const std::uint64_t host = dice_.Next() % hosts.size();
    std::vector<Link> links;
    for (std::uint64_t i = 0; i < kKnownPerPage && found_[host] > 0; ++i)
      links.push_back({host, dice_.Next() % found_[host], false});
    for (std::uint64_t i = 0; i < kFreshPerPage; ++i) links.push_back({host, found_[host]++, true});
    return links;
  }
  [[nodiscard]] std::string UrlOf(const Link& link) const {
    const std::string n = std::to_string(link.number);
    const std::string base = "http://" + hosts[link.host];
    if (link.number % 10 < 6) return base + "/listing/" + n;
    if (link.number % 10 < 9) return base + "/vendor/owl" + n + "/feedback?page=" + n;
    return base + "/category/stoneware/figurines-" + n + ".html";
  }

  std::vector<std::string> hosts;

 private:
  std::vector<std::uint64_t> found_;  // URLs by host
  SeededRandom dice_{42};
};

// What both sides do, in windows: so many URLs in, so many tasks through.
class Side {
 public:
  virtual ~Side() = default;
  virtual double Insert(std::uint64_t urls) = 0;  // seconds
  virtual double Run(std::uint64_t tasks) = 0;    // seconds
};

class FrontierSide final : public Side {
 public:
  FrontierSide(const std::string& folder, const Sizes& sizes) : sizes_(sizes), web_(sizes) {
    const std::uint64_t before = AnonymousKib();
    options_.folder = folder;
    options_.random = &random_;
    frontier_ = Must(Frontier::Open(options_));
    JobTerms terms;
    terms.id.value = "bench";
    terms.hosts = web_.hosts;
    terms.max_pages = UINT64_MAX;
    terms.delay = std::chrono::milliseconds(0);
    Tick tick = Must(frontier_->Begin());
    Must(tick.SetJobs(std::span(&terms, 1)));
    Must(tick.Commit());
    base_kib_ = before;
  }

  double Insert(std::uint64_t urls) override {
    Stopwatch watch;
    for (std::uint64_t done = 0; done < urls;) {
      std::vector<std::vector<Candidate>> pages;
      for (std::uint64_t i = 0; i < sizes_.pages_per_tick && done < urls; ++i, done += kFreshPerPage) {
        auto& page = pages.emplace_back();
        for (const auto& link : web_.NextPage())
          page.push_back({.url = *Url::Parse(web_.UrlOf(link)),
                          .depth = 1,
                          .via = "http://" + web_.hosts[link.host] + "/"});
      }
      watch.Time([&] {
        Tick tick = Must(frontier_->Begin());
        for (const auto& page : pages) Must(tick.Add(JobId{"bench"}, page));
        Must(tick.Commit());
      });
    }
    return watch.seconds();
  }

  double Run(std::uint64_t tasks) override {
    Stopwatch watch;
    watch.Time([&] {
      std::vector<Task> out;
      for (std::uint64_t done = 0; done < tasks; done += out.size()) {
        Tick tick = Must(frontier_->Begin());
        for (const Task& task : out) Must(tick.Complete(task.lease, {.bytes = 20'000}));
        out = Must(tick.Lease(sizes_.tasks_per_tick));
        Must(tick.Commit());
        if (out.empty()) throw std::runtime_error("the frontier ran dry");
      }
      Tick tick = Must(frontier_->Begin());
      for (const Task& task : out) Must(tick.Complete(task.lease, {}));
      Must(tick.Commit());
    });
    return watch.seconds();
  }

  [[nodiscard]] std::uint64_t grown_kib() const {
    const std::uint64_t now = AnonymousKib();
    return now > base_kib_ ? now - base_kib_ : 0;
  }

 private:
  Sizes sizes_;
  Web web_;
  SeededRandom random_{7};
  Options options_;
  std::unique_ptr<Frontier> frontier_;
  std::uint64_t base_kib_ = 0;
};

// A row for each name and one for each URL, in the same ticks, and nothing else: no scope, no traps, no
// order, no hashing inside the time.
class RawSide final : public Side {
 public:
  RawSide(const std::string& folder, const Sizes& sizes) : sizes_(sizes), web_(sizes), ends_(sizes.hosts) {
    env_ =
        Must(store::Env::Open({.folder = folder, .tables = {"urls", "known", "lanes", "hosts", "leases"}}));
  }

  double Insert(std::uint64_t urls) override {
    struct Row {
      std::uint32_t lane = 0;
      std::uint32_t seq = 0;
      bool fresh = false;
      NameHash hash = 0;
      Bytes url;
    };
    Stopwatch watch;
    for (std::uint64_t done = 0; done < urls;) {
      std::vector<Row> rows;
      for (std::uint64_t i = 0; i < sizes_.pages_per_tick && done < urls; ++i, done += kFreshPerPage) {
        for (const auto& link : web_.NextPage()) {
          const std::string url = web_.UrlOf(link);
          const UrlRow row{.depth = 1, .url = CutOrigin(url, web_.hosts[link.host])};
          rows.push_back({static_cast<std::uint32_t>(link.host), static_cast<std::uint32_t>(link.number),
                          link.fresh, HashName(url), Encode(row)});
        }
      }
      watch.Time([&] {
        auto txn = Must(env_->Write());
        for (const Row& row : rows) {
          const bool is_new = Must(txn.PutNew({1}, Key().U32(row.lane).U64(row.hash), NumberKey(row.seq)));
          if (is_new != row.fresh) throw std::runtime_error("the raw side lost count");
          if (!is_new) continue;
          Must(txn.Put({0}, PlaceKey({row.lane, row.seq}), row.url));
          if (row.seq % kFreshPerPage == 0) Must(txn.Put({2}, NumberKey(row.lane), Encode(LaneState{})));
          ends_[row.lane] = row.seq + 1;
        }
        Must(txn.Commit());
      });
    }
    return watch.seconds();
  }

  double Run(std::uint64_t tasks) override {
    Stopwatch watch;
    watch.Time([&] {
      for (std::uint64_t done = 0; done < tasks;) {
        auto txn = Must(env_->Write());
        for (std::uint64_t i = 0; i < sizes_.tasks_per_tick && done < tasks; ++i, ++done) {
          const auto lane = static_cast<std::uint32_t>(next_lane_++ % sizes_.hosts);
          const UrlPlace place{lane, ends_[lane] == 0 ? 0 : static_cast<std::uint32_t>(done) % ends_[lane]};
          if (!Must(txn.Get({0}, PlaceKey(place)))) continue;  // a host without pages yet
          Must(txn.Put({2}, NumberKey(lane), Encode(LaneState{})));
          Must(txn.Put({3}, NumberKey(lane), Encode(HostRow{})));
          Must(txn.Put({4}, PlaceKey(place), ""));
          Must(txn.Delete({4}, PlaceKey(place)));
        }
        Must(txn.Commit());
      }
    });
    return watch.seconds();
  }

 private:
  Sizes sizes_;
  Web web_;
  std::vector<std::uint32_t> ends_;
  std::uint64_t next_lane_ = 0;
  std::shared_ptr<store::Env> env_;
};

struct Figures {
  double first_insert = 0;  // URLs per second, over the first window
  double last_insert = 0;   // over the last one
  double all_insert = 0;
  double first_run = 0;      // tasks per second, after the first window
  double last_run = 0;       // at the end
  double insert_cpu_us = 0;  // CPU time for one URL, waiting for the disk left out
  double task_cpu_us = 0;    // for one task
};

Figures Measure(Side& side, const Sizes& sizes) {
  const std::uint64_t window = std::min<std::uint64_t>(1'000'000, sizes.urls / 2);
  const std::uint64_t tasks = std::min<std::uint64_t>(200'000, window / 5);
  const std::uint64_t middle = sizes.urls - 2 * window;
  const auto rate = [](std::uint64_t count, double seconds) { return static_cast<double>(count) / seconds; };
  Figures figures;
  Stopwatch::cpu_seconds = 0;
  const double first = side.Insert(window);
  const double first_cpu = Stopwatch::cpu_seconds;
  figures.first_run = rate(tasks, side.Run(tasks));
  Stopwatch::cpu_seconds = 0;
  const double between = middle > 0 ? side.Insert(middle) : 0;
  const double last = side.Insert(window);
  figures.insert_cpu_us = (first_cpu + Stopwatch::cpu_seconds) * 1e6 / static_cast<double>(sizes.urls);
  Stopwatch::cpu_seconds = 0;
  figures.last_run = rate(tasks, side.Run(tasks));
  figures.task_cpu_us = Stopwatch::cpu_seconds * 1e6 / static_cast<double>(tasks);
  figures.first_insert = rate(window, first);
  figures.last_insert = rate(window, last);
  figures.all_insert = rate(sizes.urls, first + between + last);
  return figures;
}

json::object ToJson(const Figures& figures) {
  return {{"insert_per_s", figures.all_insert},
          {"insert_first_million_per_s", figures.first_insert},
          {"insert_last_million_per_s", figures.last_insert},
          {"tasks_first_per_s", figures.first_run},
          {"tasks_last_per_s", figures.last_run},
          {"insert_cpu_us", figures.insert_cpu_us},
          {"task_cpu_us", figures.task_cpu_us}};
}

int Main(const std::string& folder, const Sizes& sizes) {
  std::uint64_t frontier_kib = 0;
  Figures ours;
  {
    FrontierSide side(folder + "/frontier", sizes);
    ours = Measure(side, sizes);
    frontier_kib = side.grown_kib();
  }
  const auto disk = std::filesystem::file_size(folder + "/frontier/data.mdb");
  std::filesystem::remove_all(folder + "/frontier");
  RawSide raw_side(folder + "/raw", sizes);
  const Figures raw = Measure(raw_side, sizes);
  std::cout << json::serialize(json::object{
                   {"bench", "frontier"},
                   {"urls", sizes.urls},
                   {"hosts", sizes.hosts},
                   {"pages_per_tick", sizes.pages_per_tick},
                   {"tasks_per_tick", sizes.tasks_per_tick},
                   {"frontier", ToJson(ours)},
                   {"raw_lmdb", ToJson(raw)},
                   {"insert_of_raw", ours.all_insert / raw.all_insert},
                   {"tasks_of_raw", ours.last_run / raw.last_run},
                   {"insert_slow_down", ours.first_insert / ours.last_insert},
                   {"tasks_slow_down", ours.first_run / ours.last_run},
                   {"rss_anon_grown_mib", frontier_kib / 1024},
                   {"disk_bytes_per_url", static_cast<double>(disk) / static_cast<double>(sizes.urls)}})
            << "\n";
  return 0;
}

}  // namespace
}  // namespace nightjar::frontier

int main(int argc, char** argv) {
  nightjar::frontier::Sizes sizes;
  std::uint64_t* const numbers[] = {&sizes.urls, &sizes.hosts, &sizes.pages_per_tick, &sizes.tasks_per_tick};
  for (int i = 2; i < argc && i < 6; ++i) *numbers[i - 2] = std::stoull(argv[i]);
  std::string folder = std::string(argc > 1 ? argv[1] : ".") + "/bench-frontier-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  const int result = nightjar::frontier::Main(folder, sizes);
  std::filesystem::remove_all(folder);
  return result;
}
