// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "archive/blocklist/blocklist.h"
#include "archive/bundle/bundle.h"
#include "archive/cases/cases.h"
#include "archive/cases/exports.h"
#include "archive/consensus/consensus.h"
#include "archive/facts/facts_store.h"
#include "archive/places/places.h"
#include "archive/wacz/wacz.h"
#include "base/url.h"
#include "cli/commands.h"
#include "cli/export_attestation.h"
#include "indexer/query/query.h"
#include "search/report/report.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kMostCaptures = 1'000'000;  // more than any exhibit; a larger one is asked for in parts

struct ExportArguments {
  CaseId case_id;
  std::string query;
  JobId job;
  std::vector<std::uint64_t> captures;
  std::string out;
  std::string by;
  std::string reason;
  std::string format = "bundle";
  bool no_report = false;
  bool restricted = false;
};

// That a host on the blocklist was left alone is recorded, but its address is not handed out.
bool IsOfBlockedHost(const captures::Record& record, const blocklist::Blocklist& blocked) {
  const auto url = Url::Parse(record.url);
  return record.outcome == captures::Outcome::kNotAttempted && url && blocked.Blocks(url->host());
}

// Every capture of a job in this case that the newest checkpoint vouches for.
Result<std::vector<CaptureNumber>> OfJob(const captures::Reader& archive, const ExportArguments& arguments,
                                         const blocklist::Blocklist& blocked) {
  ASSIGN_OR_RETURN(const auto checkpoint, archive.LatestCheckpoint());
  const auto shown = arguments.restricted ? captures::Restricted::kShow : captures::Restricted::kHide;
  std::vector<CaptureNumber> chosen;
  for (std::uint64_t n = 0; n < checkpoint.checkpoint.size; ++n) {
    ASSIGN_OR_RETURN(const captures::CaptureRow row, archive.GetRow({n}, shown));
    if (row.record.job == arguments.job && row.record.case_id == arguments.case_id &&
        !IsOfBlockedHost(row.record, blocked))
      chosen.push_back(row.number);
  }
  return chosen;
}

Result<std::vector<CaptureNumber>> Choose(const config::Settings& settings, const captures::Reader& archive,
                                          const ExportArguments& arguments,
                                          const blocklist::Blocklist& blocked) {
  std::vector<CaptureNumber> chosen;
  for (const std::uint64_t number : arguments.captures) chosen.push_back(CaptureNumber{number});
  if (!arguments.job.value.empty()) {
    ASSIGN_OR_RETURN(chosen, OfJob(archive, arguments, blocked));
  } else if (!arguments.query.empty()) {
    ASSIGN_OR_RETURN(const auto searcher,
                     query::Searcher::Open(settings.IndexFolder(), settings.FactsFolder()));
    ASSIGN_OR_RETURN(chosen, searcher->Captures(arguments.query, arguments.case_id, kMostCaptures));
  }
  if (chosen.empty())
    return Fail(Code::kNotFound, "nothing matches in this case; nothing was exported", arguments.query);
  return chosen;
}

std::string SelectionOf(const ExportArguments& arguments) {
  if (!arguments.job.value.empty()) return "job " + arguments.job.value;
  if (!arguments.query.empty()) return "query " + arguments.query;
  return fmt::format("captures {}", fmt::join(arguments.captures, ","));
}

Status CheckArguments(const ExportArguments& arguments) {
  const int ways = static_cast<int>(!arguments.query.empty()) +
                   static_cast<int>(!arguments.captures.empty()) +
                   static_cast<int>(!arguments.job.value.empty());
  if (arguments.restricted && (arguments.by.empty() || arguments.reason.empty()))
    return Fail(Code::kInvalidInput,
                "needs --by and --reason: what is held as evidence leaves on purpose only", "--restricted");
  if (ways == 1) return {};
  return Fail(Code::kInvalidInput,
              "say what to export: --query QUERY, --job JOB, or --capture N (one or more)");
}

