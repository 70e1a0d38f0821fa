// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "archive/blocklist/blocklist.h"
#include "archive/bundle/bundle.h"
#include "archive/cases/cases.h"
#include "archive/evidence/cosignature.h"
#include "archive/notary/notary_role.h"
#include "cli/commands.h"
#include "cli/doors.h"
#include "cli/terminal.h"
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

// What the proofs shall lead to: the best attested checkpoint that holds all chosen captures. Nothing where
// even the newest attested one is too old, or there is none: then the archive's own newest checkpoint.
Result<std::optional<bundle::Attestation>> ChooseAttestation(const config::Settings& settings,
                                                             const std::vector<CaptureNumber>& chosen) {
  const auto store = notary::NotaryStore::Open(settings.NotaryFolder(), notary::NotaryStore::Mode::kReadOnly);
  if (!store && store.error().code == Code::kNotFound) return std::nullopt;
  if (!store) return tl::unexpected<Error>(store.error());
  const std::uint64_t last = std::ranges::max(chosen).value;
  const auto witness = evidence::ParseVkey(settings.evidence.witness_vkey, evidence::KeyType::kWitness);
  const auto cosigner =
      [&](const evidence::SignedCheckpoint& checkpoint) -> std::optional<evidence::NoteKey> {
    if (witness && evidence::OpenCosignature(checkpoint.note, *witness)) return *witness;
    return std::nullopt;
  };
  ASSIGN_OR_RETURN(const auto stamp, (*store)->NewestStamp());
  if (stamp && stamp->checkpoint.checkpoint.size > last) {
    return bundle::Attestation{.checkpoint = stamp->checkpoint,
                               .witness = cosigner(stamp->checkpoint),
                               .time_stamp = stamp->response,
                               .certificates = stamp->certificates};
  }
  ASSIGN_OR_RETURN(const auto cosigned, (*store)->NewestCosigned());
  if (cosigned && cosigned->checkpoint.size > last && cosigner(*cosigned))
    return bundle::Attestation{.checkpoint = *cosigned, .witness = *witness};
  return std::nullopt;
}

std::string Shown(const char* what, const std::optional<UtcTime>& at) {
  return at ? fmt::format("{} {:.19}Z", what, FormatUtc(*at)) : fmt::format("NOT {}", what);
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
  // A fresh cosignature and token, if anybody is there to give them; without them the bundle says so.
  Status fresh = notary::NotarizeNow(settings, DoorsOf(settings));
  if (!fresh && fresh.error().code == Code::kCorrupt)
    return fresh;  // the archive contradicts what was attested
  if (!fresh)
    fmt::print(stderr, "nightjar: nothing new from witness or authority: {}\n",
               ForTerminal(fresh.error().Format()));
  ASSIGN_OR_RETURN(auto attestation, ChooseAttestation(settings, chosen));
  const std::string selection = arguments.query.empty()
                                    ? fmt::format("captures {}", fmt::join(arguments.captures, ","))
                                    : "query " + arguments.query;
  ASSIGN_OR_RETURN(
      const bundle::ExportSummary summary,
      bundle::Export(*archive, {.exported_case = exported,
                                .captures = chosen,
                                .selection = selection,
                                .out_path = arguments.out,
                                .refuse_host = [&](std::string_view host) { return blocked.Blocks(host); },
                                .attestation = std::move(attestation)}));
  fmt::print("exported {} capture(s) of case {} to {}: {} bytes, sha256 {}; {}, {}\n", summary.captures,
             exported.id.value, arguments.out, summary.bytes, summary.sha256.Hex(),
             Shown("cosigned", summary.cosigned_at), Shown("stamped", summary.stamped_at));
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
