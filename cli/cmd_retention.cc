// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "archive/places/places.h"
#include "cli/commands.h"
#include "cli/retention_run.h"
#include "cli/table.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

using retention::DueRow;
using retention::Hold;
using retention::Order;

constexpr std::size_t kDateSize = 10;

std::string DayOf(UtcTime time) { return FormatUtc(time).substr(0, kDateSize); }

// "2027-01-31", the beginning of that day in UTC, or a time as Nightjar prints it.
Result<UtcTime> ParseDay(const std::string& text, const std::string& option) {
  auto time = ParseUtc(text.size() == kDateSize ? text + "T00:00:00.000000Z" : text);
  if (!time) return Fail(Code::kInvalidInput, "is not a day such as 2027-01-31", option);
  return time;
}

Result<evidence::NumberRanges> ParseCaptures(const std::string& text) {
  auto ranges = evidence::NumberRanges::Parse(text);
  if (!ranges || ranges->empty())
    return Fail(Code::kInvalidInput, "must be ascending numbers and ranges, such as 3-5,9", "--captures");
  return ranges;
}

// due ---------------------------------------------------------------------------------------------------

Status ShowDue(const Context& context, const std::string& at) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  UtcTime now = SystemClock().Utc();
  if (!at.empty()) {
    ASSIGN_OR_RETURN(now, ParseDay(at, "--at"));
  }
  ASSIGN_OR_RETURN(const auto clocks, ReadClocks(settings));
  ASSIGN_OR_RETURN(const auto store, retention::HoldStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto holds, store->All());
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(const auto rows, retention::Survey(*archive, clocks, retention::HeldCaptures(holds), now));
  Table table({"CASE", "HOST", "CLASS", "CAPTURES>", "OLDEST (UTC)", "TO REVIEW>", "TO ERASE>", "HELD>",
               "RESTRICTED>"});
  for (const DueRow& row : rows)
    table.Add({row.case_id.value, row.host,
               row.class_name + (row.known_class ? "" : " (not in the settings)"),
               std::to_string(row.captures), DayOf(row.oldest), std::to_string(row.review_due),
               std::to_string(row.erase_due), std::to_string(row.held), std::to_string(row.restricted)});
  fmt::print("{}", table.Format());
  for (const Hold& hold : holds)
    if (!hold.released && hold.until <= now)
      fmt::print(
          "hold {} on captures {} was to be looked at again on {}: release it, or place a new one first\n",
          hold.number.value, hold.captures.Format(), DayOf(hold.until));
  return {};
}

void AddDue(CLI::App& retention, Context& context) {
  CLI::App* verb = AddVerb(retention, "due", "Which captures are to be reviewed, and which to be erased",
                           "nightjar retention due");
  auto at = std::make_shared<std::string>();
  verb->add_option("--at", *at, "as of this day (UTC) instead of now: 2027-01-31");
  verb->callback([&context, at] { context.action = [&context, at] { return ShowDue(context, *at); }; });
}

// erase, withdraw, orders -------------------------------------------------------------------------------

struct EraseArguments {
  CaseId case_id;
  std::string host;
  std::string before;
  bool only_due = false;
  std::string rule;
  std::string by;
  std::uint64_t order = 0;
  std::string approved_by;
};

void PrintPlan(const retention::Plan& plan) {
  fmt::print("  erases      {} capture(s): {}\n", plan.erase.Count(), plan.erase.Format());
  fmt::print("  restricts   {} that are held: {}\n", plan.restrict.Count(), plan.restrict.Format());
  for (const std::string& host : plan.emptied_hosts)
    fmt::print("  leaves nothing of {}\n", ForTerminal(host));
}

Status OrderErasure(const Context& context, const EraseArguments& arguments) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  const UtcTime now = SystemClock().Utc();
  retention::Selection selection{arguments.case_id, arguments.host, now, arguments.only_due};
  if (!arguments.before.empty()) {
    ASSIGN_OR_RETURN(selection.before, ParseDay(arguments.before, "--before"));
  }
  ASSIGN_OR_RETURN(const auto plan, ReadPlan(settings, selection));
  if (plan.erase.empty() && plan.restrict.empty())
    return Fail(Code::kInvalidInput, "nothing that is stored is meant by this", arguments.case_id.value);
  ASSIGN_OR_RETURN(const auto orders, retention::OrderStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto number, orders->Add(selection, arguments.rule, arguments.by, now));
  fmt::print("order {}, nothing is erased yet; as things stand it\n", number.value);
  PrintPlan(plan);
  fmt::print(
      "another person carries it out, with Nightjar stopped:\n"
      "  nightjar retention erase --order {} --approved-by NAME\n",
      number.value);
  return {};
}

