// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "archive/blocklist/blocklist.h"
#include "archive/facts/facts_store.h"
#include "archive/places/places.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/days.h"
#include "cli/hit_view.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "cli/width.h"
#include "indexer/hunt/patterns.h"
#include "indexer/hunt/run_hunt.h"

namespace nightjar::cli {
namespace {

using hunt::Hunt;
using hunt::HuntStore;

constexpr std::size_t kMatchesAtOnce = 1000;

Result<std::unique_ptr<HuntStore>> OpenStore(const config::Settings& settings, HuntStore::Mode mode) {
  auto store = HuntStore::Open(settings.HuntFolder(), mode);
  if (!store && store.error().code == Code::kNotFound)
    return Fail(Code::kNotFound, "there was no hunt yet; begin with `nightjar hunt start NAME --pattern RE`");
  return store;
}

std::string Percent(const Hunt& hunt) {
  if (hunt.end == 0) return hunt.state == hunt::HuntState::kDone ? "100 %" : "0 %";
  return fmt::format("{} %", hunt.next * 100 / hunt.end);
}

void PrintProgress(const Hunt& hunt) {
  const bool live = ::isatty(STDERR_FILENO) == 1;
  fmt::print(stderr, "{}{}: {} of {} captures ({}), {} match(es){}", live ? "\r" : "", hunt.name, hunt.next,
             hunt.end, Percent(hunt), hunt.matches, live ? " " : "\n");
}

Status Run(const Context& context, const std::string& name) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, OpenStore(settings, HuntStore::Mode::kWrite));
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  auto facts = facts::FactsStore::Open(settings.FactsFolder(), facts::FactsStore::Mode::kReadOnly);
  if (!facts && facts.error().code != Code::kNotFound) return tl::unexpected<Error>(facts.error());
  blocklist::LiveBlocklist blocked(blocklist::ReadingOptionsOf(settings), SystemClock());
  ASSIGN_OR_RETURN(const Hunt ended,
                   hunt::RunHunt(*store, name,
                                 {.archive = archive.get(),
                                  .facts = facts ? facts->get() : nullptr,
                                  .hidden = [&](const std::string& host) { return blocked.Ask(host); }},
                                 &PrintProgress, context.stop.token()));
  if (::isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\n");
  fmt::print("{}: {}, {} captures looked at, {} match(es)\n", ended.name,
             ended.state == hunt::HuntState::kWaiting ? "interrupted" : HuntStateName(ended.state),
             ended.looked_at, ended.matches);
  return {};
}

struct StartArguments {
  Hunt hunt;
  std::string since, until;
  bool later = false;
};

Status Start(const Context& context, const StartArguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  Hunt hunt = arguments.hunt;
  if (!arguments.since.empty()) {
    ASSIGN_OR_RETURN(hunt.since, ParseDay(arguments.since, "--since"));
  }
  if (!arguments.until.empty()) {
    ASSIGN_OR_RETURN(hunt.until, ParseDay(arguments.until, "--until"));
  }
  RETURN_IF_ERROR(hunt::Patterns::Compile(hunt.patterns));
  hunt.created = SystemClock().Utc();
  {
    ASSIGN_OR_RETURN(const auto store, OpenStore(settings, HuntStore::Mode::kWrite));
    RETURN_IF_ERROR(store->Add(hunt));
  }
  if (!arguments.later) return Run(context, hunt.name);
  fmt::print("{} is ready: nightjar hunt run {}\n", hunt.name, hunt.name);
  return {};
}

Status ShowStatus(const Context& context) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, OpenStore(settings, HuntStore::Mode::kReadOnly));
  ASSIGN_OR_RETURN(const auto hunts, store->All());
  Table table({"NAME", "STATE", "DONE>", "MATCHES>", "CASE", "STARTED (UTC)", "PATTERNS"});
  for (const Hunt& hunt : hunts) {
    std::string patterns;
    for (const std::string& pattern : hunt.patterns) patterns += (patterns.empty() ? "" : "  ") + pattern;
    table.Add({hunt.name, std::string(HuntStateName(hunt.state)), Percent(hunt), std::to_string(hunt.matches),
               hunt.case_id.empty() ? "all" : hunt.case_id, fmt::format("{:.16}", FormatUtc(hunt.created)),
               ForTerminal(patterns)});
  }
  fmt::print("{}", table.Format());
  return {};
}

struct ResultArguments {
  std::string name;
  bool as_json = false;
  bool as_csv = false;
};

void Print(const Hunt& hunt, const std::vector<hunt::Match>& matches, const ResultArguments& arguments) {
  Table table({"CAPTURE>", "WHERE", "PATTERN", "TEXT"});
  const std::size_t width = TerminalWidth();
  for (const hunt::Match& match : matches) {
    const std::string& pattern = hunt.patterns.at(match.pattern);
    if (arguments.as_json) {
      fmt::print("{}\n", json::serialize(json::object{{"capture", match.capture.value},
                                                      {"url", match.url},
                                                      {"pattern", pattern},
                                                      {"part", hunt::PartName(match.part)},
                                                      {"begin", match.begin},
                                                      {"end", match.end},
                                                      {"snippet", match.snippet}}));
    } else if (arguments.as_csv) {
      fmt::print("{}", CsvLine({std::to_string(match.capture.value), match.url, pattern,
                                std::string(hunt::PartName(match.part)), std::to_string(match.begin),
                                std::to_string(match.end), match.snippet}));
    } else {
      constexpr std::size_t kOthers = 50;
      const std::string text = ForTerminal(match.snippet);
      table.Add({std::to_string(match.capture.value),
                 fmt::format("{} {}-{}", hunt::PartName(match.part), match.begin, match.end),
                 FitTo(ForTerminal(pattern), 20),
                 width == 0 ? text : FitTo(text, std::max(width, kOthers * 2) - kOthers)});
    }
  }
  if (!arguments.as_json && !arguments.as_csv && !matches.empty()) fmt::print("{}", table.Format());
}

