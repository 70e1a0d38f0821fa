// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "archive/blocklist/blocklist.h"
#include "archive/cases/cases.h"
#include "archive/import/import.h"
#include "archive/notary/notary_role.h"
#include "archive/places/places.h"
#include "base/child.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "crawler/hash_list_files.h"

namespace nightjar::cli {
namespace {

constexpr mode_t kKeyFolderMode = 0700;

struct ImportArguments {
  std::vector<std::string> files;
  CaseId case_id;
  JobId job{"import"};
  std::string legal_basis;
  std::string source;
  std::string by;
  std::vector<std::string> media;
};

Result<std::unique_ptr<captures::Writer>> OpenWriter(const config::Settings& settings,
                                                     const SigningKey& key) {
  ASSIGN_OR_RETURN(SigningKey log_key, SigningKey::LoadOrCreate(settings.KeysFolder() + "/log.pem"));
  ASSIGN_OR_RETURN(auto attested, notary::AttestedCheckpoints(settings));
  return captures::Writer::Open({.paths = places::ArchiveOf(settings),
                                 .origin = settings.evidence.origin,
                                 .log_key = std::move(log_key),
                                 .fetchers = {key.public_key()},
                                 .attested = std::move(attested)});
}

Result<import::Request> RequestOf(const config::Settings& settings, const ImportArguments& arguments) {
  ASSIGN_OR_RETURN(const auto case_store, cases::CaseStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const cases::Case known, case_store->Get(arguments.case_id));
  RETURN_IF_ERROR(CheckName("job", arguments.job.value));
  // A crawl would not begin without a fresh blocklist; no more does an import.
  ASSIGN_OR_RETURN(auto blocked,
                   blocklist::Blocklist::Load(blocklist::OptionsOf(settings), SystemClock().Utc(), true));
  const auto list = std::make_shared<blocklist::Blocklist>(std::move(blocked));
  const crawler::HashListFiles hash_lists(settings.media);
  return import::Request{
      .path = {},
      .program = OwnFolder() + "/nightjar-importer",
      .case_id = known.id,
      .job = arguments.job,
      .legal_basis = arguments.legal_basis.empty() ? known.legal_basis : arguments.legal_basis,
      .source = arguments.source,
      .by = arguments.by,
      .allowed_media = arguments.media,
      .hash_lists_md5 = hash_lists.md5(),
      .hash_lists_sha256 = hash_lists.sha256(),
      .refuse_host = [list](std::string_view host) { return list->Blocks(host); }};
}

void Print(const std::string& path, const import::Report& report) {
  fmt::print(
      "{}: {} bytes, sha256 {}, capture {} says where it came from\n"
      "  {} record(s): {} new capture(s), {} known already, {} without body by media policy or hash list,\n"
      "  {} of blocked hosts not kept, {} without an exchange over HTTP, {} fault(s)\n",
      ForTerminal(path), report.bytes, report.sha256.Hex(), report.file_capture.value, report.records,
      report.captures, report.known, report.withheld, report.blocked, report.skipped, report.faults);
}

Status ImportAll(const Context& context, const ImportArguments& arguments) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(import::Request request, RequestOf(settings, arguments));
  RETURN_IF_ERROR(MakeFolders(settings.KeysFolder(), kKeyFolderMode));
  ASSIGN_OR_RETURN(const SigningKey key, SigningKey::LoadOrCreate(settings.KeysFolder() + "/import.pem"));
  auto writer = OpenWriter(settings, key);
  if (!writer && writer.error().code == Code::kUnavailable)
    return Fail(Code::kUnavailable,
                "the archive has one writer: stop the crawl, import, then start it again (" +
                    writer.error().Format() + ")");
  if (!writer) return tl::unexpected<Error>(writer.error());
  Status first_failure;
  for (const std::string& path : arguments.files) {
    request.path = path;
    const auto report = import::ImportWarc(**writer, key, request, [&](const wire::ForeignFault& fault) {
      fmt::print("  byte {}: {}\n", fault.offset, ForTerminal(fault.reason));
    });
    if (report) Print(path, *report);
    if (!report && first_failure) first_failure = tl::unexpected<Error>(report.error());
  }
  RETURN_IF_ERROR((*writer)->SignCheckpoint());
  return first_failure;
}

}  // namespace

void AddImport(CLI::App& app, Context& context) {
  const std::string example =
      "nightjar import warc seized.warc.gz --case owl-7 --source 'Agency B, letter of 3 May'";
  CLI::App* verb = AddVerb(app, "import", "Bring in what others archived, marked as imported", example);
  verb->require_subcommand(1);
  CLI::App* warc =
      AddVerb(*verb, "warc", "Bring in WARC files, plain or gzip; broken records are reported", example);
  auto arguments = std::make_shared<ImportArguments>();
  warc->add_option("FILE", arguments->files, "WARC files")->required();
  warc->add_option("--case", arguments->case_id.value, "the case they belong to")->required();
  warc->add_option("--legal-basis", arguments->legal_basis, "by what right; the case's when left out");
  warc->add_option("--source", arguments->source, "who gave the files; stands in the record of each")
      ->required();
  warc->add_option("--by", arguments->by, "who brings them in; stands in the record of each");
  warc->add_option("--job", arguments->job.value, "name under which the captures are listed (import)");
  warc->add_option("--allow-media", arguments->media,
                   "a type to keep besides text, as a job's: image/png, image/*; may be given several times");
  warc->callback([&context, arguments] {
    context.action = [&context, arguments] { return ImportAll(context, *arguments); };
  });
}

}  // namespace nightjar::cli
