// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/hit_view.h"
#include "cli/saved_searches.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "cli/width.h"
#include "indexer/alert_runner.h"
#include "indexer/sinks/alert_texts.h"

namespace nightjar::cli {
namespace {

using watch::WatchStore;

constexpr std::size_t kShownWaiting = 10;

Result<std::unique_ptr<WatchStore>> OpenStore(const Context& context, WatchStore::Mode mode) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  auto store = WatchStore::Open(settings.WatchFolder(), mode);
  if (!store && store.error().code == Code::kNotFound)
    return Fail(Code::kNotFound, "nothing was saved yet; begin with `nightjar alerts save NAME QUERY`");
  return store;
}

std::string JoinedSinks(const watch::SavedSearch& search) {
  std::string names = "inbox";
  for (const std::string& sink : search.sinks) names += "," + sink;
  return names;
}

Status List(const Context& context) {
  ASSIGN_OR_RETURN(const auto store, OpenStore(context, WatchStore::Mode::kReadOnly));
  ASSIGN_OR_RETURN(const auto searches, store->Searches());
  Table table({"NAME", "STATE", "ON", "TO", "CASE", "OWNER", "SAVED (UTC)", "QUERY"});
  for (const watch::SavedSearch& search : searches) {
    table.Add({search.name, search.paused ? "paused" : "active", watch::WhatNames(search.what),
               JoinedSinks(search), search.case_id.empty() ? "all" : search.case_id,
               ForTerminal(search.owner), fmt::format("{:.10}", FormatUtc(search.created)),
               ForTerminal(search.text)});
  }
  fmt::print("{}", table.Format());
  ASSIGN_OR_RETURN(const std::uint64_t waiting, store->WaitingCount());
  if (waiting == 0) return {};
  fmt::print("\n{} deliver{} wait:\n", waiting, waiting == 1 ? "y" : "ies");
  ASSIGN_OR_RETURN(const auto some, store->Waiting(kShownWaiting));
  for (const watch::Delivery& delivery : some) {
    fmt::print("  alert {} to {}, {} failed tr{}, next {:.19}Z{}\n", delivery.alert, delivery.sink,
               delivery.tries, delivery.tries == 1 ? "y" : "ies", FormatUtc(delivery.due),
               delivery.last_error.empty() ? "" : ": " + ForTerminal(delivery.last_error));
  }
  return {};
}

std::string InboxTable(const std::vector<watch::Alert>& alerts) {
  constexpr std::size_t kOthers = 70;  // columns of the rest
  constexpr std::size_t kLeast = 20;
  const std::size_t width = TerminalWidth();
  Table table({"ALERT>", "", "RAISED (UTC)", "SEARCH", "WHY", "TITLE", "CAPTURE>"});
  for (const watch::Alert& alert : alerts) {
    const std::string title = ForTerminal(alert.title.empty() ? alert.url : alert.title);
    table.Add({std::to_string(alert.number), alert.read ? "" : "*",
               fmt::format("{:.10} {:.5}", FormatUtc(alert.when), FormatUtc(alert.when).substr(11)),
               alert.name, ForTerminal(alert.why),
               width == 0 ? title : FitTo(title, width > kOthers + kLeast ? width - kOthers : kLeast),
               std::to_string(alert.capture.value)});
  }
  return table.Format();
}

void PrintOne(const watch::Alert& alert) {
  fmt::print("alert {}{}\n", alert.number, alert.read ? "" : " (unread)");
  const auto line = [](std::string_view name, const std::string& value) {
    if (!value.empty()) fmt::print("  {:<9} {}\n", name, ForTerminal(value));
  };
  line("search", alert.name);
  line("why", alert.why);
  line("title", alert.title);
  line("address", alert.url);
  line("case", alert.case_id);
  line("item", alert.item);
  line("capture", std::to_string(alert.capture.value));
  line("captured", FormatUtc(alert.seen));
  line("raised", FormatUtc(alert.when));
  line("key", alert.key);
}

struct ShowArguments {
  WatchStore::Filter filter;
  std::uint64_t number = 0;
  bool as_json = false;
};

Status Show(const Context& context, const ShowArguments& arguments) {
  ASSIGN_OR_RETURN(const auto store, OpenStore(context, WatchStore::Mode::kReadOnly));
  std::vector<watch::Alert> alerts;
  if (arguments.number != 0) {
    ASSIGN_OR_RETURN(alerts.emplace_back(), store->Get(arguments.number));
  } else {
    ASSIGN_OR_RETURN(alerts, store->Inbox(arguments.filter));
  }
  if (arguments.as_json) {
    for (const watch::Alert& alert : alerts) fmt::print("{}\n", sinks::AlertJson(alert));
  } else if (arguments.number != 0) {
    PrintOne(alerts.front());
  } else {
    fmt::print("{}{} alert(s)\n", alerts.empty() ? "" : InboxTable(alerts), alerts.size());
  }
  return {};
}

Status MarkRead(const Context& context, const std::vector<std::uint64_t>& numbers, bool all) {
  ASSIGN_OR_RETURN(const auto store, OpenStore(context, WatchStore::Mode::kWrite));
  std::vector<std::uint64_t> which = numbers;
  if (all) {
    ASSIGN_OR_RETURN(const auto unread, store->Inbox({.unread_only = true, .most = SIZE_MAX}));
    for (const watch::Alert& alert : unread) which.push_back(alert.number);
  }
  std::size_t marked = 0;
  for (const std::uint64_t number : which) {
    ASSIGN_OR_RETURN(const bool was_unread, store->MarkRead(number));
    marked += was_unread ? 1 : 0;
  }
  fmt::print("{} alert(s) marked as read\n", marked);
  return {};
}

struct SaveArguments {
  watch::SavedSearch search;
  std::string what = "new,changed";
};

Status Save(const Context& context, const SaveArguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  watch::SavedSearch search = arguments.search;
  ASSIGN_OR_RETURN(search.what, watch::ParseWhat(arguments.what));
  return SaveSearch(settings, std::move(search));
}

Status Pause(const Context& context, const std::string& name, bool paused) {
  ASSIGN_OR_RETURN(const auto store, OpenStore(context, WatchStore::Mode::kWrite));
  RETURN_IF_ERROR(store->Pause(name, paused));
  fmt::print("{} is {}\n", name, paused ? "paused" : "active");
  return {};
}

Status Remove(const Context& context, const std::string& name) {
  ASSIGN_OR_RETURN(const auto store, OpenStore(context, WatchStore::Mode::kWrite));
  RETURN_IF_ERROR(store->Remove(name));
  fmt::print("{} removed; its alerts stay in the inbox\n", name);
  return {};
}

// Asks the query now, and sends a marked alert the way a real one would go.
Status Test(const Context& context, const std::string& name) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, OpenStore(context, WatchStore::Mode::kReadOnly));
  ASSIGN_OR_RETURN(const watch::SavedSearch search, store->Find(name));
  ASSIGN_OR_RETURN(const auto searcher, OpenSearcher(settings));
  ASSIGN_OR_RETURN(const auto answer, searcher->Search({.text = search.text,
                                                        .limit = 5,
                                                        .order = query::Order::kNewest,
                                                        .snippets = false,
                                                        .cases = query::OnlyCase(search.case_id)}));
  fmt::print("{}{} page version(s) match now\n", HitTable(answer.hits, 1, TerminalWidth()), answer.total);
  ASSIGN_OR_RETURN(const sinks::Sinks sinks, indexer::SinksOf(settings));
  const UtcTime now = SystemClock().Utc();
  const watch::Alert test{.key = watch::KeyOf(search, "test", static_cast<std::uint64_t>(UnixMicros(now))),
                          .search = search.id,
                          .name = search.name,
                          .owner = search.owner,
                          .why = "test",
                          .case_id = search.case_id,
                          .title = "a test by `nightjar alerts test`",
                          .seen = now,
                          .when = now};
  Status first_failure;
  for (const std::string& sink : search.sinks) {
    const auto found = sinks.find(sink);
    const Status taken = found == sinks.end() ? Fail(Code::kNotFound, "the settings do not name it any more")
                                              : found->second(test);
    fmt::print("{}: {}\n", sink, taken ? "taken" : ForTerminal(taken.error().Format()));
    if (!taken && first_failure)
      first_failure = Fail(Code::kUnavailable, "a sink did not take the alert", sink);
  }
  return first_failure;
}