// Page by page: a million matches are not held.
Status Results(const Context& context, const ResultArguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, OpenStore(settings, HuntStore::Mode::kReadOnly));
  ASSIGN_OR_RETURN(const Hunt hunt, store->Find(arguments.name));
  if (arguments.as_csv)
    fmt::print("{}", CsvLine({"capture", "url", "pattern", "part", "begin", "end", "snippet"}));
  for (std::uint64_t place = 0; place < hunt.matches; place += kMatchesAtOnce) {
    ASSIGN_OR_RETURN(const auto matches, store->Matches(hunt.id, place, kMatchesAtOnce));
    Print(hunt, matches, arguments);
  }
  if (!arguments.as_csv && !arguments.as_json)
    fmt::print("{} match(es), {}\n", hunt.matches, HuntStateName(hunt.state));
  return {};
}

Status Change(const Context& context, const std::string& name, bool remove) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, OpenStore(settings, HuntStore::Mode::kWrite));
  if (remove) {
    RETURN_IF_ERROR(store->Remove(name));
    fmt::print("{} removed, with what it found\n", name);
    return {};
  }
  ASSIGN_OR_RETURN(const Hunt hunt, store->Find(name));
  if (hunt.state != hunt::HuntState::kWaiting) {
    fmt::print("{} is {} already\n", name, HuntStateName(hunt.state));
    return {};
  }
  RETURN_IF_ERROR(store->SetState(name, hunt::HuntState::kStopped));
  fmt::print("{} stops at {}; `nightjar hunt run {}` goes on\n", name, Percent(hunt), name);
  return {};
}

void AddStart(CLI::App& verb, Context& context) {
  CLI::App* start = AddVerb(verb, "start", "Record a hunt and run it, with its progress",
                            "nightjar hunt start wallets --pattern 'bc1q[a-z0-9]{38}' --case owl-7");
  auto arguments = std::make_shared<StartArguments>();
  start->add_option("NAME", arguments->hunt.name, "short name: a-z, 0-9, '.', '_', '-'")->required();
  start->add_option("--pattern", arguments->hunt.patterns, "an RE2 expression; may be given several times")
      ->required();
  start->add_option("--case", arguments->hunt.case_id, "captures of this case only");
  start->add_option("--host", arguments->hunt.host, "captures of this host only");
  start->add_option("--since", arguments->since, "captured on this day (UTC) or later");
  start->add_option("--until", arguments->until, "captured before this day (UTC)");
  start->add_option("--owner", arguments->hunt.owner, "who wants to know");
  start->add_flag("--bodies", arguments->hunt.bodies, "also look at bodies as they came, where not packed");
  start->add_flag("--later", arguments->later, "only record it");
  start->callback([&context, arguments] {
    context.action = [&context, arguments] { return Start(context, *arguments); };
  });
}

void AddNamed(CLI::App& verb, Context& context, const std::string& name, const std::string& help,
              Status (*run)(const Context&, const std::string&)) {
  CLI::App* sub = AddVerb(verb, name, help, "nightjar hunt " + name + " wallets");
  auto which = std::make_shared<std::string>();
  sub->add_option("NAME", *which, "a hunt")->required();
  sub->callback(
      [&context, which, run] { context.action = [&context, which, run] { return run(context, *which); }; });
}

}  // namespace

void AddHunt(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "hunt", "Look for patterns in everything that was captured",
                           "nightjar hunt start wallets --pattern 'bc1q[a-z0-9]{38}'");
  verb->require_subcommand(1);
  AddStart(*verb, context);
  AddNamed(*verb, context, "run", "Go on with a hunt, from where it was stopped or killed", &Run);
  AddVerb(*verb, "status", "All hunts and how far they are", "nightjar hunt status")->callback([&context] {
    context.action = [&context] { return ShowStatus(context); };
  });
  CLI::App* results = AddVerb(*verb, "results", "What a hunt has found so far",
                              "nightjar hunt results wallets --csv > wallets.csv");
  auto arguments = std::make_shared<ResultArguments>();
  results->add_option("NAME", arguments->name, "a hunt")->required();
  auto* json = results->add_flag("--json", arguments->as_json, "an object a line");
  results->add_flag("--csv", arguments->as_csv, "comma-separated values")->excludes(json);
  results->callback([&context, arguments] {
    context.action = [&context, arguments] { return Results(context, *arguments); };
  });
  AddNamed(*verb, context, "stop", "Stop a hunt that runs, wherever it does",
           [](const Context& c, const std::string& name) { return Change(c, name, false); });
  AddNamed(*verb, context, "remove", "Remove a hunt, with what it found",
           [](const Context& c, const std::string& name) { return Change(c, name, true); });
}

}  // namespace nightjar::cli
