// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "base/site_host.h"
#include "cli/control.h"
#include "cli/crawl_mail.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "crawler/frontier/listing.h"

namespace nightjar::cli {
namespace {

using frontier::QueuedUrl;
using frontier::UrlState;

struct Arguments {
  std::string job;
  std::string host;
  std::string state;
  std::string prefix;
  std::string after;
  std::uint32_t limit = 100;
  bool json = false;
};

constexpr std::array<std::pair<std::string_view, UrlState>, 5> kStates = {
    {{"waiting", UrlState::kWaiting},
     {"leased", UrlState::kLeased},
     {"done", UrlState::kDone},
     {"failed", UrlState::kFailed},
     {"excluded", UrlState::kExcluded}}};

std::string_view StateName(UrlState state) {
  for (const auto& [name, known] : kStates)
    if (known == state) return name;
  return "unknown";
}

Result<frontier::ListFilter> FilterOf(const Arguments& arguments) {
  frontier::ListFilter filter;
  if (!arguments.job.empty()) filter.job = JobId{arguments.job};
  if (!arguments.host.empty()) {
    const auto site = SiteHost::Parse(arguments.host);
    if (!site) return Fail(site.error().code, "the host " + site.error().text, arguments.host);
    filter.host = site->name();
  }
  filter.url_prefix = arguments.prefix;
  for (const auto& [name, state] : kStates)
    if (name == arguments.state) filter.state = state;
  if (!arguments.state.empty() && !filter.state)
    return Fail(Code::kInvalidInput, "is one of waiting, leased, done, failed, excluded", "--state");
  return filter;
}

json::object ToJson(const QueuedUrl& url) {
  return {{"job", url.job.value},
          {"host", url.host},
          {"url", ToValidUtf8(url.url)},
          {"state", StateName(url.state)},
          {"why", url.why},
          {"depth", url.depth},
          {"tries", url.tries},
          {"due", url.due ? json::value(FormatUtc(*url.due)) : json::value(nullptr)}};
}

void Print(const frontier::QueuePage& page, bool as_json) {
  if (as_json) {
    json::array urls;
    for (const QueuedUrl& url : page.urls) urls.push_back(ToJson(url));
    fmt::print("{}\n", json::serialize(json::object{{"urls", std::move(urls)}, {"next", page.next}}));
    return;
  }
  Table table({"JOB", "STATE", "WHY", "DUE (UTC)", "DEPTH>", "TRIES>", "URL"});
  for (const QueuedUrl& url : page.urls)
    table.Add({url.job.value, std::string(StateName(url.state)), url.why, ShortTime(url.due),
               std::to_string(url.depth), std::to_string(url.tries), ForTerminal(url.url)});
  fmt::print("{}", table.Format());
  if (!page.next.empty()) fmt::print("more: give --after {}\n", page.next);
}

Status Show(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto filter, FilterOf(arguments));
  auto page = frontier::ListQueue(settings.FrontierFolder(), filter, arguments.limit, arguments.after);
  if (!page && page.error().code != Code::kNotFound) return tl::unexpected<Error>(page.error());
  Print(page ? *page : frontier::QueuePage{}, arguments.json);
  return {};
}

Status Drop(const Context& context, const Arguments& arguments, const MailOptions& options) {
  ASSIGN_OR_RETURN(const Control control, OpenControl(context));
  RETURN_IF_ERROR(control.jobs->Get(JobId{arguments.job}));
  ASSIGN_OR_RETURN(const auto filter, FilterOf(arguments));
  return Order(context,
               {.what = jobs::Request::What::kDrop,
                .job = JobId{arguments.job},
                .host = filter.host.value_or(""),
                .url_prefix = arguments.prefix},
               options);
}

// Requests to the crawl role that it has not yet taken.
Status ShowRequests(const Context& context, bool as_json) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, jobs::Requests::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto open, store->Open());
  Table table({"REQUEST>", "ASKED (UTC)", "WHAT", "JOB", "HOST", "URLS"});
  json::array out;
  for (const auto& request : open) {
    table.Add({std::to_string(request.id.value), ShortTime(request.asked),
               std::string(WhatName(request.what)), request.job.value, request.host,
               ForTerminal(request.url_prefix)});
    out.push_back({{"request", request.id.value},
                   {"asked", FormatUtc(request.asked)},
                   {"what", WhatName(request.what)},
                   {"job", request.job.value},
                   {"host", request.host},
                   {"url_prefix", ToValidUtf8(request.url_prefix)}});
  }
  fmt::print("{}", as_json ? json::serialize(out) + "\n" : table.Format());
  return {};
}

void AddShow(CLI::App& verb, Context& context) {
  CLI::App* show = AddVerb(verb, "show", "List URLs: waiting, under way, done, failed, excluded, and why",
                           "nightjar queue show --job market --state failed");
  auto arguments = std::make_shared<Arguments>();
  show->add_option("--job", arguments->job, "only of this job");
  show->add_option("--host", arguments->host, "only at this onion address");
  show->add_option("--state", arguments->state, "waiting, leased, done, failed or excluded");
  show->add_option("--prefix", arguments->prefix, "only URLs that begin like this");
  show->add_option("--limit", arguments->limit, "how many at most")->capture_default_str();
  show->add_option("--after", arguments->after, "go on where the last page ended");
  show->add_flag("--json", arguments->json, "print JSON");
  show->callback([&context, arguments] {
    context.action = [&context, arguments] { return Show(context, *arguments); };
  });
}

void AddDrop(CLI::App& verb, Context& context) {
  CLI::App* drop = AddVerb(verb, "drop", "Drop what waits for a job: all, or at one host, or by URL",
                           "nightjar queue drop market --prefix http://<56 characters>.onion/calendar/");
  auto arguments = std::make_shared<Arguments>();
  auto options = std::make_shared<MailOptions>();
  drop->add_option("JOB", arguments->job, "the job")->required();
  drop->add_option("--host", arguments->host, "only at this onion address");
  drop->add_option("--prefix", arguments->prefix, "only URLs that begin like this");
  AddMailOptions(*drop, *options);
  drop->callback([&context, arguments, options] {
    context.action = [&context, arguments, options] { return Drop(context, *arguments, *options); };
  });
}

}  // namespace

void AddQueue(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "queue", "See and thin out what waits to be fetched", "nightjar queue show --job market");
  verb->require_subcommand(1);
  AddShow(*verb, context);
  AddDrop(*verb, context);
  CLI::App* requests = AddVerb(*verb, "requests", "List the orders the crawl role has not yet taken",
                               "nightjar queue requests");
  auto as_json = std::make_shared<bool>(false);
  requests->add_flag("--json", *as_json, "print JSON");
  requests->callback([&context, as_json] {
    context.action = [&context, as_json] { return ShowRequests(context, *as_json); };
  });
}

}  // namespace nightjar::cli