void AddSave(CLI::App& verb, Context& context) {
  const std::string example = "nightjar alerts save owls 'owl ships_from:germany' --case owl-7 --to webhook";
  CLI::App* save = AddVerb(verb, "save", "Save a search: what is new for it raises alerts", example);
  auto arguments = std::make_shared<SaveArguments>();
  save->add_option("NAME", arguments->search.name, "short name: a-z, 0-9, '.', '_', '-'")->required();
  save->add_option("QUERY", arguments->search.text, "as for `nightjar search`")->required();
  save->add_option("--case", arguments->search.case_id, "it sees this case only");
  save->add_option("--owner", arguments->search.owner, "who wants to know");
  save->add_option("--on", arguments->what, "new, changed, gone, or several with commas")
      ->capture_default_str();
  save->add_option("--to", arguments->search.sinks, "webhook, mail: beside the inbox")->delimiter(',');
  save->callback([&context, arguments] {
    context.action = [&context, arguments] { return Save(context, *arguments); };
  });
}

void AddShow(CLI::App& verb, Context& context) {
  CLI::App* show = AddVerb(verb, "show", "The inbox, newest first, or one alert",
                           "nightjar alerts show --unread\n  nightjar alerts show 17");
  auto arguments = std::make_shared<ShowArguments>();
  show->add_option("NUMBER", arguments->number, "one alert, with everything");
  show->add_option("--search", arguments->filter.search, "alerts of this saved search");
  show->add_option("--owner", arguments->filter.owner, "alerts of this owner's searches");
  show->add_flag("--unread", arguments->filter.unread_only, "only what nobody has marked as read");
  show->add_option("--limit", arguments->filter.most, "alerts to print")
      ->capture_default_str()
      ->check(CLI::Range(1, 10000));
  show->add_option("--before", arguments->filter.before, "older than this number: the next page");
  show->add_flag("--json", arguments->as_json, "an object a line, as the webhook gets it");
  show->callback([&context, arguments] {
    context.action = [&context, arguments] { return Show(context, *arguments); };
  });
}

