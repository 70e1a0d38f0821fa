// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "archive/blocklist/blocklist.h"
#include "cli/commands.h"

namespace nightjar::cli {
namespace {

void Print(const blocklist::Blocklist& list, const blocklist::Options& options) {
  if (list.lists().empty()) fmt::print("no list; reason given: {}\n", options.waiver);
  for (const auto& listed : list.lists())
    fmt::print("{:>10} entries, made {:.19}Z  {}\n", listed.entries, FormatUtc(listed.made), listed.path);
}

Status Show(const Context& context, bool accept) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  const blocklist::Options options = blocklist::OptionsOf(settings);
  const UtcTime now = SystemClock().Utc();
  ASSIGN_OR_RETURN(const auto list, accept ? blocklist::Blocklist::Accept(options, now)
                                           : blocklist::Blocklist::Load(options, now, false));
  Print(list, options);
  return {};
}

// Exit status 0 for a host that may be crawled.
Status Check(const Context& context, const std::string& host) {
  ASSIGN_OR_RETURN(const config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(const auto list,
                   blocklist::Blocklist::Load(blocklist::OptionsOf(settings), SystemClock().Utc(), false));
  if (list.Blocks(host)) return Fail(Code::kRefused, "the host, or one it belongs to, is on the blocklist");
  fmt::print("not listed\n");
  return {};
}

}  // namespace

void AddBlocklist(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "blocklist", "The hosts that must not be touched: is the list in order?",
                           "nightjar blocklist show");
  verb->require_subcommand(1);
  AddVerb(*verb, "show", "Each list, how long and how old it is", "nightjar blocklist show")
      ->callback([&context] { context.action = [&context] { return Show(context, false); }; });
  AddVerb(*verb, "accept", "Take the lists as they are now, however much they have shrunk",
          "nightjar blocklist accept")
      ->callback([&context] { context.action = [&context] { return Show(context, true); }; });
  CLI::App* check = AddVerb(*verb, "check", "May this host be crawled?", "nightjar blocklist check HOST");
  auto host = std::make_shared<std::string>();
  check->add_option("host", *host, "an onion host")->required();
  check->callback([&context, host] { context.action = [&context, host] { return Check(context, *host); }; });
}

}  // namespace nightjar::cli
