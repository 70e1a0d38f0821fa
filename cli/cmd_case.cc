// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "archive/cases/cases.h"
#include "cli/commands.h"

namespace nightjar::cli {
namespace {

Result<std::unique_ptr<cases::CaseStore>> OpenCases(const Context& context) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  return cases::CaseStore::Open(settings.ControlFolder());
}

Status Add(const Context& context, cases::Case opened) {
  ASSIGN_OR_RETURN(const auto store, OpenCases(context));
  opened.opened = SystemClock().Utc();
  RETURN_IF_ERROR(store->Add(opened));
  fmt::print("case {} added\n", opened.id.value);
  return {};
}

Status List(const Context& context) {
  ASSIGN_OR_RETURN(const auto store, OpenCases(context));
  ASSIGN_OR_RETURN(const auto all, store->List());
  fmt::print("{:<20} {:<20} {:<32} {}\n", "CASE", "OPENED (UTC)", "LEGAL BASIS", "TITLE");
  for (const auto& one : all) {
    fmt::print("{:<20} {:<20.19} {:<32} {}\n", one.id.value, FormatUtc(one.opened), one.legal_basis,
               one.title);
  }
  return {};
}

}  // namespace

void AddCase(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "case", "Open and list cases: every job, search and export names one",
                           "nightjar case add owl-7 --title 'Operation Owl' --legal-basis 'Order 12/2026'");
  verb->require_subcommand(1);

  CLI::App* add = AddVerb(*verb, "add", "Open a case",
                          "nightjar case add owl-7 --title 'Operation Owl' --legal-basis 'Order 12/2026'");
  auto opened = std::make_shared<cases::Case>();
  add->add_option("NAME", opened->id.value, "short name: a-z, 0-9, '.', '_', '-'")->required();
  add->add_option("--title", opened->title, "what the case is called by people");
  add->add_option("--legal-basis", opened->legal_basis, "statute, order or warrant this work rests on")
      ->required();
  add->add_option("--officer", opened->officer, "who answers for the case");
  add->callback(
      [&context, opened] { context.action = [&context, opened] { return Add(context, *opened); }; });

  CLI::App* list = AddVerb(*verb, "list", "List the cases", "nightjar case list");
  list->callback([&context] { context.action = [&context] { return List(context); }; });
}

}  // namespace nightjar::cli