void AddNamed(CLI::App& verb, Context& context, const std::string& name, const std::string& help,
              Status (*run)(const Context&, const std::string&)) {
  CLI::App* sub = AddVerb(verb, name, help, "nightjar alerts " + name + " owls");
  auto which = std::make_shared<std::string>();
  sub->add_option("NAME", *which, "a saved search")->required();
  sub->callback(
      [&context, which, run] { context.action = [&context, which, run] { return run(context, *which); }; });
}

}  // namespace

void AddAlerts(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "alerts", "Saved searches, and the alerts they raised",
                           "nightjar alerts save owls 'owl ships_from:germany' --to webhook,mail");
  verb->require_subcommand(1);
  AddVerb(*verb, "list", "The saved searches, and deliveries that wait", "nightjar alerts list")
      ->callback([&context] { context.action = [&context] { return List(context); }; });
  AddShow(*verb, context);
  CLI::App* read = AddVerb(*verb, "read", "Mark alerts as read", "nightjar alerts read 17 18");
  auto numbers = std::make_shared<std::vector<std::uint64_t>>();
  auto all = std::make_shared<bool>(false);
  auto* which = read->add_option("NUMBER", *numbers, "alerts");
  read->add_flag("--all", *all, "all that are unread")->excludes(which);
  read->callback([&context, numbers, all] {
    context.action = [&context, numbers, all] { return MarkRead(context, *numbers, *all); };
  });
  AddSave(*verb, context);
  AddNamed(*verb, context, "pause", "A search raises nothing for a while",
           [](const Context& c, const std::string& name) { return Pause(c, name, true); });
  AddNamed(*verb, context, "resume", "... and does again, for what is new from then on",
           [](const Context& c, const std::string& name) { return Pause(c, name, false); });
  AddNamed(*verb, context, "remove", "Remove a saved search; its alerts stay", &Remove);
  AddNamed(*verb, context, "test", "Ask it now, and send a test alert to its sinks", &Test);
}

}  // namespace nightjar::cli
