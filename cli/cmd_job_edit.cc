// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "archive/cases/cases.h"
#include "base/file.h"
#include "cli/cmd_job_parts.h"
#include "cli/control.h"
#include "cli/job_fields.h"
#include "crawler/jobs/job_file.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kMaxJobFile = 1 << 20;

struct Arguments {
  std::string name;
  std::string file;
  bool json = false;
  std::shared_ptr<GivenFields> fields;
};

// A file first, then whatever was given besides.
Result<jobs::Job> Describe(const Arguments& arguments) {
  jobs::Job job;
  if (!arguments.file.empty()) {
    ASSIGN_OR_RETURN(const Bytes yaml, ReadFile(arguments.file, kMaxJobFile));
    ASSIGN_OR_RETURN(job, jobs::ParseJobFile(yaml, arguments.file));
  }
  if (!arguments.name.empty()) job.id.value = arguments.name;
  if (job.id.value.empty())
    return Fail(Code::kInvalidInput,
                "a job needs a name: `nightjar job add NAME ...`, or --file with a \"name\"");
  RETURN_IF_ERROR(SetGiven(job, *arguments.fields));
  if (job.case_id.value.empty())
    return Fail(Code::kInvalidInput, "a job needs a case: --case, opened with `nightjar case add`",
                job.id.value);
  return job;
}

Status Add(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Control control, OpenControl(context));
  ASSIGN_OR_RETURN(jobs::Job job, Describe(arguments));
  ASSIGN_OR_RETURN(const auto case_store, cases::CaseStore::Open(control.settings.ControlFolder()));
  const auto named = case_store->Get(job.case_id);
  if (!named)
    return Fail(Code::kNotFound, "there is no such case; open it first with `nightjar case add`",
                job.case_id.value);
  job.legal_basis = named->legal_basis;
  job.created = SystemClock().Utc();
  ASSIGN_OR_RETURN(const auto blocked, LoadBlocklist(control.settings));
  ASSIGN_OR_RETURN(job, Admit(std::move(job), blocked));
  RETURN_IF_ERROR(control.jobs->Add(job));
  const JobView view = ViewOf(job, {}, job.created);
  if (arguments.json) {
    fmt::print("{}\n", json::serialize(ToJson(view)));
    return {};
  }
  fmt::print("job {} added: {} seed(s), {} host(s), depth {}, at most {} pages; ", job.id.value,
             job.seeds.size(), job.hosts.size(), job.max_depth, job.max_pages);
  const bool due = view.outlook.phase == crawler::Phase::kDue;
  fmt::print("next run {}\n", due ? "as soon as a crawl runs" : ShortTime(view.outlook.next_run) + " UTC");
  return {};
}

Status Edit(const Context& context, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Control control, OpenControl(context));
  const JobId id{arguments.name};
  ASSIGN_OR_RETURN(const auto blocked, LoadBlocklist(control.settings));
  const auto edited = control.jobs->Update(id, [&](jobs::Job job) -> Result<jobs::Job> {
    if (job.state == jobs::JobState::kCancelled)
      return Fail(Code::kRefused, "a cancelled job is not changed; add a new one", id.value);
    const jobs::Job before = job;
    RETURN_IF_ERROR(SetGiven(job, *arguments.fields));
    if (job.seeds != before.seeds) job.seeded = SystemClock().Utc();
    return Admit(std::move(job), blocked);
  });
  if (!edited) return tl::unexpected<Error>(edited.error());
  ASSIGN_OR_RETURN(const JobView view, ReadView(control, id, 1));
  if (arguments.json)
    fmt::print("{}\n", json::serialize(ToJson(view)));
  else
    fmt::print("job {} changed; a running crawl obeys within a second or two\n", id.value);
  return {};
}

Status Example() {
  jobs::Job job;
  job.id.value = "market";
  job.case_id.value = "owl-7";
  job.seeds = {"http://<56 characters>.onion/"};
  fmt::print("{}", jobs::FormatJobFile(job));
  return {};
}

}  // namespace

void AddJobAdd(CLI::App& verb, Context& context) {
  CLI::App* add =
      AddVerb(verb, "add", "Order a crawl",
              "nightjar job add market --case owl-7 --seed http://<56 characters>.onion/ --depth 6\n"
              "  nightjar job add --file job.yaml");
  auto arguments = std::make_shared<Arguments>();
  add->add_option("NAME", arguments->name, "short name: a-z, 0-9, '.', '_', '-'");
  add->add_option("--file", arguments->file,
                  "a job as YAML (`nightjar job example`); flags change what it says");
  add->add_flag("--json", arguments->json, "print JSON");
  arguments->fields = AddJobFlags(*add, {});
  add->callback(
      [&context, arguments] { context.action = [&context, arguments] { return Add(context, *arguments); }; });
}

void AddJobEdit(CLI::App& verb, Context& context) {
  CLI::App* edit =
      AddVerb(verb, "edit", "Change a job; what is not named stays, a list is replaced, '' empties it",
              "nightjar job edit market --pages 50000 --cron '30 2 * * *' --window 22:00-06:00");
  auto arguments = std::make_shared<Arguments>();
  edit->add_option("NAME", arguments->name, "the job")->required();
  edit->add_flag("--json", arguments->json, "print JSON");
  arguments->fields = AddJobFlags(*edit, {"--case"});
  edit->callback([&context, arguments] {
    context.action = [&context, arguments] { return Edit(context, *arguments); };
  });
}

void AddJobExample(CLI::App& verb, Context& context) {
  CLI::App* example =
      AddVerb(verb, "example", "Print a job file with every field, its meaning and its default",
              "nightjar job example > job.yaml");
  example->callback([&context] { context.action = [] { return Example(); }; });
}

}  // namespace nightjar::cli
