// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "archive/blocklist/blocklist.h"
#include "archive/bundle/bundle.h"
#include "archive/cases/cases.h"
#include "cli/commands.h"
#include "indexer/query/query.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kMostCaptures = 1'000'000;  // more than any exhibit; a larger one is asked for in parts

struct ExportArguments {
  CaseId case_id;
  std::string query;
  std::vector<std::uint64_t> captures;
  std::string out;
};

Result<std::vector<CaptureNumber>> Choose(const config::Settings& settings,
                                          const ExportArguments& arguments) {
  std::vector<CaptureNumber> chosen;
  for (const std::uint64_t number : arguments.captures) chosen.push_back(CaptureNumber{number});
  if (!arguments.query.empty()) {
    ASSIGN_OR_RETURN(const auto searcher,
                     query::Searcher::Open(settings.IndexFolder(), settings.FactsFolder()));
    ASSIGN_OR_RETURN(chosen, searcher->Captures(arguments.query, arguments.case_id, kMostCaptures));
  }
  if (chosen.empty())
    return Fail(Code::kNotFound, "nothing matches in this case; nothing was exported", arguments.query);
  return chosen;
}

Status Export(const Context& context, const ExportArguments& arguments) {
  if (arguments.query.empty() == arguments.captures.empty()) {
    return Fail(Code::kInvalidInput, "say what to export: --query QUERY, or --capture N (one or more)");
  }
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto case_store, cases::CaseStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const cases::Case exported, case_store->Get(arguments.case_id));
  ASSIGN_OR_RETURN(const auto chosen, Choose(settings, arguments));
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open({.folder = settings.ArchiveFolder()}));
  ASSIGN_OR_RETURN(const auto blocked, blocklist::Blocklist::Load(blocklist::ReadingOptionsOf(settings),
                                                                  SystemClock().Utc(), false));
  const std::string selection = arguments.query.empty()
                                    ? fmt::format("captures {}", fmt::join(arguments.captures, ","))
                                    : "query " + arguments.query;
  ASSIGN_OR_RETURN(
      const bundle::ExportSummary summary,
      bundle::Export(*archive, {.exported_case = exported,
                                .captures = chosen,
                                .selection = selection,
                                .out_path = arguments.out,
                                .refuse_host = [&](std::string_view host) { return blocked.Blocks(host); }}));
  fmt::print("exported {} capture(s) of case {} to {}: {} bytes, sha256 {}\n", summary.captures,
             exported.id.value, arguments.out, summary.bytes, summary.sha256.Hex());
  return {};
}

}  // namespace

void AddExport(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "export", "Write captures with proofs into one bundle that anybody can check",
                           "nightjar export --case owl-7 --query 'vendor:birdhouse' --out owl-7.tar");
  auto arguments = std::make_shared<ExportArguments>();
  verb->add_option("--case", arguments->case_id.value, "the case the captures belong to")->required();
  verb->add_option("--query", arguments->query, "export every capture this query finds");
  verb->add_option("--capture", arguments->captures, "export this capture; may be given several times");
  verb->add_option("--out", arguments->out, "file to write; must not exist")->required();
  verb->callback([&context, arguments] {
    context.action = [&context, arguments] { return Export(context, *arguments); };
  });
}

}  // namespace nightjar::cli
