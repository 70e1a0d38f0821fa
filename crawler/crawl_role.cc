// SPDX-License-Identifier: Apache-2.0
#include "crawler/crawl_role.h"

#include <map>
#include <new>

#include "archive/notary/notary_role.h"
#include "archive/places/places.h"
#include "base/build_info.h"
#include "base/file.h"
#include "base/log.h"
#include "config/header_profile.h"
#include "crawler/crawl_loop.h"
#include "crawler/frontier/listing.h"
#include "crawler/tor_side.h"

namespace nightjar::crawler {
namespace {

constexpr mode_t kKeyFolderMode = 0700;

handover::Limits LimitsOf(const config::FetchLimits& limits) {
  return {.body_bytes = limits.body_bytes,
          .header_bytes = limits.header_bytes,
          .header_fields = limits.header_fields,
          .connect = limits.connect,
          .total = limits.total,
          .low_speed_bytes = limits.low_speed_bytes,
          .low_speed_time = limits.low_speed_time};
}

handover::Hello HelloOf(const config::Settings& settings, const SigningKey& fetcher_key) {
  handover::Hello hello;
  hello.build = BuildId();
  hello.concurrency = settings.crawl.concurrency;
  hello.limits = LimitsOf(settings.crawl.limits);
  hello.signing_seed = fetcher_key.Seed();
  hello.header = config::TorBrowserProfile().header;
  hello.config_sha256 = Sha256(config::Print(settings)).Hex();
  hello.json_log = settings.log.format == "json";
  const HashListFiles hash_lists(settings.media);
  hello.hash_lists_md5 = hash_lists.md5();
  hello.hash_lists_sha256 = hash_lists.sha256();
  return hello;
}

Result<std::unique_ptr<captures::Writer>> OpenWriter(const config::Settings& settings,
                                                     const VerifyKey& fetcher) {
  ASSIGN_OR_RETURN(SigningKey log_key, SigningKey::LoadOrCreate(settings.KeysFolder() + "/log.pem"));
  ASSIGN_OR_RETURN(auto attested, notary::AttestedCheckpoints(settings));
  captures::Writer::Options options{.paths = places::ArchiveOf(settings),
                                    .origin = settings.evidence.origin,
                                    .log_key = std::move(log_key),
                                    .fetchers = {fetcher},
                                    .attested = std::move(attested),
                                    .clock = &SystemClock(),
                                    .random = &SystemRandom()};
  return captures::Writer::Open(std::move(options));
}

frontier::Options FrontierOptions(const config::Settings& settings) {
  frontier::Options options;
  options.folder = settings.FrontierFolder();
  options.per_host = settings.crawl.per_host;
  options.tries = settings.crawl.tries;
  options.retry_delay = settings.crawl.retry_delay;
  options.lease = settings.crawl.lease;
  return options;
}

// Wall five. A Tor without it is refused, unless the settings say that a warning is enough. Those that
// Nightjar runs itself are told by their torrc.
Status RequireTorSide(const config::Settings& settings) {
  for (const WaySpec& way : WaysOf(settings, SystemClock())) {
    if (way.route != RouteClass::kOnion || way.managed) continue;
    if (!CheckTorSocket(way.socket)) continue;  // met again when the ways are opened
    Status side = CheckTorSide(way.socket);
    if (side) continue;
    if (settings.walls.tor_side == "refuse") return side;
    log::warn("{}", side.error().Format());
  }
  return {};
}

Result<std::unique_ptr<SessionKeeper>> OpenSessions(const config::Settings& settings,
                                                    const captures::Reader& archive) {
  ASSIGN_OR_RETURN(auto store, sessions::SessionStore::Open({.folder = settings.SessionsFolder(),
                                                             .key_path = settings.SessionKeyPath(),
                                                             .clock = &SystemClock(),
                                                             .random = &SystemRandom()}));
  ASSIGN_OR_RETURN(auto profiles, config::LoadSiteProfiles(settings.sessions.profiles));
  return std::make_unique<SessionKeeper>(
      SessionKeeper::Parts{.store = std::move(store),
                           .profiles = std::move(profiles),
                           .anonymous_cookies = settings.sessions.anonymous_cookies == "on",
                           .archive = &archive,
                           .clock = &SystemClock()});
}

// Whatever crawling needs, or why it cannot be had. The writer comes first: its lock tells a second crawl
// apart before anything else is touched.
Result<CrawlLoop::Parts> Prepare(const config::Settings& settings, TroubleFile& trouble) {
  RETURN_IF_ERROR(RequireTorSide(settings));
  RETURN_IF_ERROR(MakeFolders(settings.KeysFolder(), kKeyFolderMode));
  ASSIGN_OR_RETURN(const SigningKey fetcher_key,
                   SigningKey::LoadOrCreate(settings.KeysFolder() + "/fetcher.pem"));
  ASSIGN_OR_RETURN(auto writer, OpenWriter(settings, fetcher_key.public_key()));
  ASSIGN_OR_RETURN(auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(auto frontier, frontier::Frontier::Open(FrontierOptions(settings)));
  ASSIGN_OR_RETURN(auto control, JobDesk::OpenStores(settings.ControlFolder()));
  ASSIGN_OR_RETURN(auto robots, jobs::RobotsFiles::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(auto sessions, OpenSessions(settings, *archive));
  ASSIGN_OR_RETURN(auto guard, HostGuard::Open(settings, SystemClock()));
  ASSIGN_OR_RETURN(auto observer, availability::Observer::Open(settings.AvailabilityFolder(), SystemClock()));
  ASSIGN_OR_RETURN(auto ways, WaysOut::Start(settings,
                                             {.program = OwnFolder() + "/nightjar-fetcher",
                                              .hello = HelloOf(settings, fetcher_key),
                                              .clock = &SystemClock()},
                                             SystemRandom()));
  const Committer::Options commit{.batch = settings.crawl.commit_batch,
                                  .checkpoint_interval = settings.evidence.checkpoint_interval,
                                  .clock = &SystemClock(),
                                  .trouble = &trouble};
  return CrawlLoop::Parts{.control = std::move(control),
                          .robots = std::move(robots),
                          .frontier = std::move(frontier),
                          .archive = std::move(archive),
                          .committer = std::make_unique<Committer>(std::move(writer), commit),
                          .guard = std::move(guard),
                          .sessions = std::move(sessions),
                          .outgoing = Outgoing({.ways = std::move(ways),
                                                .observer = std::move(observer),
                                                .clock = &SystemClock(),
                                                .random = &SystemRandom()}),
                          .clock = &SystemClock(),
                          .random = &SystemRandom()};
}

constexpr std::size_t kMostListed = 200;  // lanes: `status` is for a screen, `host list` for all

std::string TroublePath(const config::Settings& settings) { return settings.data + "/crawl-trouble"; }

Status Crawl(const config::Settings& settings, const CrawlOptions& options, StopSignal& stop,
             TroubleFile& trouble) {
  RETURN_IF_ERROR(MakeFolders(settings.data));
  RETURN_IF_ERROR(trouble.Reserve());
  ASSIGN_OR_RETURN(auto parts, Prepare(settings, trouble));
  return CrawlLoop(std::move(parts), settings).Run(stop, options.until_idle);
}

// Where memory ends, the role ends as it does where the disk ends: with a reason, and nothing half done that
// the next start does not mend.
Status CrawlWithinMemory(const config::Settings& settings, const CrawlOptions& options, StopSignal& stop,
                         TroubleFile& trouble) {
  // Made beforehand: when it is needed there may be no memory to make it with.
  Status out_of_memory =
      Fail(Code::kFull, "out of memory; lower crawl.concurrency or give the machine more", "crawl");
  try {
    return Crawl(settings, options, stop, trouble);
  } catch (const std::bad_alloc&) {
    return out_of_memory;
  }
}

bool IsOfTheStores(Code code) { return code == Code::kFull || code == Code::kIo || code == Code::kCorrupt; }

}  // namespace

Status RunCrawl(const config::Settings& settings, const CrawlOptions& options, StopSignal& stop) {
  TroubleFile trouble(TroublePath(settings));
  Status ended = CrawlWithinMemory(settings, options, stop, trouble);
  if (!ended && IsOfTheStores(ended.error().code)) {
    const Status kept = trouble.Set(ended.error(), SystemClock().Utc());
    if (!kept) log::error("`nightjar status` cannot show why the crawl ended: {}", kept.error().Format());
  }
  return ended;
}

Result<std::optional<Trouble>> ReadTrouble(const config::Settings& settings) {
  return TroubleFile::Read(TroublePath(settings));
}

Result<FrontierStatus> ReadFrontierStatus(const config::Settings& settings) {
  ASSIGN_OR_RETURN(const auto counts, frontier::ReadCounts(settings.FrontierFolder()));
  FrontierStatus status;
  status.facts_read = counts.cursor;
  status.jobs = counts.jobs.size();
  frontier::Counts total;
  for (const auto& job : counts.jobs) {
    total += job.row.counts;
    for (std::size_t why = 0; why < job.row.excluded.size(); ++why) {
      if (job.row.excluded[why] == 0) continue;
      status.excluded_for[std::string(scope::ExclusionName(static_cast<scope::Exclusion>(why)))] +=
          job.row.excluded[why];
    }
  }
  status.waiting = total.waiting;
  status.leased = total.leased;
  status.done = total.done;
  status.failed = total.failed;
  status.excluded = total.excluded;
  ASSIGN_OR_RETURN(const auto page, frontier::ListLanes(settings.FrontierFolder(), {}, kMostListed));
  status.more_hosts = !page.next.empty();
  std::map<std::string, frontier::Counts> hosts;
  for (const auto& lane : page.lanes) hosts[lane.host] += lane.counts;
  for (const auto& [name, of_host] : hosts)
    status.hosts.push_back(
        {name, of_host.waiting, of_host.leased, of_host.done, of_host.failed, of_host.excluded});
  return status;
}

}  // namespace nightjar::crawler
