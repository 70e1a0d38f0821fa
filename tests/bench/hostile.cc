// SPDX-License-Identifier: Apache-2.0
// What hostile services cost honest ones: the time the crawl role takes over the pages of fifty honest hosts,
// alone and with fifty hostile hosts among them, in the same run; and by how much a hostile exchange outlasts
// the limit that ends it.
//
// Prints one JSON line. Usage: bench_hostile [PAGES_PER_HOST [FOLDER]] (default: 40, folder here).
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <map>
#include <thread>

#include "archive/captures/archive.h"
#include "base/json.h"
#include "base/onion.h"
#include "base/url.h"
#include "config/settings.h"
#include "crawler/crawl_role.h"
#include "crawler/jobs/job_store.h"
#include "tests/hostile/hostile_services.h"

namespace nightjar::bench {
namespace {

constexpr std::size_t kHosts = 50;  // of each kind
constexpr std::chrono::seconds kTotal(4);
constexpr std::chrono::seconds kLowSpeed(2);

std::string HostOf(const std::string& kind, std::size_t n) {
  const Digest seed = Sha256(kind + std::to_string(n));
  return OnionAddress::FromKey(SigningKey::FromSeed(Bytes(seed.View()))->public_key()).host();
}

struct Site {
  std::map<std::string, const hostile::Behaviour*> hostile;
  std::atomic<std::size_t> honest_served = 0;

  Site() {
    for (std::size_t n = 0; n < kHosts; ++n)
      hostile[HostOf("hostile", n)] = &hostile::Behaviours()[n % hostile::Behaviours().size()];
  }
  leak::Service ServiceOf(const leak::Visit& visit) {
    const auto found = hostile.find(visit.host);
    if (found != hostile.end()) return found->second->service;
    return [this](const leak::Stream& stream) {
      const std::string body(19500, 'h');
      const std::string page =
          "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 19500\r\n\r\n" + body;
      while (!stream.ReadRequest().empty()) {
        stream.Write(page);
        ++honest_served;
      }
    };
  }
};

config::Settings SettingsOf(const std::string& folder) {
  config::Settings settings;
  settings.data = folder + "/data";
  settings.log.level = "error";
  settings.tor.socks = folder + "/tor/socks";
  settings.tor.consensus = folder + "/none";
  settings.blocklist = {.md5 = "none", .waiver = "a bench"};
  settings.crawl.concurrency = 256;
  settings.crawl.per_host = 2;
  settings.crawl.tries = 1;
  settings.crawl.limits.body_bytes = 256 << 10;
  settings.crawl.limits.total = kTotal;
  settings.crawl.limits.low_speed_time = kLowSpeed;
  return settings;
}

Status Order(const config::Settings& settings, std::size_t pages, bool with_hostile) {
  jobs::Job job;
  job.id.value = "bench";
  job.case_id.value = "bench";
  job.legal_basis = "a bench";
  job.max_pages = 1'000'000;
  // The honest hosts are held to a pace, as real ones are: what is measured is whether the others break it.
  job.delay = std::chrono::milliseconds(20);
  job.jitter = 0;
  job.created = SystemClock().Utc();
  for (std::size_t n = 0; n < kHosts; ++n) {
    for (std::size_t page = 0; page < pages; ++page)
      job.seeds.push_back("http://" + HostOf("honest", n) + "/" + std::to_string(page));
    if (with_hostile) job.seeds.push_back("http://" + HostOf("hostile", n) + "/");
  }
  ASSIGN_OR_RETURN(const jobs::Job checked, jobs::Validate(std::move(job)));
  ASSIGN_OR_RETURN(const auto store, jobs::JobStore::Open(settings.ControlFolder()));
  return store->Add(checked);
}

struct Run {
  double honest_seconds = 0;
  double worst_overrun = 0;  // of the limit, over all hostile exchanges; 0.1 is ten percent
  std::size_t hostile_records = 0;
};

// The longest any exchange lasted, against the limit on the whole of it.
void ReadHostile(const config::Settings& settings, const Site& site, Run& run) {
  const auto archive = captures::Reader::Open({.folder = settings.ArchiveFolder()});
  for (std::uint64_t n = 0; archive && n < (*archive)->Size().value_or(0); ++n) {
    const auto row = (*archive)->GetRow({n});
    const auto url = row ? Url::Parse(row->record.url) : Result<Url>(Fail(Code::kNotFound, ""));
    if (!url || !site.hostile.contains(url->host())) continue;
    ++run.hostile_records;
    const std::chrono::duration<double> lasted = row->record.ended_mono - row->record.started_mono;
    run.worst_overrun = std::max(run.worst_overrun, lasted.count() / static_cast<double>(kTotal.count()) - 1);
  }
}

Run Measure(const std::string& folder, std::size_t pages, bool with_hostile) {
  std::filesystem::create_directories(folder + "/tor");
  const config::Settings settings = SettingsOf(folder);
  if (const Status ordered = Order(settings, pages, with_hostile); !ordered) {
    std::cerr << ordered.error().Format() << "\n";
    return {};
  }
  const auto begin = std::chrono::steady_clock::now();
  // Forked before any thread of the stand-in is there.
  const pid_t role = ::fork();
  if (role == 0) {
    while (!std::filesystem::exists(settings.tor.socks))
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const Status crawled = crawler::RunCrawl(settings, {}, StopSignal::Install());
    if (!crawled) std::cerr << crawled.error().Format() << "\n";
    ::_exit(crawled ? 0 : 1);
  }
  Run run;
  Site site;
  {
    leak::TorStub tor(settings.tor.socks);
    tor.ServeEach([&site](const leak::Visit& visit) { return site.ServiceOf(visit); });
    const auto passed = [&] { return std::chrono::steady_clock::now() - begin; };
    while (site.honest_served < kHosts * pages && passed() < std::chrono::minutes(5))
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    run.honest_seconds = std::chrono::duration<double>(passed()).count();
    // Hostile exchanges that still hang end by their limits.
    if (with_hostile) std::this_thread::sleep_for(2 * kTotal);
    ::kill(role, SIGTERM);
    ::waitpid(role, nullptr, 0);
  }
  if (with_hostile) ReadHostile(settings, site, run);
  return run;
}

int Main(const std::string& folder, std::size_t pages) {
  const Run alone = Measure(folder + "/alone", pages, false);
  const Run among = Measure(folder + "/among", pages, true);
  const auto rate = [&](const Run& run) { return static_cast<double>(kHosts * pages) / run.honest_seconds; };
  std::cout << json::serialize(json::object{{"bench", "hostile"},
                                            {"honest_hosts", kHosts},
                                            {"hostile_hosts", kHosts},
                                            {"behaviours", hostile::Behaviours().size()},
                                            {"honest_pages_per_s_alone", rate(alone)},
                                            {"honest_pages_per_s_among", rate(among)},
                                            {"of_alone", alone.honest_seconds / among.honest_seconds},
                                            {"hostile_records", among.hostile_records},
                                            {"worst_overrun_of_limit", among.worst_overrun}})
            << "\n";
  return 0;
}

}  // namespace
}  // namespace nightjar::bench

int main(int argc, char** argv) {
  std::string folder = std::string(argc > 2 ? argv[2] : ".") + "/bench-hostile-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  folder = std::filesystem::absolute(folder);
  const int result = nightjar::bench::Main(folder, argc > 1 ? std::stoul(argv[1]) : 40);
  std::filesystem::remove_all(folder);
  return result;
}
