// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "archive/bundle/bundle.h"
#include "base/file.h"
#include "cli/commands.h"

namespace nightjar::cli {
namespace {

struct VerifyArguments {
  std::string path;
  std::string key_file;
};

Status Verify(const VerifyArguments& arguments) {
  std::string trusted_key;
  if (!arguments.key_file.empty()) {
    ASSIGN_OR_RETURN(trusted_key, ReadFile(arguments.key_file, 4096));
    while (!trusted_key.empty() && trusted_key.back() == '\n') trusted_key.pop_back();
  }
  ASSIGN_OR_RETURN(const bundle::VerifyReport report, bundle::Verify(arguments.path, trusted_key));
  for (const auto& check : report.checks) fmt::print("  ok  {}\n", check);
  fmt::print("VERIFIED  case {}, {} capture(s), log {} at size {}\n", report.case_id, report.captures,
             report.checkpoint.origin, report.checkpoint.size);
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
  verb->callback([&context, arguments] { context.action = [arguments] { return Verify(*arguments); }; });
}

}  // namespace nightjar::cli
