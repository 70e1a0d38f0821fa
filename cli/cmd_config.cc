// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"

namespace nightjar::cli {

void AddConfig(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "config", "Check a settings file, or print a complete one to start from",
                           "nightjar config check nightjar.yaml");
  verb->require_subcommand(1);

  CLI::App* check =
      AddVerb(*verb, "check", "Read a settings file and say what is wrong, where, and what was meant",
              "nightjar config check nightjar.yaml");
  auto path = std::make_shared<std::string>();
  check->add_option("FILE", *path, "settings file (default: the one in force)");
  check->callback([&context, path] {
    context.action = [&context, path]() -> Status {
      if (path->empty()) {
        ASSIGN_OR_RETURN(*path, context.ConfigPath());
      }
      RETURN_IF_ERROR(config::Load(*path));
      fmt::print("{}: good\n", *path);
      return {};
    };
  });

  CLI::App* example = AddVerb(*verb, "example", "Print every key with its default and what it means",
                              "nightjar config example > nightjar.yaml");
  example->callback([&context] {
    context.action = []() -> Status {
      fmt::print("{}", config::Example());
      return {};
    };
  });
}

}  // namespace nightjar::cli
