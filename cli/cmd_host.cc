// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

namespace nightjar::cli {

void AddHost(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "host", "What is known of single hosts, and their keys",
                           "nightjar host auth <56 characters>.onion --key-file market.auth_private");
  verb->require_subcommand(1);
  AddHostAuth(*verb, context);
}

}  // namespace nightjar::cli
