// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "cli/control.h"
#include "cli/terminal.h"
#include "crawler/jobs/host_rules.h"
#include "crawler/verdict.h"

namespace nightjar::cli {
namespace {

struct Arguments {
  std::string url;
  std::string base;
  std::string job;
  bool json = false;
};

Result<Url> ParseUrl(const Arguments& arguments) {
  if (arguments.base.empty()) return Url::Parse(arguments.url);
  ASSIGN_OR_RETURN(const Url base, Url::Parse(arguments.base));
  return Url::Parse(arguments.url, &base);
}

void Print(const Url& url, const crawler::Verdict& verdict) {
  fmt::print("url       {}\n", url.Href());
  if (!verdict.name.empty()) fmt::print("kept as   {}\n", verdict.name);
  fmt::print("host      {}\n", url.host());
  if (!verdict.onion.empty())
    fmt::print("identity  {}, version 3, checksum good\nkey       {}\n", verdict.onion, verdict.onion_key);
  fmt::print("verdict   {}: {}\n", VerdictName(verdict.kind), ForTerminal(verdict.reason));
}

void PrintJson(const Url& url, const crawler::Verdict& verdict) {
  fmt::print("{}\n", json::serialize(json::object{{"url", url.Href()},
                                                  {"name", verdict.name},
                                                  {"host", url.host()},
                                                  {"onion", verdict.onion},
                                                  {"key", verdict.onion_key},
                                                  {"verdict", VerdictName(verdict.kind)},
                                                  {"reason", verdict.reason}}));
}

Status Explain(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Url url, ParseUrl(arguments));
  ASSIGN_OR_RETURN(const Control control, OpenControl(context));
  ASSIGN_OR_RETURN(const auto store, jobs::HostRules::Open(control.settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto rules, store->List());
  std::optional<jobs::Job> job;
  if (!arguments.job.empty()) {
    ASSIGN_OR_RETURN(job, control.jobs->Get(JobId{arguments.job}));
  }
  ASSIGN_OR_RETURN(const auto blocked, LoadBlocklist(control.settings));
  const crawler::Verdict verdict = crawler::JudgeUrl(url, job ? &*job : nullptr, rules, &blocked);
  if (arguments.json)
    PrintJson(url, verdict);
  else
    Print(url, verdict);
  return {};
}

}  // namespace

void AddUrl(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "url", "How a URL is understood, whose host it names, and whether a job would fetch it",
              "nightjar url '../list?page=2' --base http://<56 characters>.onion/shop/ --job market");
  auto arguments = std::make_shared<Arguments>();
  verb->add_option("URL", arguments->url, "a URL, or a part of one with --base")->required();
  verb->add_option("--base", arguments->base, "URL of the page it stands on");
  verb->add_option("--job", arguments->job, "the job whose rules decide");
  verb->add_flag("--json", arguments->json, "print JSON");
  verb->callback([&context, arguments] {
    context.action = [&context, arguments] { return Explain(context, *arguments); };
  });
}

}  // namespace nightjar::cli
