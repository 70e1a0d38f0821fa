// SPDX-License-Identifier: Apache-2.0
// The verbs of `nightjar`. One verb is one file, cmd_<verb>.cc, and adds itself to the command line by its
// function here. A verb's callback parses nothing and prints nothing: it stores what shall run in
// Context::action, so that all errors leave through one place (main.cc) in one form.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "base/result.h"
#include "base/stop.h"
#include "config/settings.h"

namespace nightjar::cli {

struct Context {
  explicit Context(StopSignal& stop_signal) : stop(stop_signal) {}

  StopSignal& stop;
  std::string config_path;         // as given by --config or NIGHTJAR_CONFIG; empty: look in the usual places
  std::function<Status()> action;  // what the chosen verb does

  // The settings file in force: config_path, else ./nightjar.yaml, else /etc/nightjar/nightjar.yaml.
  [[nodiscard]] Result<std::string> ConfigPath() const;
  [[nodiscard]] Result<config::Settings> LoadSettings() const;
  // The same, and opens this process's log for `role`.
  [[nodiscard]] Result<config::Settings> StartRole(const std::string& role) const;
};

void AddUp(CLI::App& app, Context& context);
void AddCrawl(CLI::App& app, Context& context);
void AddIndex(CLI::App& app, Context& context);
void AddFrontier(CLI::App& app, Context& context);
void AddServe(CLI::App& app, Context& context);
void AddCase(CLI::App& app, Context& context);
void AddJob(CLI::App& app, Context& context);
void AddHost(CLI::App& app, Context& context);
void AddHostAuth(CLI::App& host_verb, Context& context);  // `nightjar host auth`
void AddQueue(CLI::App& app, Context& context);
void AddUrl(CLI::App& app, Context& context);
void AddRead(CLI::App& app, Context& context);
void AddProfile(CLI::App& app, Context& context);
void AddRobots(CLI::App& app, Context& context);
void AddSession(CLI::App& app, Context& context);
void AddSearch(CLI::App& app, Context& context);
void AddItem(CLI::App& app, Context& context);
void AddCoverage(CLI::App& app, Context& context);
void AddVendor(CLI::App& app, Context& context);
void AddAlerts(CLI::App& app, Context& context);
void AddHunt(CLI::App& app, Context& context);
void AddExport(CLI::App& app, Context& context);
void AddImport(CLI::App& app, Context& context);
void AddVerify(CLI::App& app, Context& context);
void AddNotary(CLI::App& app, Context& context);
void AddWitness(CLI::App& app, Context& context);
void AddRetention(CLI::App& app, Context& context);
void AddStatus(CLI::App& app, Context& context);
void AddArchive(CLI::App& app, Context& context);
void AddArchiveStore(CLI::App& archive_verb, Context& context);  // `nightjar archive stats`, `... scrub`
void AddBlocklist(CLI::App& app, Context& context);
void AddConfig(CLI::App& app, Context& context);
void AddDoctor(CLI::App& app, Context& context);

// A verb with its one-line description and an example that stands at the end of its --help.
CLI::App* AddVerb(CLI::App& parent, const std::string& name, const std::string& description,
                  const std::string& example);

}  // namespace nightjar::cli
