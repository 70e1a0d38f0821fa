// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "archive/cases/cases.h"
#include "cli/commands.h"
#include "crawler/jobs/blocked.h"
#include "crawler/jobs/job.h"

namespace nightjar::cli {
namespace {

struct JobArguments {
  jobs::Job job;
  std::int64_t delay_ms = jobs::Job{}.delay.count();
};

Result<std::unique_ptr<jobs::JobStore>> OpenJobs(const Context& context) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  return jobs::JobStore::Open(settings.ControlFolder());
}

Status Add(const Context& context, JobArguments arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto case_store, cases::CaseStore::Open(settings.ControlFolder()));
  auto named = case_store->Get(arguments.job.case_id);
  if (!named) {
    return Fail(Code::kNotFound, "there is no such case; open it first with `nightjar case add`",
                arguments.job.case_id.value);
  }
  arguments.job.legal_basis = named->legal_basis;
  arguments.job.delay = std::chrono::milliseconds(arguments.delay_ms);
  arguments.job.created = SystemClock().Utc();
  ASSIGN_OR_RETURN(const jobs::Job job, jobs::Validate(std::move(arguments.job)));
  ASSIGN_OR_RETURN(const auto blocked,
                   blocklist::Blocklist::Load(blocklist::OptionsOf(settings), SystemClock().Utc(), true));
  RETURN_IF_ERROR(jobs::RefuseBlocked(job, blocked));
  ASSIGN_OR_RETURN(const auto store, jobs::JobStore::Open(settings.ControlFolder()));
  RETURN_IF_ERROR(store->Add(job));
  fmt::print("job {} added: {} seed(s), {} host(s), depth {}, at most {} pages\n", job.id.value,
             job.seeds.size(), job.hosts.size(), job.max_depth, job.max_pages);
  return {};
}

Status List(const Context& context) {
  ASSIGN_OR_RETURN(const auto store, OpenJobs(context));
  ASSIGN_OR_RETURN(const auto all, store->List());
  fmt::print("{:<20} {:<20} {:<10} {:>5} {:>6} {:>9}  {}\n", "JOB", "CASE", "STATE", "SEEDS", "DEPTH",
             "PAGES", "LEGAL BASIS");
  for (const auto& job : all) {
    fmt::print("{:<20} {:<20} {:<10} {:>5} {:>6} {:>9}  {}\n", job.id.value, job.case_id.value,
               jobs::JobStateName(job.state), job.seeds.size(), job.max_depth, job.max_pages,
               job.legal_basis);
  }
  return {};
}

Status Show(const Context& context, const JobId& id) {
  ASSIGN_OR_RETURN(const auto store, OpenJobs(context));
  ASSIGN_OR_RETURN(const jobs::Job job, store->Get(id));
  fmt::print("job          {}\ncase         {}\nlegal basis  {}\nstate        {}\ncreated      {}\n",
             job.id.value, job.case_id.value, job.legal_basis, jobs::JobStateName(job.state),
             FormatUtc(job.created));
  fmt::print("bounds       depth {}, {} pages, {} ms between requests, jitter {}\n", job.max_depth,
             job.max_pages, job.delay.count(), job.jitter);
  fmt::print("seeds        {}\nhosts        {}\n", fmt::join(job.seeds, "\n             "),
             fmt::join(job.hosts, "\n             "));
  return {};
}

Status SetState(const Context& context, const JobId& id, jobs::JobState state) {
  ASSIGN_OR_RETURN(const auto store, OpenJobs(context));
  RETURN_IF_ERROR(store->SetState(id, state));
  fmt::print("job {} is now {}\n", id.value, jobs::JobStateName(state));
  return {};
}

void AddAdd(CLI::App& verb, Context& context) {
  CLI::App* add =
      AddVerb(verb, "add", "Order a crawl",
              "nightjar job add market --case owl-7 --seed http://<56 characters>.onion/ --depth 6");
  auto arguments = std::make_shared<JobArguments>();
  jobs::Job& job = arguments->job;
  add->add_option("NAME", job.id.value, "short name: a-z, 0-9, '.', '_', '-'")->required();
  add->add_option("--case", job.case_id.value, "the case it belongs to; its legal basis is copied")
      ->required();
  add->add_option("--seed", job.seeds, "onion URL to start from; may be given several times")->required();
  add->add_option("--host", job.hosts,
                  "onion host in scope besides the seeds' own; may be given several times");
  add->add_option("--depth", job.max_depth, "links away from a seed")->capture_default_str();
  add->add_option("--pages", job.max_pages, "requests at most, failures included")->capture_default_str();
  add->add_option("--delay-ms", arguments->delay_ms, "least time between two requests to one host")
      ->capture_default_str();
  add->add_option("--jitter", job.jitter, "random part added to the delay, as a fraction of it")
      ->capture_default_str();
  add->callback(
      [&context, arguments] { context.action = [&context, arguments] { return Add(context, *arguments); }; });
}

// The verbs that take a job's name and nothing else.
void AddNamed(CLI::App& verb, Context& context, const std::string& name, const std::string& description,
              std::function<Status(const JobId&)> act) {
  CLI::App* named = AddVerb(verb, name, description, "nightjar job " + name + " market");
  auto id = std::make_shared<JobId>();
  named->add_option("NAME", id->value, "the job")->required();
  named->callback([&context, id, act = std::move(act)] { context.action = [id, act] { return act(*id); }; });
}

}  // namespace

void AddJob(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "job", "Order, list and steer crawl jobs",
                           "nightjar job add market --case owl-7 --seed http://<56 characters>.onion/");
  verb->require_subcommand(1);
  AddAdd(*verb, context);
  CLI::App* list = AddVerb(*verb, "list", "List the jobs", "nightjar job list");
  list->callback([&context] { context.action = [&context] { return List(context); }; });
  AddNamed(*verb, context, "show", "Show a job", [&context](const JobId& id) { return Show(context, id); });
  AddNamed(*verb, context, "pause", "Stop fetching for a job; its queue stays",
           [&context](const JobId& id) { return SetState(context, id, jobs::JobState::kPaused); });
  AddNamed(*verb, context, "resume", "Go on with a paused job",
           [&context](const JobId& id) { return SetState(context, id, jobs::JobState::kActive); });
  AddNamed(*verb, context, "cancel", "End a job for good; what it captured stays",
           [&context](const JobId& id) { return SetState(context, id, jobs::JobState::kCancelled); });
}

}  // namespace nightjar::cli
