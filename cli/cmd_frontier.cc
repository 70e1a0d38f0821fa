// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"
#include "crawler/frontier_rebuild.h"

namespace nightjar::cli {
namespace {

Status Rebuild(const Context& context) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.StartRole("frontier"));
  ASSIGN_OR_RETURN(const auto rebuilt, crawler::RebuildFrontier(settings, context.stop));
  fmt::print("rebuilt: {} URLs from {} captures, links of {} captures followed\n", rebuilt.urls,
             rebuilt.captures, rebuilt.followed);
  return {};
}

}  // namespace

void AddFrontier(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "frontier", "Derive the queue of URLs again from the archive",
                           "nightjar frontier rebuild");
  verb->require_subcommand(1);
  CLI::App* rebuild = AddVerb(*verb, "rebuild",
                              "Make the frontier anew from archive, facts and jobs; no crawl may be running",
                              "nightjar frontier rebuild");
  rebuild->callback([&context] { context.action = [&context] { return Rebuild(context); }; });
}

}  // namespace nightjar::cli
