// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <memory>

#include "base/site_host.h"
#include "cli/availability.h"
#include "cli/control.h"
#include "cli/crawl_mail.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "crawler/availability/observer.h"
#include "crawler/frontier/listing.h"
#include "crawler/jobs/host_rules.h"

namespace nightjar::cli {
namespace {

using frontier::LaneListing;
using jobs::HostRule;

constexpr std::size_t kPage = 1000;

struct Arguments {
  std::string host;
  std::string job;
  std::string reason;
  std::uint32_t delay_ms = 0;
  bool json = false;
};

struct HostView {
  std::vector<LaneListing> lanes;
  frontier::Counts counts;
  HostRule rule;
};

// Every host that a job has a queue at, and every host with a rule.
Result<std::map<std::string, HostView>> ReadHosts(const config::Settings& settings,
                                                  const frontier::ListFilter& filter) {
  std::map<std::string, HostView> hosts;
  std::string after;
  do {
    const auto page = frontier::ListLanes(settings.FrontierFolder(), filter, kPage, after);
    if (!page && page.error().code == Code::kNotFound) break;  // nothing was ever crawled here
    if (!page) return tl::unexpected<Error>(page.error());
    for (const LaneListing& lane : page->lanes) {
      HostView& host = hosts[lane.host];
      host.lanes.push_back(lane);
      host.counts += lane.counts;
    }
    after = page->next;
  } while (!after.empty());
  ASSIGN_OR_RETURN(const auto rules, jobs::HostRules::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto listed, rules->List());
  for (const auto& [name, rule] : listed) {
    const bool wanted = rule.Means() && !filter.job && (!filter.host || *filter.host == name);
    if (wanted || hosts.contains(name)) hosts[name].rule = rule;
  }
  return hosts;
}

std::string RuleText(const HostRule& rule) {
  std::string text = rule.blocked ? "blocked" : "";
  if (rule.min_delay.count() > 0)
    text += fmt::format("{}delay {} ms", text.empty() ? "" : ", ", rule.min_delay.count());
  if (!rule.reason.empty()) text += " (" + ForTerminal(rule.reason) + ")";
  return text;
}

json::object ToJson(const frontier::Counts& counts) {
  return {{"waiting", counts.waiting},
          {"leased", counts.leased},
          {"done", counts.done},
          {"failed", counts.failed},
          {"excluded", counts.excluded}};
}

json::object ToJson(const std::string& name, const HostView& host) {
  json::array lanes;
  for (const LaneListing& lane : host.lanes) {
    json::object excluded;
    for (const auto& [reason, count] : lane.excluded) excluded[scope::ExclusionName(reason)] = count;
    lanes.push_back({{"job", lane.job.value},
                     {"counts", ToJson(lane.counts)},
                     {"excluded", std::move(excluded)},
                     {"run_pages", lane.run_pages},
                     {"held", lane.held}});
  }
  return {{"host", name},
          {"blocked", host.rule.blocked},
          {"min_delay_ms", host.rule.min_delay.count()},
          {"reason", host.rule.reason},
          {"counts", ToJson(host.counts)},
          {"jobs", std::move(lanes)}};
}

std::vector<std::string> Row(const std::string& name, const frontier::Counts& counts,
                             const std::string& last) {
  return {name,
          std::to_string(counts.waiting),
          std::to_string(counts.leased),
          std::to_string(counts.done),
          std::to_string(counts.failed),
          std::to_string(counts.excluded),
          last};
}

Status List(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  frontier::ListFilter filter;
  if (!arguments.job.empty()) filter.job = JobId{arguments.job};
  ASSIGN_OR_RETURN(const auto hosts, ReadHosts(settings, filter));
  Table table({"HOST", "WAITING>", "NOW>", "DONE>", "FAILED>", "EXCLUDED>", "RULE"});
  json::array out;
  for (const auto& [name, host] : hosts) {
    table.Add(Row(name, host.counts, RuleText(host.rule)));
    if (arguments.json) out.push_back(ToJson(name, host));
  }
  fmt::print("{}", arguments.json ? json::serialize(out) + "\n" : table.Format());
  return {};
}

Result<std::string> NameOf(const std::string& text) {
  const auto site = SiteHost::Parse(text);
  if (!site) return Fail(site.error().code, "the host " + site.error().text, text);
  return site->name();
}

std::string LaneNote(const LaneListing& lane) {
  std::string note = lane.held.empty() ? "" : "held: " + ForTerminal(lane.held);
  for (const auto& [reason, count] : lane.excluded)
    note += fmt::format("{}{} {}", note.empty() ? "" : ", ", scope::ExclusionName(reason), count);
  return note;
}

Status Show(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  frontier::ListFilter filter;
  ASSIGN_OR_RETURN(filter.host, NameOf(arguments.host));
  ASSIGN_OR_RETURN(const auto hosts, ReadHosts(settings, filter));
  const auto found = hosts.find(*filter.host);
  const HostView host = found == hosts.end() ? HostView{} : found->second;
  const auto timeline = availability::ReadTimeline(settings.AvailabilityFolder(), *filter.host);
  const availability::DownRule down = DownRuleOf(settings);
  if (arguments.json) {
    json::object shown = ToJson(*filter.host, host);
    shown["availability"] = cli::ToJson(timeline.value_or(availability::Timeline{}), down);
    fmt::print("{}\n", json::serialize(shown));
    return {};
  }
  const std::string rule = RuleText(host.rule);
  fmt::print("host {}\nrule: {}\n", *filter.host, rule.empty() ? "none" : rule);
  PrintAvailability(timeline.value_or(availability::Timeline{}), down);
  if (host.lanes.empty()) {
    fmt::print("no job has a queue here\n");
    return {};
  }
  Table table({"JOB", "WAITING>", "NOW>", "DONE>", "FAILED>", "EXCLUDED>", "NOTE"});
  for (const LaneListing& lane : host.lanes) table.Add(Row(lane.job.value, lane.counts, LaneNote(lane)));
  fmt::print("{}", table.Format());
  return {};
}

Status Change(const Context& context, const Arguments& arguments,
              const std::function<void(HostRule&)>& change) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto rules, jobs::HostRules::Open(settings.ControlFolder()));
  HostRule changed;
  ASSIGN_OR_RETURN(const std::string name, rules->Change(arguments.host, [&](HostRule& rule) {
    change(rule);
    rule.since = SystemClock().Utc();
    changed = rule;
  }));
  const std::string text = RuleText(changed);
  if (arguments.json)
    fmt::print("{}\n", json::serialize(json::object{{"host", name},
                                                    {"blocked", changed.blocked},
                                                    {"min_delay_ms", changed.min_delay.count()},
                                                    {"reason", changed.reason}}));
  else
    fmt::print("host {}: {}; a running crawl obeys within a second or two\n", name,
               text.empty() ? "no rule" : text);
  return {};
}