Status CarryOutErasure(const Context& context, const EraseArguments& arguments) {
  ASSIGN_OR_RETURN(const auto settings, context.StartRole("retention"));
  ASSIGN_OR_RETURN(const auto done,
                   CarryOut(settings, {arguments.order}, arguments.approved_by, context.stop));
  fmt::print("erased {} capture(s), restricted {}; leaf {} of the log says so\n", done.erased,
             done.restricted, done.leaf.value);
  fmt::print("  {} facts and {} documents of the index went with them, and their key\n", done.facts,
             done.documents);
  fmt::print("backups of the keyring made before still hold the key: have them destroyed\n");
  return {};
}

Status Erase(const Context& context, const EraseArguments& arguments) {
  const bool orders = !arguments.case_id.value.empty();
  const bool approves = arguments.order != 0;
  if (orders == approves)
    return Fail(
        Code::kInvalidInput,
        "give --case (with --rule and --by) to order an erasure, or --order and --approved-by to carry "
        "out another person's order",
        "retention erase");
  return orders ? OrderErasure(context, arguments) : CarryOutErasure(context, arguments);
}

void AddErase(CLI::App& retention, Context& context) {
  const std::string example =
      "nightjar retention erase --case owl-7 --due --rule 'BDSG s.75' --by 'Analyst 3'\n"
      "  nightjar retention erase --order 1 --approved-by 'Data protection officer'";
  CLI::App* verb =
      AddVerb(retention, "erase", "Order an erasure, or carry out what another person ordered", example);
  auto arguments = std::make_shared<EraseArguments>();
  verb->add_option("--case", arguments->case_id.value, "whose captures");
  verb->add_option("--host", arguments->host, "only of this onion address");
  verb->add_option("--before", arguments->before, "only those made before this day (UTC): 2027-01-31");
  verb->add_flag("--due", arguments->only_due, "only those whose retention class says so");
  verb->add_option("--rule", arguments->rule, "by what law or order; stands in the log for ever");
  verb->add_option("--by", arguments->by, "who orders it; stands in the log too");
  verb->add_option("--order", arguments->order, "number of the order to be carried out");
  verb->add_option("--approved-by", arguments->approved_by, "who approves it: another person");
  verb->callback([&context, arguments] {
    context.action = [&context, arguments] { return Erase(context, *arguments); };
  });
}

Status ListOrders(const Context& context) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, retention::OrderStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto orders, store->All());
  Table table({"ORDER>", "STATE", "CASE", "HOST", "BEFORE (UTC)", "RULE", "ORDERED BY", "ENDED BY", "LEAF>"});
  for (const Order& order : orders)
    table.Add({std::to_string(order.number.value), std::string(OrderStateName(order.state)),
               order.selection.case_id.value,
               order.selection.host.empty() ? "all" : ForTerminal(order.selection.host),
               DayOf(order.selection.before), ForTerminal(order.rule), ForTerminal(order.ordered_by),
               ForTerminal(order.ended_by), order.leaf ? std::to_string(order.leaf->value) : "-"});
  fmt::print("{}", table.Format());
  return {};
}

Status Withdraw(const Context& context, std::uint64_t number, const std::string& by) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, retention::OrderStore::Open(settings.ControlFolder()));
  RETURN_IF_ERROR(store->Withdraw({number}, by, SystemClock().Utc()));
  fmt::print("order {} is withdrawn\n", number);
  return {};
}

void AddOrders(CLI::App& retention, Context& context) {
  CLI::App* list = AddVerb(retention, "orders", "List the orders to erase", "nightjar retention orders");
  list->callback([&context] { context.action = [&context] { return ListOrders(context); }; });
  CLI::App* withdraw = AddVerb(retention, "withdraw", "Take an order back that nobody has carried out",
                               "nightjar retention withdraw 1 --by 'Analyst 3'");
  auto arguments = std::make_shared<EraseArguments>();
  withdraw->add_option("ORDER", arguments->order, "its number")->required();
  withdraw->add_option("--by", arguments->by, "who takes it back")->required();
  withdraw->callback([&context, arguments] {
    context.action = [&context, arguments] { return Withdraw(context, arguments->order, arguments->by); };
  });
}

// hold, release, holds ----------------------------------------------------------------------------------

struct HoldArguments {
  Hold hold;
  std::string captures;
  std::string until;
  std::uint64_t number = 0;
};

