// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "archive/notary/notary_role.h"
#include "cli/commands.h"
#include "cli/doors.h"

namespace nightjar::cli {

void AddNotary(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "notary", "Have checkpoints cosigned by a witness and stamped by an authority",
              "nightjar notary --once");
  auto options = std::make_shared<notary::RoleOptions>();
  verb->add_flag("--once", options->once, "do it now, once, and say whether it went well");
  verb->callback([&context, options] {
    context.action = [&context, options]() -> Status {
      ASSIGN_OR_RETURN(const config::Settings settings, context.StartRole("notary"));
      return notary::RunNotary(settings, DoorsOf(settings), *options, context.stop);
    };
  });
}

}  // namespace nightjar::cli
