// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "archive/alerts/alerts.h"
#include "archive/blocklist/blocklist.h"
#include "archive/captures/archive.h"
#include "archive/places/places.h"
#include "archive/store/watermark.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/outside_view.h"
#include "cli/terminal.h"
#include "cli/ways.h"
#include "crawler/crawl_role.h"
#include "crawler/jobs/job_store.h"
#include "indexer/index_role.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kShownAlerts = 5;

struct Overview {
  captures::Reader::Stats archive;
  std::uint64_t checkpoint_size = 0;
  OutsideState outside;
  std::optional<crawler::Trouble> trouble;
  indexer::IndexStatus index;
  crawler::FrontierStatus frontier;
  std::uint64_t ordered_jobs = 0;
  std::vector<WayState> ways;
  std::optional<std::uint64_t> disk_free;  // nothing: the data folder is not there yet
  std::uint64_t pause_below = 0;
  std::uint64_t alerts = 0;
  std::vector<alerts::Alert> newest_alerts;
  std::map<std::string, std::uint64_t> refused;  // by gate
  blocklist::Options blocklist_options;
  Result<blocklist::Blocklist> blocklist = Fail(Code::kNotFound, "was not read");

  // Crawl and index pause (archive/store/watermark.h).
  [[nodiscard]] bool DiskIsLow() const { return disk_free && *disk_free < pause_below; }

  // Nothing left to do: every job taken up, everything fetched, under a checkpoint, read, its links taken up,
  // and searchable.
  [[nodiscard]] bool Idle() const {
    return frontier.jobs >= ordered_jobs && frontier.waiting == 0 && frontier.leased == 0 &&
           frontier.facts_read == archive.captures && index.captures_indexed == archive.captures &&
           checkpoint_size == archive.captures;
  }
};

// Stores that do not exist yet count as empty: a new installation has a status too.
template <typename T>
Status Take(Result<T> read, T& into) {
  if (read) {
    into = std::move(*read);
  } else if (read.error().code != Code::kNotFound) {
    return tl::unexpected<Error>(read.error());
  }
  return {};
}

// Active jobs: those the crawl role takes up as soon as it runs.
Result<std::uint64_t> CountOrderedJobs(const config::Settings& settings) {
  if (::access(settings.ControlFolder().c_str(), F_OK) != 0) return 0;
  ASSIGN_OR_RETURN(const auto store, jobs::JobStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto all, store->List());
  return std::ranges::count(all, jobs::JobState::kActive, &jobs::Job::state);
}

Status ReadRules(const config::Settings& settings, Overview& overview) {
  overview.blocklist_options = blocklist::OptionsOf(settings);
  overview.blocklist = blocklist::Blocklist::Load(overview.blocklist_options, SystemClock().Utc(), false);
  const auto store = alerts::AlertStore::Open(settings.AlertsFolder(), alerts::AlertStore::Mode::kReadOnly);
  if (!store) return store.error().code == Code::kNotFound ? Status() : tl::unexpected<Error>(store.error());
  ASSIGN_OR_RETURN(overview.alerts, (*store)->Total());
  ASSIGN_OR_RETURN(overview.newest_alerts, (*store)->Newest(kShownAlerts));
  ASSIGN_OR_RETURN(overview.refused, (*store)->Counts());
  return {};
}

Result<Overview> ReadOverview(const config::Settings& settings) {
  Overview overview;
  auto archive = captures::Reader::Open(places::ArchiveOf(settings));
  if (archive) {
    ASSIGN_OR_RETURN(overview.archive, (*archive)->ReadStats());
    evidence::SignedCheckpoint checkpoint;
    RETURN_IF_ERROR(Take((*archive)->LatestCheckpoint(), checkpoint));
    overview.checkpoint_size = checkpoint.checkpoint.size;
  } else if (archive.error().code != Code::kNotFound) {
    return tl::unexpected<Error>(archive.error());
  }
  ASSIGN_OR_RETURN(overview.trouble, crawler::ReadTrouble(settings));
  ASSIGN_OR_RETURN(overview.outside, ReadOutside(settings));
  RETURN_IF_ERROR(Take(indexer::ReadIndexStatus(settings), overview.index));
  RETURN_IF_ERROR(Take(crawler::ReadFrontierStatus(settings), overview.frontier));
  ASSIGN_OR_RETURN(overview.ordered_jobs, CountOrderedJobs(settings));
  overview.ways = AskWays(settings);
  if (const auto free = store::FreeBytes(settings.data)) overview.disk_free = *free;
  overview.pause_below = settings.disk.PauseBelow();
  RETURN_IF_ERROR(ReadRules(settings, overview));
  return overview;
}

json::object RulesToJson(const Overview& overview) {
  json::object refused;
  for (const auto& [gate, count] : overview.refused) refused[gate] = count;
  json::array newest;
  for (const auto& alert : overview.newest_alerts)
    newest.push_back({{"at", FormatUtc(alert.at)}, {"kind", alert.kind}, {"subject", alert.subject}});
  return {{"blocklist_in_order", overview.blocklist.has_value()},
          {"blocklist_entries", overview.blocklist ? overview.blocklist->entries() : 0},
          {"refused", std::move(refused)},
          {"alerts", overview.alerts},
          {"newest_alerts", std::move(newest)}};
}

json::value TroubleToJson(const std::optional<crawler::Trouble>& trouble) {
  if (!trouble) return nullptr;
  return {{"since", FormatUtc(trouble->since)}, {"text", trouble->text}};
}

