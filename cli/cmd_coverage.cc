// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/known_items.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "crawler/availability/observer.h"
#include "indexer/coverage/outage.h"
#include "indexer/query/terms.h"
#include "indexer/site_coverage.h"

namespace nightjar::cli {
namespace {

using indexer::SiteCoverage;

struct Arguments {
  std::string site;
  bool as_json = false;
};

struct Down {
  std::string host;
  coverage::Outage outage;
};

// What is our own trouble, or a door that we lack the key of, says nothing of the host.
Result<std::vector<Down>> DownTimes(const config::Settings& settings, const SiteCoverage& site) {
  using availability::Cause;
  std::vector<Down> all;
  for (const std::string& host : site.hosts) {
    const auto timeline = availability::ReadTimeline(settings.AvailabilityFolder(), query::SiteOf(host));
    if (!timeline && timeline.error().code == Code::kNotFound) continue;
    if (!timeline) return tl::unexpected<Error>(timeline.error());
    std::vector<coverage::Spell> spells;
    for (const availability::Span& span : timeline->spans) {
      if (span.cause == Cause::kTorNotReady || span.cause == Cause::kClientAuth) continue;
      const bool answered =
          span.cause == Cause::kAnswered || span.cause == Cause::kServerError || span.cause == Cause::kWall;
      spells.push_back({span.first, span.last, span.count, answered});
    }
    for (const coverage::Outage& outage : coverage::OutagesIn(spells)) all.push_back({host, outage});
  }
  return all;
}

std::string DownText(const std::vector<Down>& down) {
  if (down.empty()) return "";
  Table table({"DOWN", "NO ANSWER FROM (UTC)", "TO", "TRIES>"});
  for (const auto& [host, outage] : down)
    table.Add({ForTerminal(host), fmt::format("{:.16}", FormatUtc(outage.first_failure)),
               outage.ended ? fmt::format("{:.16}", FormatUtc(outage.next_answer)) : "now",
               std::to_string(outage.tries)});
  return "\n" + table.Format();
}

json::array Json(const std::vector<Down>& down) {
  json::array all;
  for (const auto& [host, outage] : down) {
    json::object shown{{"host", host},
                       {"last_answer", FormatUtc(outage.last_answer)},
                       {"first_failure", FormatUtc(outage.first_failure)},
                       {"last_failure", FormatUtc(outage.last_failure)},
                       {"tries", outage.tries}};
    if (outage.ended) shown["next_answer"] = FormatUtc(outage.next_answer);
    all.push_back(std::move(shown));
  }
  return all;
}

std::string ShareText(const coverage::Row& row) {
  const auto share = row.Share();
  return share ? fmt::format("{:.1f} %", *share * 100) : "-";
}

std::string Text(const SiteCoverage& site) {
  std::string text = fmt::format("{}  case {}, crawled on {} {}\n", ForTerminal(site.site),
                                 ForTerminal(site.case_id), site.rounds, site.rounds == 1 ? "day" : "days");
  if (site.estimate)
    text += fmt::format("  by what repeated crawls found, there are about {:.0f} ({:.0f} to {:.0f})\n",
                        site.estimate->total, site.estimate->low, site.estimate->high);
  Table table({"CATEGORY", "ANNOUNCED>", "CAPTURED>", "SHARE>", "SAID ON (UTC)", "CAPTURE>"});
  for (const coverage::Row& row : site.rows) {
    const auto& said = row.announced;
    table.Add({row.category.empty() ? "(the whole site)" : ForTerminal(row.category),
               said ? std::to_string(said->count) : "-", std::to_string(row.captured), ShareText(row),
               said ? fmt::format("{:.10}", FormatUtc(said->when)) : "-",
               said ? std::to_string(said->capture.value) : "-"});
  }
  return text + "\n" + table.Format();
}

json::object Json(const SiteCoverage& site) {
  json::array rows;
  for (const coverage::Row& row : site.rows) {
    json::object shown{{"category", row.category}, {"captured", row.captured}};
    if (row.announced) {
      shown["announced"] = row.announced->count;
      shown["announced_at"] = FormatUtc(row.announced->when);
      shown["announced_in"] = row.announced->capture.value;
      shown["share"] = *row.Share();
    }
    rows.push_back(std::move(shown));
  }
  json::object object{
      {"case", site.case_id}, {"site", site.site}, {"days", site.rounds}, {"rows", std::move(rows)}};
  if (site.estimate)
    object["estimate"] = json::object{
        {"total", site.estimate->total}, {"low", site.estimate->low}, {"high", site.estimate->high}};
  return object;
}

// One blocked mirror hides the whole site: its other hosts show the same.
Result<bool> IsHidden(blocklist::LiveBlocklist& blocked, const SiteCoverage& site) {
  std::set<std::string> names = site.hosts;
  if (names.empty()) names.insert(site.site);
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(const bool hidden, blocked.Ask(name));
    if (hidden) return true;
  }
  return false;
}

Status Show(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, OpenItems(settings));
  ASSIGN_OR_RETURN(const auto sites, indexer::CoverageOf(*store, arguments.site));
  blocklist::LiveBlocklist blocked(blocklist::ReadingOptionsOf(settings), SystemClock());
  bool shown = false;
  for (const SiteCoverage& site : sites) {
    ASSIGN_OR_RETURN(const bool hidden, IsHidden(blocked, site));
    if (hidden) continue;
    ASSIGN_OR_RETURN(const auto down, DownTimes(settings, site));
    if (arguments.as_json) {
      json::object object = Json(site);
      object["outages"] = Json(down);
      fmt::print("{}\n", json::serialize(object));
    } else {
      fmt::print("{}{}{}", shown ? "\n" : "", Text(site), DownText(down));
    }
    shown = true;
  }
  if (shown) return {};
  if (arguments.site.empty())
    return Fail(Code::kNotFound, "no listing or thread was read yet, and no site said how many it has");
  return Fail(Code::kNotFound, "nothing is known of a site of this name; `nightjar coverage` lists all",
              arguments.site);
}

}  // namespace

void AddCoverage(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "coverage", "Compare what sites say they have with what was captured",
                           "nightjar coverage bazaar");
  auto arguments = std::make_shared<Arguments>();
  verb->add_option("SITE", arguments->site, "its profile's name or onion address; without: every site");
  verb->add_flag("--json", arguments->as_json, "print JSON, one site a line");
  verb->callback([&context, arguments] {
    context.action = [&context, arguments] { return Show(context, *arguments); };
  });
}

}  // namespace nightjar::cli
