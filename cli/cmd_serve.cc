// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "search/http/server.h"

namespace nightjar::cli {

void AddServe(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "serve", "Run the serve role: search pages and API on serve.listen", "nightjar serve");
  verb->callback([&context] {
    context.action = [&context]() -> Status {
      ASSIGN_OR_RETURN(const config::Settings settings, context.StartRole("serve"));
      return http::RunServe(settings, context.stop);
    };
  });
}

}  // namespace nightjar::cli
