// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/known_items.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "indexer/vendor_links.h"

namespace nightjar::cli {
namespace {

using indexer::KnownVendor;

struct Arguments {
  std::string who;
  std::string case_id;
  bool as_json = false;
};

struct Found {
  std::vector<KnownVendor> vendors;
  std::vector<identity::Edge> edges;
  std::vector<std::size_t> asked;  // places of the vendors asked for
};

bool IsAsked(const KnownVendor& vendor, const std::string& who) {
  return vendor.marks.item == who || identity::BareName(vendor.marks.name) == identity::BareName(who);
}

bool IsOf(const identity::Edge& edge, std::size_t place) { return edge.a == place || edge.b == place; }

std::string Named(const KnownVendor& vendor) {
  return ForTerminal(vendor.marks.name) + " at " + ForTerminal(vendor.marks.site);
}

std::string Reasons(const identity::Edge& edge) {
  std::string text;
  for (const identity::Reason& reason : edge.reasons)
    text += fmt::format("{}{} {:+d} ({})", text.empty() ? "" : "; ", identity::ReasonName(reason.kind),
                        reason.weight, ForTerminal(reason.detail));
  return text;
}

std::string EdgesText(const Found& found) {
  Table table({"VERDICT", "WEIGHT>", "VENDOR", "VENDOR", "REASONS"});
  for (const identity::Edge& edge : found.edges)
    table.Add({std::string(identity::VerdictName(edge.verdict)), std::to_string(edge.weight),
               Named(found.vendors[edge.a]), Named(found.vendors[edge.b]), Reasons(edge)});
  return table.Format();
}

std::string VendorText(const KnownVendor& vendor) {
  const items::State& state = vendor.state;
  std::string text =
      fmt::format("{}\n  id    {}\n  case  {}\n  at    {}\n  seen  {:.10} to {:.10}{}\n", Named(vendor),
                  vendor.marks.item, ForTerminal(state.key.case_id), ForTerminal(state.url),
                  FormatUtc(state.first_seen), FormatUtc(state.last_seen), state.gone ? ", gone since" : "");
  for (const std::string& key : vendor.marks.keys) text += fmt::format("  key   {}\n", ForTerminal(key));
  for (const identity::Contact& contact : vendor.marks.contacts)
    text += fmt::format("  {}  {}\n", ForTerminal(contact.kind), ForTerminal(contact.value));
  for (const identity::Claim& claim : vendor.marks.claims)
    text += fmt::format("  says to be at {}{}{}\n", ForTerminal(claim.site), claim.name.empty() ? "" : " as ",
                        ForTerminal(claim.name));
  return text;
}

json::object Json(const KnownVendor& vendor) {
  json::array keys;
  for (const std::string& key : vendor.marks.keys) keys.emplace_back(key);
  json::array contacts;
  for (const identity::Contact& contact : vendor.marks.contacts)
    contacts.push_back(json::object{{"kind", contact.kind}, {"value", contact.value}});
  return {{"id", vendor.marks.item},
          {"case", vendor.state.key.case_id},
          {"site", vendor.marks.site},
          {"name", vendor.marks.name},
          {"url", vendor.state.url},
          {"first_seen", FormatUtc(vendor.state.first_seen)},
          {"last_seen", FormatUtc(vendor.state.last_seen)},
          {"gone", vendor.state.gone},
          {"keys", std::move(keys)},
          {"contacts", std::move(contacts)}};
}

json::object Json(const Found& found, const identity::Edge& edge) {
  json::array reasons;
  for (const identity::Reason& reason : edge.reasons)
    reasons.push_back(json::object{
        {"reason", identity::ReasonName(reason.kind)}, {"weight", reason.weight}, {"detail", reason.detail}});
  return {{"verdict", identity::VerdictName(edge.verdict)},
          {"weight", edge.weight},
          {"a", found.vendors[edge.a].marks.item},
          {"b", found.vendors[edge.b].marks.item},
          {"reasons", std::move(reasons)}};
}

Result<Found> Find(const config::Settings& settings, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto store, OpenItems(settings));
  ASSIGN_OR_RETURN(const auto facts,
                   facts::FactsStore::Open(settings.FactsFolder(), facts::FactsStore::Mode::kReadOnly));
  Found found;
  ASSIGN_OR_RETURN(auto vendors, indexer::ReadVendors(*store, *facts, arguments.case_id));
  blocklist::LiveBlocklist blocked(blocklist::ReadingOptionsOf(settings), SystemClock());
  for (KnownVendor& vendor : vendors) {
    ASSIGN_OR_RETURN(const bool hidden, IsHidden(blocked, vendor.state));
    if (!hidden) found.vendors.push_back(std::move(vendor));
  }
  found.edges = indexer::LinkVendors(found.vendors);
  if (arguments.who.empty()) return found;
  for (std::size_t i = 0; i < found.vendors.size(); ++i)
    if (IsAsked(found.vendors[i], arguments.who)) found.asked.push_back(i);
  if (found.asked.empty())
    return Fail(Code::kNotFound,
                "no vendor of this name or id is known; `nightjar search 'kind:vendor'` lists them",
                arguments.who);
  std::erase_if(found.edges, [&](const identity::Edge& edge) {
    return std::ranges::none_of(found.asked, [&](std::size_t place) { return IsOf(edge, place); });
  });
  return found;
}

Status Show(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const Found found, Find(settings, arguments));
  if (arguments.as_json) {
    for (const std::size_t place : found.asked)
      fmt::print("{}\n", json::serialize(Json(found.vendors[place])));
    for (const identity::Edge& edge : found.edges) fmt::print("{}\n", json::serialize(Json(found, edge)));
    return {};
  }
  for (const std::size_t place : found.asked) fmt::print("{}\n", VendorText(found.vendors[place]));
  if (found.edges.empty()) {
    fmt::print(
        "{} known; none has enough in common with another to be named\n",
        found.vendors.size() == 1 ? "one vendor is" : fmt::format("{} vendors are", found.vendors.size()));
    return {};
  }
  fmt::print("{}", EdgesText(found));
  return {};
}

}  // namespace

void AddVendor(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "vendor", "Show who is the same vendor on several sites, and why",
                           "nightjar vendor quiet_heron41");
  auto arguments = std::make_shared<Arguments>();
  verb->add_option("VENDOR", arguments->who, "a name, however spelt, or an item's id; without: every pair");
  verb->add_option("--case", arguments->case_id, "only vendors captured for this case");
  verb->add_flag("--json", arguments->as_json, "print JSON: the vendors, then the pairs, one a line");
  verb->callback([&context, arguments] {
    context.action = [&context, arguments] { return Show(context, *arguments); };
  });
}

}  // namespace nightjar::cli