Status CheckBelongs(const config::Settings& settings, const Hold& hold) {
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  for (const auto& range : hold.captures.ranges()) {
    for (std::uint64_t n = range.first; n <= range.last; ++n) {
      ASSIGN_OR_RETURN(const auto row, archive->GetRow({n}, captures::Restricted::kShow));
      if (row.rejected.empty() && row.record.case_id == hold.case_id) continue;
      return Fail(Code::kInvalidInput, "is no capture of the case " + hold.case_id.value,
                  "capture " + std::to_string(n));
    }
  }
  return {};
}

Status PlaceHold(const Context& context, const HoldArguments& arguments) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  Hold hold = arguments.hold;
  ASSIGN_OR_RETURN(hold.captures, ParseCaptures(arguments.captures));
  ASSIGN_OR_RETURN(hold.until, ParseDay(arguments.until, "--until"));
  hold.placed = SystemClock().Utc();
  RETURN_IF_ERROR(CheckBelongs(settings, hold));
  ASSIGN_OR_RETURN(const auto store, retention::HoldStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto number, store->Place(hold));
  fmt::print("hold {}: {} capture(s) of {} will not be erased until it is released\n", number.value,
             hold.captures.Count(), hold.case_id.value);
  return {};
}

Status ReleaseHold(const Context& context, const HoldArguments& arguments) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, retention::HoldStore::Open(settings.ControlFolder()));
  RETURN_IF_ERROR(
      store->Release({arguments.number}, {arguments.hold.reason, arguments.hold.by, SystemClock().Utc()}));
  fmt::print("hold {} is released; `nightjar retention due` shows what must go now\n", arguments.number);
  return {};
}

Status ListHolds(const Context& context) {
  ASSIGN_OR_RETURN(const auto settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, retention::HoldStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto holds, store->All());
  Table table({"HOLD>", "CASE", "CAPTURES", "REASON", "BY", "PLACED", "UNTIL", "RELEASED"});
  for (const Hold& hold : holds)
    table.Add({std::to_string(hold.number.value), hold.case_id.value, hold.captures.Format(),
               ForTerminal(hold.reason), ForTerminal(hold.by), DayOf(hold.placed), DayOf(hold.until),
               hold.released ? DayOf(hold.released->at) + " by " + ForTerminal(hold.released->by) + ": " +
                                   ForTerminal(hold.released->reason)
                             : "-"});
  fmt::print("{}", table.Format());
  return {};
}

void AddHolds(CLI::App& retention, Context& context) {
  auto arguments = std::make_shared<HoldArguments>();
  CLI::App* hold =
      AddVerb(retention, "hold", "Keep exhibits as evidence beyond their time",
              "nightjar retention hold --case owl-7 --captures 3-5,9 --reason 'Trial 4 KLs 7/26' "
              "--by 'Prosecutor 2' --until 2028-01-31");
  hold->add_option("--case", arguments->hold.case_id.value, "whose captures")->required();
  hold->add_option("--captures", arguments->captures, "numbers and ranges: 3-5,9")->required();
  hold->add_option("--reason", arguments->hold.reason, "what they are evidence for")->required();
  hold->add_option("--by", arguments->hold.by, "who places it")->required();
  hold->add_option("--until", arguments->until, "the day on which it is to be looked at again")->required();
  hold->callback([&context, arguments] {
    context.action = [&context, arguments] { return PlaceHold(context, *arguments); };
  });
  CLI::App* release =
      AddVerb(retention, "release", "End a hold: what is past its time is then to be erased",
              "nightjar retention release 1 --reason 'Judgment is final' --by 'Prosecutor 2'");
  release->add_option("HOLD", arguments->number, "its number")->required();
  release->add_option("--reason", arguments->hold.reason, "why")->required();
  release->add_option("--by", arguments->hold.by, "who ends it")->required();
  release->callback([&context, arguments] {
    context.action = [&context, arguments] { return ReleaseHold(context, *arguments); };
  });
  CLI::App* list =
      AddVerb(retention, "holds", "List all holds, released ones too", "nightjar retention holds");
  list->callback([&context] { context.action = [&context] { return ListHolds(context); }; });
}

}  // namespace

void AddRetention(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "retention", "How long captures are kept: what is due, holds, erasure by two persons",
              "nightjar retention due");
  verb->require_subcommand(1);
  AddDue(*verb, context);
  AddErase(*verb, context);
  AddOrders(*verb, context);
  AddHolds(*verb, context);
}

}  // namespace nightjar::cli
