// SPDX-License-Identifier: Apache-2.0
#include "cli/job_view.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

#include "cli/table.h"
#include "cli/terminal.h"
#include "crawler/jobs/job_fields.h"

namespace nightjar::cli {
namespace {

using jobs::JobField;
using jobs::Run;

constexpr std::size_t kShownInList = 10;

json::value NumberOf(const std::string& text) {
  std::uint64_t whole = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (problem == std::errc() && end == text.data() + text.size()) return whole;
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

json::value ValueOf(const JobField& field, const jobs::Job& job) {
  const auto texts = field.get(job);
  switch (field.kind) {
    case JobField::Kind::kList:
      return json::array(texts.begin(), texts.end());
    case JobField::Kind::kNumber:
      return NumberOf(texts.at(0));
    case JobField::Kind::kFlag:
      return texts.at(0) == "yes";
    case JobField::Kind::kText:
      break;
  }
  return json::string(texts.at(0));
}

json::value TimeOrNull(const std::optional<UtcTime>& time) {
  return time ? json::value(FormatUtc(*time)) : json::value(nullptr);
}

json::object ToJson(const Run& run) {
  const bool open = run.end == Run::End::kOpen;
  return {{"number", run.number},
          {"cause", CauseName(run.cause)},
          {"began", FormatUtc(run.began)},
          {"end", EndName(run.end)},
          {"ended", open ? json::value(nullptr) : json::value(FormatUtc(run.ended))},
          {"pages", run.pages},
          {"bytes", run.bytes}};
}

std::string FieldText(const JobField& field, const jobs::Job& job) {
  auto texts = field.get(job);
  for (auto& text : texts) text = ForTerminal(text);
  const std::size_t shown = std::min(texts.size(), kShownInList);
  std::string text = fmt::format(
      "{}", fmt::join(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(shown), "\n    "));
  if (texts.size() > shown)
    text += fmt::format("\n    ... and {} more (--json shows all)", texts.size() - shown);
  return text.empty() ? "-" : text;
}

std::string NextRun(const JobView& view) {
  const auto& outlook = view.outlook;
  if (outlook.phase == crawler::Phase::kDue) return "when it can";
  return ShortTime(outlook.next_run);
}

}  // namespace

JobView ViewOf(jobs::Job job, std::vector<Run> runs, UtcTime now) {
  JobView view{std::move(job), std::move(runs), {}};
  view.outlook = crawler::Look(view.job, view.runs.empty() ? nullptr : &view.runs.front(), {}, now);
  // Only the crawl role begins runs: until it has, one that may begin is due.
  if (view.outlook.begin && (view.runs.empty() || view.runs.front().end != Run::End::kOpen)) {
    view.outlook.phase = crawler::Phase::kDue;
    view.outlook.next_run = now;
  }
  return view;
}

std::string ShortTime(const std::optional<UtcTime>& time) {
  if (!time) return "-";
  std::string text = FormatUtc(*time).substr(0, 19);
  text[10] = ' ';
  return text;
}

std::string FormatJobs(const std::vector<JobView>& views) {
  Table table({"JOB", "CASE", "STATE", "PRIORITY>", "NEXT RUN (UTC)", "LAST RUN (UTC)", "RUNS>", "PAGES>",
               "SEEDS>", "LEGAL BASIS"});
  for (const JobView& view : views) {
    const bool ran = !view.runs.empty();
    table.Add({view.job.id.value, view.job.case_id.value, std::string(PhaseName(view.outlook.phase)),
               std::to_string(view.job.priority), NextRun(view),
               ran ? ShortTime(view.runs.front().began) : "-",
               ran ? std::to_string(view.runs.front().number) : "0",
               ran ? std::to_string(view.runs.front().pages) : "0", std::to_string(view.job.seeds.size()),
               ForTerminal(view.job.legal_basis)});
  }
  return table.Format();
}

std::string FormatJob(const JobView& view) {
  std::string out = fmt::format("job {}: {}, next run (UTC) {}\nlegal basis: {}\ncreated: {}\n",
                                view.job.id.value, PhaseName(view.outlook.phase), NextRun(view),
                                ForTerminal(view.job.legal_basis), FormatUtc(view.job.created));
  for (const JobField& field : jobs::JobFields())
    out += fmt::format("{}: {}{}\n", field.name, field.get(view.job).size() > 1 ? "\n    " : "",
                       FieldText(field, view.job));
  if (view.runs.empty()) return out + "\nno run yet\n";
  Table runs({"RUN>", "CAUSE", "BEGAN (UTC)", "ENDED (UTC)", "END", "PAGES>", "BYTES>"});
  for (const Run& run : view.runs) {
    const bool open = run.end == Run::End::kOpen;
    runs.Add({std::to_string(run.number), std::string(CauseName(run.cause)), ShortTime(run.began),
              open ? "-" : ShortTime(run.ended), std::string(EndName(run.end)), std::to_string(run.pages),
              std::to_string(run.bytes)});
  }
  return out + "\n" + runs.Format();
}

json::object ToJson(const JobView& view) {
  json::object out{{"name", view.job.id.value},
                   {"legal_basis", view.job.legal_basis},
                   {"state", JobStateName(view.job.state)},
                   {"phase", PhaseName(view.outlook.phase)},
                   {"created", FormatUtc(view.job.created)},
                   {"next_run", TimeOrNull(view.outlook.next_run)}};
  for (const JobField& field : jobs::JobFields()) {
    const std::size_t dot = field.name.find('.');
    if (dot == std::string_view::npos) {
      out[field.name] = ValueOf(field, view.job);
      continue;
    }
    json::value& section = out[field.name.substr(0, dot)];
    if (!section.is_object()) section = json::object();
    section.as_object()[field.name.substr(dot + 1)] = ValueOf(field, view.job);
  }
  json::array runs;
  for (const Run& run : view.runs) runs.push_back(ToJson(run));
  out["runs"] = std::move(runs);
  return out;
}

}  // namespace nightjar::cli
