// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <memory>

#include "base/file.h"
#include "base/onion_list.h"
#include "base/url.h"
#include "cli/cmd_job_parts.h"
#include "cli/control.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "crawler/jobs/old_names.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kMaxList = std::size_t{64} << 20;

struct Arguments {
  JobId job;
  std::string file;
  bool historic = false;
  bool refused = false;
  bool json = false;
};

Status ShowHistoric(const Context& context, bool as_json) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto store, jobs::OldNames::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto names, store->List());
  Table table({"NAME (VERSION 2)", "FIRST MET (UTC)", "WITH JOB", "TIMES>"});
  json::array out;
  for (const auto& [name, met] : names) {
    table.Add({name, ShortTime(met.first_met), met.job.value, std::to_string(met.times)});
    out.push_back({{"name", name},
                   {"first_met", FormatUtc(met.first_met)},
                   {"job", met.job.value},
                   {"times", met.times}});
  }
  fmt::print("{}", as_json ? json::serialize(out) + "\n" : table.Format());
  return {};
}

Result<Bytes> ReadList(const std::string& file) {
  if (file != "-") return ReadFile(file, kMaxList);
  Bytes text(std::istreambuf_iterator<char>(std::cin), {});
  if (text.size() > kMaxList) return Fail(Code::kFull, "a list is not longer than 64 MiB", "standard input");
  return text;
}

// What stands in the store after an import.
struct Imported {
  std::size_t fresh = 0;
  std::size_t fresh_old_names = 0;
};

// What the blocklist knows is refused like anything else, and never repeated.
void LeaveOutBlocked(OnionMentions& found, const blocklist::Blocklist& blocked) {
  const auto left_out = std::erase_if(found.urls, [&](const std::string& text) {
    const auto url = Url::Parse(text);
    return url && blocked.Blocks(url->host());
  });
  if (left_out > 0) found.refused_by_reason["the host is on the blocklist"] += left_out;
}

Result<Imported> Import(const Control& control, const JobId& id, const OnionMentions& found) {
  Imported imported;
  const UtcTime now = SystemClock().Utc();
  if (!found.urls.empty()) {
    RETURN_IF_ERROR(control.jobs->Update(id, [&](jobs::Job job) -> Result<jobs::Job> {
      if (job.state == jobs::JobState::kCancelled)
        return Fail(Code::kRefused, "a cancelled job takes no seeds; add a new one", id.value);
      imported.fresh = jobs::AddSeeds(job, found.urls, now);
      return jobs::Validate(std::move(job));
    }));
  }
  ASSIGN_OR_RETURN(const auto old_names, jobs::OldNames::Open(control.settings.ControlFolder()));
  ASSIGN_OR_RETURN(imported.fresh_old_names, old_names->Meet(found.old_names, id, now));
  return imported;
}

void PrintJson(const Arguments& arguments, const OnionMentions& found, const Imported& imported) {
  json::object reasons;
  for (const auto& [reason, count] : found.refused_by_reason) reasons[reason] = count;
  json::array refused;
  for (const auto& one : found.refused)
    refused.push_back({{"text", ToValidUtf8(one.text)}, {"reason", one.reason}});
  fmt::print("{}\n", json::serialize(json::object{{"job", arguments.job.value},
                                                  {"found", found.urls.size()},
                                                  {"added", imported.fresh},
                                                  {"known", found.urls.size() - imported.fresh},
                                                  {"repeated", found.repeated},
                                                  {"old_names", found.old_names.size()},
                                                  {"refused_by_reason", std::move(reasons)},
                                                  {"refused", std::move(refused)}}));
}

void Print(const Arguments& arguments, const OnionMentions& found, const Imported& imported) {
  fmt::print("{} seed(s) added to job {}, {} known already, {} mention(s) repeated\n", imported.fresh,
             arguments.job.value, found.urls.size() - imported.fresh, found.repeated);
  if (!found.old_names.empty())
    fmt::print("{} name(s) of version 2 kept as historic, {} of them new: `nightjar job seed --historic`\n",
               found.old_names.size(), imported.fresh_old_names);
  for (const auto& [reason, count] : found.refused_by_reason) fmt::print("{} refused: {}\n", count, reason);
  if (!arguments.refused) return;
  for (const auto& one : found.refused) fmt::print("  {}: {}\n", ForTerminal(one.text), one.reason);
}

Status Seed(const Context& context, const Arguments& arguments) {
  if (arguments.historic) return ShowHistoric(context, arguments.json);
  if (arguments.job.value.empty() || arguments.file.empty())
    return Fail(Code::kInvalidInput,
                "name the job and the list: `nightjar job seed JOB FILE`, FILE - for standard input");
  ASSIGN_OR_RETURN(const Control control, OpenControl(context));
  RETURN_IF_ERROR(control.jobs->Get(arguments.job));
  ASSIGN_OR_RETURN(const Bytes text, ReadList(arguments.file));
  OnionMentions found = FindOnions(text);
  ASSIGN_OR_RETURN(const auto blocked, LoadBlocklist(control.settings));
  LeaveOutBlocked(found, blocked);
  ASSIGN_OR_RETURN(const Imported imported, Import(control, arguments.job, found));
  if (arguments.json)
    PrintJson(arguments, found, imported);
  else
    Print(arguments, found, imported);
  return {};
}

}  // namespace

void AddJobSeed(CLI::App& verb, Context& context) {
  CLI::App* seed =
      AddVerb(verb, "seed", "Add the onion addresses and URLs of a text or HTML file to a job's seeds",
              "nightjar job seed directories links.html --refused\n  nightjar job seed --historic");
  auto arguments = std::make_shared<Arguments>();
  seed->add_option("JOB", arguments->job.value, "the job");
  seed->add_option("FILE", arguments->file, "a link list or saved directory page; - for standard input");
  seed->add_flag("--historic", arguments->historic, "list the version 2 names met so far instead");
  seed->add_flag("--refused", arguments->refused, "name what was refused, not only how many");
  seed->add_flag("--json", arguments->json, "print JSON");
  seed->callback([&context, arguments] {
    context.action = [&context, arguments] { return Seed(context, *arguments); };
  });
}

}  // namespace nightjar::cli
