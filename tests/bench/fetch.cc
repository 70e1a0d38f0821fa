// SPDX-License-Identifier: Apache-2.0
// The whole crawl role against other fetchers: the same pages, the same machine, the same run. Nightjar's
// figures hold everything it does with a page: leasing, SOCKS, fetching in the jail, hashing, signing,
// re-hashing, compressing, committing durably; the others' what they do, which is less. No Tor: the circuit
// would be the limit of all of them.
//
// Prints one JSON line. Usage: bench_fetch [PAGES [FOLDER]] (default: 5000 pages, folder here). Programs that
// are not installed are left out. CPU seconds are those of the program and its children; RSS is the sum of
// the largest sizes of role and fetcher, mapped parts of the archive included.
#include <curl/curl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <thread>

#include "archive/captures/archive.h"
#include "base/json.h"
#include "base/onion.h"
#include "config/settings.h"
#include "crawler/crawl_role.h"
#include "crawler/jobs/job_store.h"
#include "tests/bench/page_server.h"

namespace nightjar::bench {
namespace {

constexpr std::size_t kPageBytes = 19500;
constexpr int kRounds = 3;     // taken in turns; the best of each counts, for a machine is seldom quiet
constexpr int kParallel = 16;  // of the others
// A page counts as under way until it is durable, so what Nightjar has open towards the site is a part of
// this.
constexpr std::uint32_t kHosts = 32;
constexpr std::uint32_t kPerHost = 16;

struct Figures {
  bool ran = false;
  double seconds = 0;
  double cpu_seconds = 0;
  double rss_mb = 0;
};

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

struct Place {
  std::string folder;
  std::size_t pages = 0;
  std::uint16_t port = 0;
  [[nodiscard]] std::string socks() const { return folder + "/tor/socks"; }
  [[nodiscard]] std::string url(std::size_t n) const {
    return "http://127.0.0.1:" + std::to_string(port) + "/p/" + std::to_string(n);
  }
};

// Runs `act` in a process of its own; `until` may end the measured time earlier than the process.
Figures Measure(const std::function<int()>& act, const std::function<void(pid_t)>& until = nullptr) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) ::_exit(act());
  const auto passed = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  Figures figures;
  if (until) until(child);
  figures.seconds = passed();
  int status = 0;
  rusage used{};
  if (::wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return figures;
  if (!until) figures.seconds = passed();
  figures.ran = true;
  figures.cpu_seconds = Seconds(used.ru_utime) + Seconds(used.ru_stime);
  figures.rss_mb = static_cast<double>(used.ru_maxrss) / 1024;
  return figures;
}

config::Settings SettingsOf(const Place& place, int round) {
  config::Settings settings;
  settings.data = place.folder + "/data" + std::to_string(round);
  settings.log.level = "warn";
  settings.tor.socks = place.socks();
  settings.tor.consensus = place.folder + "/none";
  settings.blocklist = {.md5 = "none", .waiver = "a bench"};
  settings.crawl.per_host = kPerHost;
  settings.crawl.concurrency = kHosts * kPerHost;
  settings.crawl.commit_batch = 256;
  return settings;
}

Status OrderPages(const Place& place, const config::Settings& settings) {
  std::vector<std::string> hosts;
  for (std::uint32_t n = 0; n < kHosts; ++n) {
    const auto key = SigningKey::FromSeed(std::string(32, static_cast<char>('a' + n)));
    hosts.push_back(OnionAddress::FromKey(key->public_key()).host());
  }
  jobs::Job job;
  job.id.value = "bench";
  job.case_id.value = "bench";
  job.legal_basis = "a bench";
  job.max_pages = place.pages;
  job.delay = std::chrono::milliseconds(0);
  job.created = SystemClock().Utc();
  for (std::size_t n = 0; n < place.pages; ++n)
    job.seeds.push_back("http://" + hosts[n % kHosts] + "/p/" + std::to_string(n));
  ASSIGN_OR_RETURN(const jobs::Job checked, jobs::Validate(std::move(job)));
  ASSIGN_OR_RETURN(const auto store, jobs::JobStore::Open(settings.ControlFolder()));
  return store->Add(checked);
}

int Crawl(const config::Settings& settings, const std::string& rss_file) {
  const Status crawled = crawler::RunCrawl(settings, {}, StopSignal::Install());
  if (!crawled) std::cerr << crawled.error().Format() << "\n";
  rusage self{};
  rusage fetcher{};
  ::getrusage(RUSAGE_SELF, &self);
  ::getrusage(RUSAGE_CHILDREN, &fetcher);
  std::ofstream(rss_file) << self.ru_maxrss << " " << fetcher.ru_maxrss;
  return crawled ? 0 : 1;
}

// Until every page is durable in the archive; then the role is told to stop.
void AwaitPages(const config::Settings& settings, std::size_t pages, pid_t role) {
  constexpr auto kPatience = std::chrono::minutes(5);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  std::unique_ptr<captures::Reader> archive;
  while (std::chrono::steady_clock::now() < deadline) {
    if (!archive) {
      if (auto opened = captures::Reader::Open({.folder = settings.ArchiveFolder()}))
        archive = std::move(*opened);
    }
    if (archive && archive->Size().value_or(0) >= pages) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ::kill(role, SIGTERM);
}

Figures RunNightjar(const Place& place, int round) {
  const config::Settings settings = SettingsOf(place, round);
  if (const Status ordered = OrderPages(place, settings); !ordered) {
    std::cerr << ordered.error().Format() << "\n";
    return {};
  }
  const std::string rss_file = place.folder + "/rss";
  Figures figures = Measure([&] { return Crawl(settings, rss_file); },
                            [&](pid_t role) { AwaitPages(settings, place.pages, role); });
  double role = 0;
  double fetcher = 0;
  std::ifstream(rss_file) >> role >> fetcher;
  figures.rss_mb = (role + fetcher) / 1024;
  return figures;
}

// A program that reads its URLs from a list; its output is thrown away.
Figures RunProgram(const Place& place, std::vector<std::string> words) {
  if (::access(words[0].c_str(), X_OK) != 0) return {};
  const std::string folder =
      place.folder + "/" + std::filesystem::path(words[0]).filename().string() + std::to_string(words.size());
  std::filesystem::create_directories(folder);
  return Measure([&] {
    std::filesystem::current_path(folder);
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execv(argv[0], argv.data());
    return 127;
  });
}

std::size_t CountBytes(char*, std::size_t size, std::size_t count, void* total) {
  *static_cast<std::size_t*>(total) += size * count;
  return size * count;
}

// libcurl as it comes, over the same SOCKS socket, keeping nothing: the limit of anything built on it.
int FetchRaw(const Place& place) {
  CURLM* multi = curl_multi_init();
  const std::string proxy = "socks5h://localhost" + place.socks();
  std::size_t next = 0;
  std::size_t total = 0;
  const auto start = [&](CURL* easy) {
    const std::string url = "http://bench.onion/p/" + std::to_string(next++);
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_multi_add_handle(multi, easy);
  };
  for (int i = 0; i < kParallel; ++i) {
    CURL* easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_PROXY, proxy.c_str());
    curl_easy_setopt(easy, CURLOPT_PROXYUSERPWD, "user:password");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &CountBytes);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &total);
    start(easy);
  }
  int running = 1;
  while (running > 0) {
    curl_multi_perform(multi, &running);
    int queued = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &queued)) {
      CURL* easy = message->easy_handle;
      if (message->data.result != CURLE_OK) return 1;
      curl_multi_remove_handle(multi, easy);
      if (next < place.pages) {
        start(easy);
        running = 1;
      }
    }
    if (running > 0) curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
  }
  return total > place.pages * kPageBytes ? 0 : 1;
}

