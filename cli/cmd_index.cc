// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"
#include "cli/index_verbs.h"
#include "indexer/index_role.h"

namespace nightjar::cli {
namespace {

Status Rebuild(const Context& context, bool reread) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.StartRole("index"));
  RETURN_IF_ERROR(indexer::RebuildIndex(settings, reread, context.stop));
  ASSIGN_OR_RETURN(const indexer::IndexStatus status, indexer::ReadIndexStatus(settings));
  fmt::print("rebuilt: {} documents from {} captures\n", status.documents, status.captures_indexed);
  return {};
}

}  // namespace

void AddIndex(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "index", "Run the index role: read captures in the jail and make them searchable",
              "nightjar index --until-caught-up");
  auto options = std::make_shared<indexer::IndexOptions>();
  verb->add_flag("--until-caught-up", options->until_caught_up,
                 "end when every stored capture is searchable");
  verb->callback([&context, options, verb] {
    if (!verb->get_subcommands().empty()) return;
    context.action = [&context, options]() -> Status {
      ASSIGN_OR_RETURN(const config::Settings settings, context.StartRole("index"));
      return indexer::RunIndex(settings, *options, context.stop);
    };
  });

  CLI::App* rebuild = AddVerb(*verb, "rebuild", "Delete the index and derive it again from the archive",
                              "nightjar index rebuild --reread");
  auto reread = std::make_shared<bool>(false);
  rebuild->add_flag("--reread", *reread,
                    "also read every capture again in the jail (else stored facts are used)");
  rebuild->callback(
      [&context, reread] { context.action = [&context, reread] { return Rebuild(context, *reread); }; });

  CLI::App* again =
      AddVerb(*verb, "reread",
              "Read every capture again with this build and these site profiles, and index what it gives",
              "nightjar index reread");
  again->callback([&context] { context.action = [&context] { return Rebuild(context, true); }; });
  AddIndexUpkeep(*verb, context);
}

}  // namespace nightjar::cli