// What is the same for every form of export.
Result<bundle::ExportRequest> RequestOf(const config::Settings& settings, const captures::Reader& archive,
                                        const ExportArguments& arguments) {
  ASSIGN_OR_RETURN(const auto case_store, cases::CaseStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(cases::Case exported, case_store->Get(arguments.case_id));
  ASSIGN_OR_RETURN(auto blocked, blocklist::Blocklist::Load(blocklist::ReadingOptionsOf(settings),
                                                            SystemClock().Utc(), false));
  const auto list = std::make_shared<blocklist::Blocklist>(std::move(blocked));
  ASSIGN_OR_RETURN(auto chosen, Choose(settings, archive, arguments, *list));
  return bundle::ExportRequest{.exported_case = std::move(exported),
                               .captures = std::move(chosen),
                               .selection = SelectionOf(arguments),
                               .out_path = arguments.out,
                               .exported_by = arguments.by,
                               .reason = arguments.reason,
                               .refuse_host = [list](std::string_view host) { return list->Blocks(host); },
                               .restricted = arguments.restricted};
}

// Null where nothing was read yet.
Result<std::unique_ptr<facts::FactsStore>> OpenFacts(const config::Settings& settings) {
  auto opened = facts::FactsStore::Open(settings.FactsFolder(), facts::FactsStore::Mode::kReadOnly);
  if (!opened && opened.error().code == Code::kNotFound) return std::unique_ptr<facts::FactsStore>();
  return opened;
}

std::string Shown(const char* what, const std::optional<UtcTime>& at) {
  return at ? fmt::format("{} {:.19}Z", what, FormatUtc(*at)) : fmt::format("NOT {}", what);
}

Status ExportBundle(const config::Settings& settings, const captures::Reader& archive,
                    bundle::ExportRequest request, bool with_report) {
  ASSIGN_OR_RETURN(const auto export_log, cases::ExportLog::Open(settings.ControlFolder()));
  const CaseId& case_id = request.exported_case.id;
  ASSIGN_OR_RETURN(request.earlier, export_log->Of(case_id));
  const consensus::Store consensuses(settings.ConsensusFolder());
  request.consensus = [&](const Digest& sha256) { return consensuses.Get(sha256); };
  ASSIGN_OR_RETURN(const auto facts, OpenFacts(settings));
  const report::Sources sources{.archive = &archive, .facts = facts.get()};
  if (with_report) request.papers = [&](const auto& plan) { return report::MakePapers(plan, sources); };
  ASSIGN_OR_RETURN(request.attestation, FreshAttestation(settings, request.captures));
  ASSIGN_OR_RETURN(const bundle::ExportSummary summary, bundle::Export(archive, request));
  RETURN_IF_ERROR(export_log->Add({.case_id = case_id,
                                   .at = SystemClock().Utc(),
                                   .by = request.exported_by,
                                   .reason = request.reason,
                                   .selection = request.selection,
                                   .checkpoint = summary.note,
                                   .captures = summary.captures,
                                   .sha256 = summary.sha256}));
  for (const CaptureNumber number : summary.erased)
    fmt::print("capture {} was erased by rule; the bundle says which and by whom\n", number.value);
  fmt::print("exported {} capture(s) of case {} to {}: {} bytes, sha256 {}; {}, {}\n", summary.captures,
             case_id.value, request.out_path, summary.bytes, summary.sha256.Hex(),
             Shown("cosigned", summary.cosigned_at), Shown("stamped", summary.stamped_at));
  return {};
}

Status ExportForReplay(const config::Settings& settings, const captures::Reader& archive,
                       const bundle::ExportRequest& request, bool as_wacz) {
  ASSIGN_OR_RETURN(const auto facts, OpenFacts(settings));
  const auto title = [&](CaptureNumber number) {
    if (!facts) return std::string();
    const auto read = facts->Get(number);
    return read ? read->title : std::string();
  };
  ASSIGN_OR_RETURN(const wacz::Summary summary, as_wacz ? wacz::ExportWacz(archive, request, title)
                                                        : wacz::ExportWarcGz(archive, request));
  fmt::print("exported {} capture(s) of case {}, {} page(s), to {}{}\n", summary.captures,
             request.exported_case.id.value, summary.pages, request.out_path,
             as_wacz ? "" : " and " + wacz::CdxjPath(request.out_path));
  return {};
}

Status Export(const Context& context, const ExportArguments& arguments) {
  RETURN_IF_ERROR(CheckArguments(arguments));
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(auto request, RequestOf(settings, *archive, arguments));
  if (arguments.format == "bundle")
    return ExportBundle(settings, *archive, std::move(request), !arguments.no_report);
  return ExportForReplay(settings, *archive, request, arguments.format == "wacz");
}

}  // namespace

void AddExport(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "export", "Write captures with proofs into one bundle that anybody can check",
              "nightjar export --case owl-7 --query 'vendor:birdhouse' --by 'Analyst 3' --reason "
              "'Hearing of 12 January' --out owl-7.tar");
  auto arguments = std::make_shared<ExportArguments>();
  verb->add_option("--case", arguments->case_id.value, "the case the captures belong to")->required();
  verb->add_option("--query", arguments->query, "export every capture this query finds");
  verb->add_option("--job", arguments->job.value, "export every capture of this job");
  verb->add_option("--capture", arguments->captures, "export this capture; may be given several times");
  verb->add_option("--by", arguments->by, "who exports; stands in the bundle");
  verb->add_option("--reason", arguments->reason, "why; stands in the bundle");
  verb->add_option(
          "--format", arguments->format,
          "bundle: with proofs, for court; wacz: for replay tools; warc.gz: with a .cdxj index beside it")
      ->check(CLI::IsMember({"bundle", "wacz", "warc.gz"}));
  verb->add_flag("--restricted", arguments->restricted,
                 "captures that are held as evidence beyond their time too; needs --by and --reason");
  verb->add_flag("--no-report", arguments->no_report, "leave report.html and report.pdf out of a bundle");
  verb->add_option("--out", arguments->out, "file to write; must not exist")->required();
  verb->callback([&context, arguments] {
    context.action = [&context, arguments] { return Export(context, *arguments); };
  });
}

}  // namespace nightjar::cli