json::object ToJson(const Figures& figures, std::size_t pages) {
  if (!figures.ran) return {{"ran", false}};
  const auto count = static_cast<double>(pages);
  return {{"pages_per_s", count / figures.seconds},
          {"cpu_s_per_1000", figures.cpu_seconds * 1000 / count},
          {"rss_mb", figures.rss_mb}};
}

void Report(const Place& place, const Figures& nightjar,
            const std::vector<std::pair<std::string, Figures>>& others) {
  json::object report{{"bench", "fetch"},
                      {"pages", place.pages},
                      {"page_bytes", kPageBytes},
                      {"nightjar", ToJson(nightjar, place.pages)}};
  for (const auto& [name, figures] : others) {
    report[name] = ToJson(figures, place.pages);
    report["of_" + name] = figures.ran ? figures.seconds / nightjar.seconds : 0;
  }
  std::cout << json::serialize(report) << "\n";
}

void KeepBest(Figures& best, const Figures& run) {
  if (run.ran && (!best.ran || run.seconds < best.seconds)) best = run;
}

int Main(Place place) {
  std::filesystem::create_directories(place.folder + "/tor");
  int told[2] = {};
  if (::pipe(told) != 0) return 1;
  const pid_t serving = ::fork();
  if (serving == 0) {                     // the pages are in this process alone
    ::prctl(PR_SET_NAME, "page-server");  // apart from the crawl role in a profile
    const PageServer server(place.pages, kPageBytes, place.socks());
    const std::uint16_t port = server.tcp_port();
    if (::write(told[1], &port, sizeof port) != sizeof port) ::_exit(1);
    server.Serve();
  }
  if (::read(told[0], &place.port, sizeof place.port) != sizeof place.port) return 1;
  std::ofstream list(place.folder + "/urls");
  for (std::size_t n = 0; n < place.pages; ++n) list << place.url(n) << "\n";
  list.close();
  const std::string urls = place.folder + "/urls";
  Figures curl;
  Figures nightjar;
  Figures warc;        // as wget writes it unless told otherwise: each record compressed, as Nightjar's are
  Figures plain_warc;  // no compression
  Figures wget2;
  for (int round = 0; round < kRounds; ++round) {
    KeepBest(curl, Measure([&] { return FetchRaw(place); }));
    KeepBest(nightjar, RunNightjar(place, round));
    const std::vector<std::string> wget = {"/usr/bin/wget", "-q", "--no-proxy", "--warc-file=site", "-O",
                                           "/dev/null",     "-i", urls};
    KeepBest(warc, RunProgram(place, wget));
    std::vector<std::string> plain_wget = wget;
    plain_wget.insert(plain_wget.begin() + 1, "--no-warc-compression");
    KeepBest(plain_warc, RunProgram(place, plain_wget));
    KeepBest(wget2, RunProgram(place, {"/usr/bin/wget2", "-q", "--no-proxy", "--max-threads=16",
                                       "--no-robots", "-O", "/dev/null", "-i", urls}));
  }
  ::kill(serving, SIGKILL);
  ::waitpid(serving, nullptr, 0);
  Report(
      place, nightjar,
      {{"wget_warc", warc}, {"wget_warc_uncompressed", plain_warc}, {"wget2", wget2}, {"curl_multi", curl}});
  return nightjar.ran ? 0 : 1;
}

}  // namespace
}  // namespace nightjar::bench

int main(int argc, char** argv) {
  std::string folder = std::string(argc > 2 ? argv[2] : ".") + "/bench-fetch-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  folder = std::filesystem::absolute(folder);
  const int result =
      nightjar::bench::Main({.folder = folder, .pages = argc > 1 ? std::stoul(argv[1]) : 5000});
  std::filesystem::remove_all(folder);
  return result;
}
