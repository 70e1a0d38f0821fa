// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <signal.h>

#include <memory>
#include <thread>
#include <vector>

#include "base/child.h"
#include "base/clock.h"
#include "base/log.h"
#include "cli/commands.h"

namespace nightjar::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kFirstPause{500};
constexpr milliseconds kLongestPause{30'000};
constexpr milliseconds kTick{200};
constexpr seconds kGoodRun{60};       // a role that ran this long starts again without a longer pause
constexpr seconds kStopPatience{15};  // for draining: the crawl commits what is under way

// One role process: started again with a growing pause whenever it ends on its own.
class Role final {
 public:
  Role(std::string name, std::string config_path)
      : name_(std::move(name)), config_path_(std::move(config_path)) {}

  // Starts the process when it is due, and notices its end. `now` is monotonic time.
  void Tick(MonoTime now) {
    if (child_) {
      if (const auto end = child_->WaitFor(milliseconds(0))) NoticeEnd(*end, now);
      return;
    }
    if (now < due_) return;
    auto started = Child::Start({.program = OwnFolder() + "/nightjar",
                                 .arguments = {"--config", config_path_, name_},
                                 .descriptors = {}});
    if (!started) {
      log::error("role {}: {}", name_, started.error().Format());
      Postpone(now);
      return;
    }
    child_ = std::make_unique<Child>(std::move(*started));
    started_ = now;
    log::info("role {} runs as process {}", name_, child_->pid());
  }

  void AskToStop() {
    if (child_) child_->Signal(SIGTERM);
  }
  void Stop() {
    if (!child_) return;
    const ChildEnd end = child_->Stop(kStopPatience);
    log::info("role {} stopped: {}", name_, end.Format());
    child_.reset();
  }

 private:
  void NoticeEnd(const ChildEnd& end, MonoTime now) {
    child_.reset();
    if (now - started_ >= kGoodRun) pause_ = kFirstPause;
    log::warn("role {} ended: {}; starting it again in {} ms", name_, end.Format(), pause_.count());
    Postpone(now);
  }
  void Postpone(MonoTime now) {
    due_ = now + pause_;
    pause_ = std::min(pause_ * 2, kLongestPause);
  }

  std::string name_;
  std::string config_path_;
  std::unique_ptr<Child> child_;
  MonoTime started_{};
  MonoTime due_{};
  milliseconds pause_ = kFirstPause;
};

// Those without which there is no Nightjar, and those that the settings ask for.
std::vector<std::string> RolesOf(const config::Settings& settings) {
  std::vector<std::string> names{"crawl", "index", "serve"};
  if (settings.evidence.witness_url != config::kNone || settings.notary.tsa_url != config::kNone)
    names.emplace_back("notary");
  if (settings.witness.listen != config::kNone) names.emplace_back("witness");
  return names;
}

Status Up(const Context& context) {
  ASSIGN_OR_RETURN(const std::string path, context.ConfigPath());
  ASSIGN_OR_RETURN(const config::Settings settings, context.StartRole("up"));
  std::vector<Role> roles;
  for (const std::string& name : RolesOf(settings)) roles.emplace_back(name, path);
  fmt::print("Nightjar is starting; the search service will be on http://{}\n", settings.serve.listen);
  std::fflush(stdout);
  do {
    for (Role& role : roles) role.Tick(SystemClock().Mono());
  } while (!context.stop.WaitFor(kTick));
  for (Role& role : roles) role.AskToStop();
  for (Role& role : roles) role.Stop();
  return {};
}

}  // namespace

void AddUp(CLI::App& app, Context& context) {
  CLI::App* verb = AddVerb(app, "up", "Run crawl, index and serve together on this machine until Ctrl-C",
                           "nightjar up --config nightjar.yaml");
  verb->callback([&context] { context.action = [&context] { return Up(context); }; });
}

}  // namespace nightjar::cli