Status Retry(const Context& context, const std::string& host, const MailOptions& options) {
  ASSIGN_OR_RETURN(const std::string name, NameOf(host));
  return Order(context, {.what = jobs::Request::What::kRetryHost, .host = name}, options);
}

CLI::App* AddSub(CLI::App& verb, Context& context, const std::string& name, const std::string& description,
                 const std::string& example, const std::shared_ptr<Arguments>& arguments,
                 Status (*act)(const Context&, const Arguments&)) {
  CLI::App* sub = AddVerb(verb, name, description, example);
  if (name != "list") sub->add_option("HOST", arguments->host, "onion address")->required();
  sub->add_flag("--json", arguments->json, "print JSON");
  sub->callback([&context, arguments, act] {
    context.action = [&context, arguments, act] { return act(context, *arguments); };
  });
  return sub;
}

void AddRules(CLI::App& verb, Context& context) {
  auto block = std::make_shared<Arguments>();
  AddSub(verb, context, "block", "Fetch nothing from a host, whatever the job; what waits there stays",
         "nightjar host block <56 characters>.onion --reason 'seized, 2026-05-02'", block,
         [](const Context& c, const Arguments& a) {
           return Change(c, a, [&](HostRule& rule) { rule.blocked = true, rule.reason = a.reason; });
         })
      ->add_option("--reason", block->reason, "one line for whoever asks why");
  AddSub(verb, context, "unblock", "Let jobs fetch from a host again",
         "nightjar host unblock <56 characters>.onion", std::make_shared<Arguments>(),
         [](const Context& c, const Arguments& a) {
           return Change(c, a, [](HostRule& rule) { rule.blocked = false, rule.reason.clear(); });
         });
  auto delay = std::make_shared<Arguments>();
  AddSub(verb, context, "set-delay",
         "The least time between two requests to a host, where it is longer than a job's",
         "nightjar host set-delay <56 characters>.onion 5000", delay,
         [](const Context& c, const Arguments& a) {
           return Change(c, a,
                         [&](HostRule& rule) { rule.min_delay = std::chrono::milliseconds(a.delay_ms); });
         })
      ->add_option("MILLISECONDS", delay->delay_ms, "0: the jobs' own")
      ->required();
}

}  // namespace

void AddHost(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "host", "List, show, block and slow down hosts", "nightjar host list --job market");
  verb->require_subcommand(1);
  auto list = std::make_shared<Arguments>();
  AddSub(*verb, context, "list", "List the hosts with their queues and rules",
         "nightjar host list --job market", list, List)
      ->add_option("--job", list->job, "only where this job has a queue");
  AddSub(*verb, context, "show", "Show one host: its rule, and each job's queue there",
         "nightjar host show <56 characters>.onion", std::make_shared<Arguments>(), Show);
  AddRules(*verb, context);
  AddHostAuth(*verb, context);
  CLI::App* retry =
      AddVerb(*verb, "retry", "Try again at once what failed at a host or waits for a later try",
              "nightjar host retry <56 characters>.onion --wait");
  auto host = std::make_shared<std::string>();
  auto options = std::make_shared<MailOptions>();
  retry->add_option("HOST", *host, "onion address")->required();
  AddMailOptions(*retry, *options);
  retry->callback([&context, host, options] {
    context.action = [&context, host, options] { return Retry(context, *host, *options); };
  });
}

}  // namespace nightjar::cli
