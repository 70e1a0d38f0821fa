// SPDX-License-Identifier: Apache-2.0
// `nightjar`: the operator's command. Exit 0: done; 1: refused or failed, one line on standard error says
// what to do; 2: the command line itself is wrong.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <new>
#include <system_error>

#include "base/build_info.h"
#include "cli/commands.h"
#include "cli/terminal.h"

namespace nightjar::cli {
namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

constexpr char kTour[] =
    "First steps:\n"
    "  nightjar config example > nightjar.yaml     then set `data`, `tor.socks`, `blocklist`\n"
    "  nightjar doctor                             is everything here that a crawl needs?\n"
    "  nightjar case add owl-7 --title 'Operation Owl' --legal-basis 'Order 12/2026'\n"
    "  nightjar job add market --case owl-7 --seed http://<56 characters>.onion/\n"
    "  nightjar up                                 crawl, index and serve on this machine\n"
    "\n"
    "Every verb has its own --help with an example.";

// One screen: the verbs by what they are for, then the first steps.
class Screen final : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App* app, std::string name) const override {
    if (app->get_parent() != nullptr) return CLI::Formatter::make_usage(app, std::move(name));
    return "Usage: nightjar [--config FILE] VERB ...\n";
  }
};

void Describe(CLI::App& app, Context& context) {
  app.formatter(std::make_shared<Screen>());
  app.set_version_flag("--version", std::string(BuildId()));
  app.add_option("--config", context.config_path,
                 "settings file (default: nightjar.yaml here, then in /etc/nightjar)")
      ->envname("NIGHTJAR_CONFIG");
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(kTour);
}

void AddVerbs(CLI::App& app, Context& context) {
  AddUp(app, context);
  AddCrawl(app, context);
  AddIndex(app, context);
  AddFrontier(app, context);
  AddServe(app, context);
  AddStatus(app, context);
  AddCase(app, context);
  AddJob(app, context);
  AddHost(app, context);
  AddQueue(app, context);
  AddUrl(app, context);
  AddRobots(app, context);
  AddSession(app, context);
  AddRead(app, context);
  AddProfile(app, context);
  AddSearch(app, context);
  AddItem(app, context);
  AddVendor(app, context);
  AddCoverage(app, context);
  AddAlerts(app, context);
  AddHunt(app, context);
  AddExport(app, context);
  AddImport(app, context);
  AddVerify(app, context);
  AddArchive(app, context);
  AddRetention(app, context);
  AddNotary(app, context);
  AddWitness(app, context);
  AddBlocklist(app, context);
  AddConfig(app, context);
  AddDoctor(app, context);
}

int Run(int argc, char** argv) {
  Context context(StopSignal::Install());
  CLI::App app(
      "Nightjar: crawls onion services over Tor, keeps every byte as evidence, makes it searchable.");
  Describe(app, context);
  AddVerbs(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    if (problem.get_exit_code() == 0) return app.exit(problem);  // --help, --version
    fmt::print(stderr, "nightjar: {} (see nightjar --help)\n", problem.what());
    return kUsage;
  }
  if (const auto done = context.action(); !done) {
    fmt::print(stderr, "nightjar: {}\n", ForTerminal(done.error().Format()));
    return kFailed;
  }
  return 0;
}

}  // namespace
}  // namespace nightjar::cli

int main(int argc, char** argv) {
  try {
    return nightjar::cli::Run(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("nightjar: out of memory\n", stderr);
    return 1;
  } catch (const std::system_error& problem) {
    // Who has read enough (`| head`) closes the pipe: nothing is wrong then.
    if (problem.code() != std::errc::broken_pipe)
      fmt::print(stderr, "nightjar: cannot go on: {}\n", problem.what());
    return 1;
  } catch (const std::exception& problem) {
    fmt::print(stderr, "nightjar: {}; this is a bug, please report it with the command you ran\n",
               problem.what());
    return 1;
  }
}
