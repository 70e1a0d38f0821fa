// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>

#include "archive/captures/scrub.h"
#include "archive/places/places.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/days.h"
#include "cli/table.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

using captures::Reader;
using captures::ScrubReport;

constexpr std::size_t kDaysShown = 14;
constexpr std::size_t kAllDays = 100'000;
constexpr std::uint64_t kTellEvery = 500;

double Ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

json::object ToJson(const Reader::Stats& stats) {
  return {{"captures", stats.captures},
          {"bodies", stats.distinct_bodies},
          {"body_bytes", stats.body_bytes},
          {"stored_bytes", stats.stored_bytes}};
}

void PrintStats(const Reader::Stats& stats, std::uint64_t disk, const std::vector<Reader::Day>& days) {
  fmt::print("captures      {}\n", stats.captures);
  fmt::print(
      "bodies        {}, each once for its host and case: {:.0f} % of the captures brought a new one\n",
      stats.distinct_bodies, 100 * Ratio(stats.distinct_bodies, stats.captures));
  fmt::print("body bytes    {}, kept in {} ({:.2f} of them)\n", stats.body_bytes, stats.stored_bytes,
             Ratio(stats.stored_bytes, stats.body_bytes));
  fmt::print("on disk       {} bytes, {:.0f} for a capture\n\n", disk, Ratio(disk, stats.captures));
  Table table({"DAY (UTC)", "CAPTURES>", "NEW BODIES>", "BYTES>", "KEPT IN>"});
  for (const auto& [begin, added] : days)
    table.Add({DayOf(begin), std::to_string(added.captures), std::to_string(added.distinct_bodies),
               std::to_string(added.body_bytes), std::to_string(added.stored_bytes)});
  fmt::print("{}", table.Format());
}

Status ShowStats(const Context& context, bool as_json) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto archive, Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(const auto stats, archive->ReadStats());
  ASSIGN_OR_RETURN(const auto days, archive->Growth(as_json ? kAllDays : kDaysShown));
  const std::uint64_t disk = std::filesystem::file_size(settings.ArchiveFolder() + "/data.mdb");
  if (!as_json) {
    PrintStats(stats, disk, days);
    return {};
  }
  json::object shown = ToJson(stats);
  shown["disk_bytes"] = disk;
  json::array growth;
  for (const auto& [begin, added] : days) {
    json::object day = ToJson(added);
    day["day"] = DayOf(begin);
    growth.push_back(std::move(day));
  }
  shown["days"] = std::move(growth);
  fmt::print("{}\n", json::serialize(shown));
  return {};
}

Status Verdict(const ScrubReport& report) {
  for (const auto& [where, text] : report.problems)
    fmt::print("DAMAGED   {}: {}\n", where, ForTerminal(text));
  fmt::print(
      "read      {} captures ({} of them rejections, {} erased by rule), {} other leaves of the log,\n"
      "          {} bytes, {} tree nodes, {} checkpoints\n",
      report.captures - report.log_leaves, report.rejected, report.erased, report.log_leaves, report.bytes,
      report.nodes, report.checkpoints);
  if (report.problems_found == 0) {
    fmt::print("SOUND     everything is as it was when it was stored\n");
    return {};
  }
  return Fail(Code::kCorrupt,
              fmt::format("{} places are damaged; restore the archive from a backup, keep this one for "
                          "examination, and export nothing from it",
                          report.problems_found));
}

Status RunScrub(const Context& context) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  const bool watched = ::isatty(STDERR_FILENO) == 1;
  ASSIGN_OR_RETURN(const auto report,
                   captures::Scrub(places::ArchiveOf(settings), [&](std::uint64_t read, std::uint64_t of) {
                     if (watched && (read % kTellEvery == 0 || read == of))
                       fmt::print(stderr, "\r{} of {} captures{}", read, of, read == of ? "\n" : "");
                     return !context.stop.token().stop_requested();
                   }));
  return Verdict(report);
}

}  // namespace

void AddArchiveStore(CLI::App& archive_verb, Context& context) {
  CLI::App* stats =
      AddVerb(archive_verb, "stats", "Captures, bodies, how small they are kept, growth per day",
              "nightjar archive stats");
  auto as_json = std::make_shared<bool>(false);
  stats->add_flag("--json", *as_json, "for programs; all days");
  stats->callback(
      [&context, as_json] { context.action = [&context, as_json] { return ShowStats(context, *as_json); }; });
  AddVerb(archive_verb, "scrub", "Read everything and check every digest, seal, signature and tree node",
          "nightjar archive scrub")
      ->callback([&context] { context.action = [&context] { return RunScrub(context); }; });
}

}  // namespace nightjar::cli
