// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "base/file.h"
#include "cli/commands.h"
#include "config/site_profile.h"

namespace nightjar::cli {

namespace {

// A settings file has sections only; a site profile begins with its name.
bool IsProfile(std::string_view yaml) {
  return yaml.starts_with("name:") || yaml.find("\nname:") != std::string_view::npos;
}

Status Check(const std::string& path) {
  ASSIGN_OR_RETURN(const Bytes text, ReadFile(path, config::kMaxProfileBytes));
  if (IsProfile(text)) {
    RETURN_IF_ERROR(config::ParseSiteProfile(text, path));
    fmt::print("{}: a good site profile\n", path);
    return {};
  }
  ASSIGN_OR_RETURN(const config::Settings settings, config::Load(path));
  ASSIGN_OR_RETURN(const auto profiles, config::LoadSiteProfiles(settings.sessions.profiles));
  fmt::print("{}: good, with {} site profiles\n", path, profiles.size());
  return {};
}

}  // namespace

void AddConfig(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "config", "Check a settings file, or print a complete one to start from",
                           "nightjar config check nightjar.yaml");
  verb->require_subcommand(1);

  CLI::App* check =
      AddVerb(*verb, "check",
              "Read a settings file or a site profile and say what is wrong, where, and what was meant",
              "nightjar config check nightjar.yaml");
  auto path = std::make_shared<std::string>();
  check->add_option("FILE", *path, "settings file (default: the one in force), or a site profile");
  check->callback([&context, path] {
    context.action = [&context, path]() -> Status {
      if (path->empty()) {
        ASSIGN_OR_RETURN(*path, context.ConfigPath());
      }
      return Check(*path);
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