json::object ToJson(const Overview& overview) {
  json::array hosts;
  for (const auto& host : overview.frontier.hosts) {
    hosts.push_back({{"host", host.host},
                     {"waiting", host.waiting},
                     {"leased", host.leased},
                     {"done", host.done},
                     {"failed", host.failed},
                     {"excluded", host.excluded}});
  }
  return {{"idle", overview.Idle()},
          {"disk", {{"free_bytes", overview.disk_free.value_or(0)}, {"paused", overview.DiskIsLow()}}},
          {"archive",
           {{"captures", overview.archive.captures},
            {"bodies", overview.archive.distinct_bodies},
            {"body_bytes", overview.archive.body_bytes},
            {"stored_bytes", overview.archive.stored_bytes},
            {"checkpoint_size", overview.checkpoint_size}}},
          {"trouble", TroubleToJson(overview.trouble)},
          {"outside", ToJson(overview.outside, SystemClock().Utc())},
          {"rules", RulesToJson(overview)},
          {"index", {{"captures", overview.index.captures_indexed}, {"documents", overview.index.documents}}},
          {"frontier",
           {{"waiting", overview.frontier.waiting},
            {"leased", overview.frontier.leased},
            {"done", overview.frontier.done},
            {"failed", overview.frontier.failed},
            {"excluded", overview.frontier.excluded},
            {"excluded_for", json::value_from(overview.frontier.excluded_for)},
            {"facts_read", overview.frontier.facts_read},
            {"hosts", std::move(hosts)},
            {"more_hosts", overview.frontier.more_hosts}}},
          {"ways", ToJson(overview.ways)}};
}

void PrintRules(const Overview& overview) {
  if (!overview.blocklist) {
    fmt::print("blocklist NOT IN ORDER: {}\n", overview.blocklist.error().Format());
  } else if (overview.blocklist->lists().empty()) {
    fmt::print("blocklist none: {}\n", overview.blocklist_options.waiver);
  } else {
    fmt::print("blocklist {} entries\n", overview.blocklist->entries());
  }
  for (const auto& [gate, count] : overview.refused) fmt::print("          {} refused at {}\n", count, gate);
  if (overview.alerts > 0) fmt::print("ALERTS    {}\n", overview.alerts);
  for (const auto& alert : overview.newest_alerts)
    fmt::print("          {:.19}Z {}: {} ({})\n", FormatUtc(alert.at), alert.kind, alert.text,
               ForTerminal(alert.subject));
}

void Print(const Overview& overview) {
  const auto& archive = overview.archive;
  fmt::print("archive   {} captures, {} distinct bodies, {} bytes kept in {}\n", archive.captures,
             archive.distinct_bodies, archive.body_bytes, archive.stored_bytes);
  if (overview.trouble)
    fmt::print("TROUBLE   the crawl cannot store since {:.19}Z: {}\n", FormatUtc(overview.trouble->since),
               ForTerminal(overview.trouble->text));
  fmt::print("evidence  {} of {} captures under a signed checkpoint\n", overview.checkpoint_size,
             archive.captures);
  for (const std::string& line : Sentences(overview.outside, SystemClock().Utc())) fmt::print("{}\n", line);
  fmt::print("index     {} of {} captures searchable, {} documents\n", overview.index.captures_indexed,
             archive.captures, overview.index.documents);
  const auto& frontier = overview.frontier;
  fmt::print("frontier  {} waiting, {} under way, {} done, {} failed, {} excluded{}\n", frontier.waiting,
             frontier.leased, frontier.done, frontier.failed, frontier.excluded,
             overview.Idle() ? "  (idle)" : "");
  for (const auto& [reason, count] : frontier.excluded_for)
    fmt::print("          {} not fetched: {}\n", count, reason);
  for (const WayState& way : overview.ways)
    fmt::print("way out   {}: {}\n", way.name, way.ready ? way.text : "NOT READY: " + way.text);
  if (overview.DiskIsLow())
    fmt::print("disk      PAUSED: {} MiB are free, crawl and index wait for {} MiB (disk.pause_below_mib)\n",
               *overview.disk_free >> 20, overview.pause_below >> 20);
  PrintRules(overview);
  if (frontier.hosts.empty()) return;
  fmt::print("\n{:<62} {:>8} {:>6} {:>8} {:>7} {:>8}\n", "HOST", "WAITING", "NOW", "DONE", "FAILED",
             "EXCLUDED");
  for (const auto& host : frontier.hosts) {
    fmt::print("{:<62} {:>8} {:>6} {:>8} {:>7} {:>8}\n", host.host, host.waiting, host.leased, host.done,
               host.failed, host.excluded);
  }
  if (frontier.more_hosts) fmt::print("and more; `nightjar host list` shows them all\n");
}

Status Show(const Context& context, bool as_json) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const Overview overview, ReadOverview(settings));
  if (as_json) {
    fmt::print("{}\n", json::serialize(ToJson(overview)));
  } else {
    Print(overview);
  }
  return {};
}

}  // namespace

void AddStatus(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "status", "What is captured, proved, searchable and still to fetch", "nightjar status");
  auto as_json = std::make_shared<bool>(false);
  verb->add_flag("--json", *as_json, "print JSON; `idle` says whether any work is left");
  verb->callback(
      [&context, as_json] { context.action = [&context, as_json] { return Show(context, *as_json); }; });
}

}  // namespace nightjar::cli
