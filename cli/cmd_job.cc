// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "cli/cmd_job_parts.h"
#include "cli/control.h"
#include "cli/crawl_mail.h"

namespace nightjar::cli {
namespace {

using jobs::JobState;
using jobs::Request;

constexpr std::size_t kRunsShown = 20;

struct Named {
  JobId id;
  bool json = false;
};

Status List(const Context& context, bool as_json) {
  ASSIGN_OR_RETURN(const Control control, OpenControl(context));
  ASSIGN_OR_RETURN(const auto views, ReadViews(control));
  if (!as_json) {
    fmt::print("{}", FormatJobs(views));
    return {};
  }
  json::array out;
  for (const JobView& view : views) out.push_back(ToJson(view));
  fmt::print("{}\n", json::serialize(out));
  return {};
}

Status Show(const Context& context, const Named& named) {
  ASSIGN_OR_RETURN(const Control control, OpenControl(context));
  ASSIGN_OR_RETURN(const JobView view, ReadView(control, named.id, kRunsShown));
  if (named.json)
    fmt::print("{}\n", json::serialize(ToJson(view)));
  else
    fmt::print("{}", FormatJob(view));
  return {};
}

void Say(const Named& named, std::string_view state) {
  if (named.json)
    fmt::print("{}\n", json::serialize(json::object{{"job", named.id.value}, {"state", state}}));
  else
    fmt::print("job {} is now {}\n", named.id.value, state);
}

Status SetState(const Context& context, const Named& named, JobState state) {
  ASSIGN_OR_RETURN(const Control control, OpenControl(context));
  RETURN_IF_ERROR(control.jobs->SetState(named.id, state));
  Say(named, JobStateName(state));
  return {};
}

// The crawl role drops what waits in the queue; captures stay, for they are evidence.
Status Remove(const Context& context, const Named& named) {
  ASSIGN_OR_RETURN(const Control control, OpenControl(context));
  ASSIGN_OR_RETURN(const JobView view, ReadView(control, named.id, 1));
  const crawler::Phase phase = view.outlook.phase;
  if (phase != crawler::Phase::kCancelled && phase != crawler::Phase::kFinished)
    return Fail(
        Code::kRefused,
        fmt::format(
            "the job is {}; only finished and cancelled jobs are removed: `nightjar job cancel {}` first",
            PhaseName(phase), named.id.value),
        named.id.value);
  ASSIGN_OR_RETURN(const auto requests, jobs::Requests::Open(control.settings.ControlFolder()));
  RETURN_IF_ERROR(
      requests->Ask({.what = Request::What::kDrop, .job = named.id, .asked = SystemClock().Utc()}));
  RETURN_IF_ERROR(control.jobs->SetState(named.id, JobState::kRemoved));
  Say(named, "removed; what it captured stays");
  return {};
}

Status RunNow(const Context& context, const JobId& id, const MailOptions& options) {
  ASSIGN_OR_RETURN(const Control control, OpenControl(context));
  ASSIGN_OR_RETURN(const jobs::Job job, control.jobs->Get(id));
  if (job.state != JobState::kActive)
    return Fail(Code::kRefused, fmt::format("the job is {}, so it cannot run", JobStateName(job.state)),
                id.value);
  return Order(context, {.what = Request::What::kRunNow, .job = id}, options);
}

// The verbs that take a job's name and nothing else.
void AddNamed(CLI::App& verb, Context& context, const std::string& name, const std::string& description,
              std::function<Status(const Named&)> act) {
  CLI::App* sub = AddVerb(verb, name, description, "nightjar job " + name + " market");
  auto named = std::make_shared<Named>();
  sub->add_option("NAME", named->id.value, "the job")->required();
  sub->add_flag("--json", named->json, "print JSON");
  sub->callback(
      [&context, named, act = std::move(act)] { context.action = [named, act] { return act(*named); }; });
}

void AddList(CLI::App& verb, Context& context) {
  CLI::App* list = AddVerb(verb, "list", "List the jobs, with their state and next run", "nightjar job list");
  auto as_json = std::make_shared<bool>(false);
  list->add_flag("--json", *as_json, "print JSON");
  list->callback(
      [&context, as_json] { context.action = [&context, as_json] { return List(context, *as_json); }; });
}

void AddRunNow(CLI::App& verb, Context& context) {
  CLI::App* run =
      AddVerb(verb, "run-now", "Begin the job's next run at once", "nightjar job run-now market --wait");
  auto id = std::make_shared<JobId>();
  auto options = std::make_shared<MailOptions>();
  run->add_option("NAME", id->value, "the job")->required();
  AddMailOptions(*run, *options);
  run->callback([&context, id, options] {
    context.action = [&context, id, options] { return RunNow(context, *id, *options); };
  });
}

}  // namespace

void AddJob(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "job", "Order, list and steer crawl jobs",
                           "nightjar job add market --case owl-7 --seed http://<56 characters>.onion/");
  verb->require_subcommand(1);
  AddJobAdd(*verb, context);
  AddJobExample(*verb, context);
  AddList(*verb, context);
  AddNamed(*verb, context, "show", "Show a job with its runs",
           [&context](const Named& named) { return Show(context, named); });
  AddJobEdit(*verb, context);
  AddJobSeed(*verb, context);
  AddNamed(*verb, context, "pause", "Stop fetching for a job; its queue stays",
           [&context](const Named& named) { return SetState(context, named, JobState::kPaused); });
  AddNamed(*verb, context, "resume", "Go on with a paused job",
           [&context](const Named& named) { return SetState(context, named, JobState::kActive); });
  AddRunNow(*verb, context);
  AddNamed(*verb, context, "cancel", "End a job for good; what it captured stays",
           [&context](const Named& named) { return SetState(context, named, JobState::kCancelled); });
  AddNamed(*verb, context, "rm", "Take a finished or cancelled job off the list; what it captured stays",
           [&context](const Named& named) { return Remove(context, named); });
}

}  // namespace nightjar::cli
