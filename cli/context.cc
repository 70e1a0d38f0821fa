// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "base/log.h"
#include "cli/commands.h"

namespace nightjar::cli {

Result<std::string> Context::ConfigPath() const {
  if (!config_path.empty()) return config_path;
  for (const char* usual : {"nightjar.yaml", "/etc/nightjar/nightjar.yaml"}) {
    if (::access(usual, F_OK) == 0) return std::string(usual);
  }
  return Fail(
      Code::kNotFound,
      "no settings file: give --config FILE, or make one with `nightjar config example > nightjar.yaml`");
}

Result<config::Settings> Context::LoadSettings() const {
  ASSIGN_OR_RETURN(const std::string path, ConfigPath());
  return config::Load(path);
}

Result<config::Settings> Context::StartRole(const std::string& role) const {
  ASSIGN_OR_RETURN(config::Settings settings, LoadSettings());
  const auto format = settings.log.format == "json" ? log::Format::kJson : log::Format::kText;
  RETURN_IF_ERROR(log::Open({.role = role, .format = format, .level = settings.log.level}));
  return settings;
}

CLI::App* AddVerb(CLI::App& parent, const std::string& name, const std::string& description,
                  const std::string& example) {
  CLI::App* verb = parent.add_subcommand(name, description);
  verb->footer("Example:\n  " + example);
  return verb;
}

}  // namespace nightjar::cli
