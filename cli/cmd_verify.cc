// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "archive/bundle/bundle.h"
#include "base/file.h"
#include "cli/commands.h"

namespace nightjar::cli {
namespace {

constexpr std::size_t kMaxCertificates = 256 << 10;

struct VerifyArguments {
  std::string path;
  std::string key_file;
  std::string witness_key_file;
  std::string tsa_ca_file;
  std::string earlier_bundle;
};

// Of a small text file, without the line ends at its end; empty for no path.
Result<std::string> LineIn(const std::string& path) {
  if (path.empty()) return std::string();
  ASSIGN_OR_RETURN(std::string line, ReadFile(path, 4096));
  while (!line.empty() && line.back() == '\n') line.pop_back();
  return line;
}

std::string Shown(const char* what, const std::optional<UtcTime>& at) {
  return at ? fmt::format("{} {:.19}Z", what, FormatUtc(*at)) : fmt::format("not {}", what);
}

// The log of a bundle that was handed out before, after the whole of it was checked.
Result<evidence::Checkpoint> CheckpointOf(const std::string& path, const std::string& log_key) {
  const auto report = bundle::Verify(path, log_key);
  if (!report) return Fail(report.error().code, report.error().Format(), "the earlier bundle");
  return report->checkpoint;
}

Status Verify(const VerifyArguments& arguments) {
  bundle::Trusted trusted;
  ASSIGN_OR_RETURN(trusted.log_key, LineIn(arguments.key_file));
  ASSIGN_OR_RETURN(trusted.witness_key, LineIn(arguments.witness_key_file));
  if (!arguments.tsa_ca_file.empty()) {
    ASSIGN_OR_RETURN(trusted.certificates, ReadFile(arguments.tsa_ca_file, kMaxCertificates));
  }
  if (!arguments.earlier_bundle.empty()) {
    ASSIGN_OR_RETURN(trusted.earlier, CheckpointOf(arguments.earlier_bundle, trusted.log_key));
  }
  ASSIGN_OR_RETURN(const bundle::VerifyReport report, bundle::Verify(arguments.path, trusted));
  for (const auto& check : report.checks) fmt::print("  ok  {}\n", check);
  for (const auto& missing : report.unchecked) fmt::print("  --  not checked: {}\n", missing);
  fmt::print("VERIFIED  case {}, {} capture(s), log {} at size {}; {}, {}\n", report.case_id, report.captures,
             report.checkpoint.origin, report.checkpoint.size, Shown("cosigned", report.cosigned_at),
             Shown("stamped", report.stamped_at));
  return {};
}

}  // namespace

void AddVerify(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "verify", "Check an exported bundle, offline; needs no settings and no data",
                           "nightjar verify owl-7.tar --key log.vkey");
  auto arguments = std::make_shared<VerifyArguments>();
  verb->add_option("FILE", arguments->path, "the bundle")->required();
  verb->add_option("--key", arguments->key_file,
                   "file with the log's public key (vkey) known from elsewhere");
  verb->add_option("--witness-key", arguments->witness_key_file,
                   "file with the witness's key; the bundle must then be cosigned by it");
  verb->add_option("--tsa-ca", arguments->tsa_ca_file,
                   "file with the authority's certificates; the bundle must then be stamped by it");
  verb->add_option(
      "--earlier", arguments->earlier_bundle,
      "a bundle of the case that was handed out before: its log must be the beginning of this one's");
  verb->callback([&context, arguments] { context.action = [arguments] { return Verify(*arguments); }; });
}

}  // namespace nightjar::cli
