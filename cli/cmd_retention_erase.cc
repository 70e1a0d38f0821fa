// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"
#include "cli/days.h"
#include "cli/retention_run.h"
#include "cli/retention_verbs.h"
#include "cli/table.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

using retention::Order;

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

void AddEraseVerb(CLI::App& retention, Context& context) {
  const std::string example =
      "nightjar retention erase --case owl-7 --due --rule 'BDSG s.75' --by 'Analyst 3'\n"
      "  nightjar retention erase --order 1 --approved-by 'Data protection officer'";
  CLI::App* verb =
      AddVerb(retention, "erase", "Order an erasure, or carry out what another person ordered", example);
  auto arguments = std::make_shared<EraseArguments>();
  verb->add_option("--case", arguments->case_id.value, "whose captures");
  verb->add_option("--host", arguments->host, "only of this onion address");
  verb->add_option("--before", arguments->before, "only those stored before this day (UTC): 2027-01-31");
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

}  // namespace

void AddRetentionErase(CLI::App& retention, Context& context) {
  AddEraseVerb(retention, context);
  AddOrders(retention, context);
}

}  // namespace nightjar::cli
