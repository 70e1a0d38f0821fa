// SPDX-License-Identifier: Apache-2.0
// world-sites: makes the synthetic world of a seed, writes what is true of it, and serves its sites.
#include <fmt/format.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "base/stop.h"
#include "tests/world/living_world.h"
#include "tests/world/server/listen.h"
#include "tests/world/server/server.h"

namespace nightjar::world {
namespace {

struct Options {
  WorldPlan plan;
  std::vector<std::string> hosts;   // NAME=HOST
  std::vector<std::string> serves;  // NAME=ADDRESS
  std::string door;                 // ADDRESS
  std::string truth;
  std::string access_log;
  std::uint32_t max_seconds = 0;
  pid_t owner = 0;
};

// "bazaar=..." as the index of the site and what stands behind the equals sign.
Result<std::pair<std::size_t, std::string>> SplitNamed(const std::string& text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  const auto* name = std::find(kSiteNames.begin(), kSiteNames.end(), text.substr(0, equals));
  if (name == kSiteNames.end() || equals + 1 >= text.size())
    return Fail(Code::kInvalidInput, "expected bazaar=..., atelier=..., forum=... or directory=...", text);
  return std::pair(static_cast<std::size_t>(name - kSiteNames.begin()), text.substr(equals + 1));
}

// Readable when the time is over.
Result<UniqueFd> Deadline(std::uint32_t seconds) {
  UniqueFd timer(::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC));
  itimerspec when{};
  when.it_value.tv_sec = seconds;
  if (!timer || ::timerfd_settime(timer.get(), 0, &when, nullptr) != 0)
    return FailErrno("cannot set the deadline");
  return timer;
}

// Readable when that process has ended.
Result<UniqueFd> Watching(pid_t pid) {
  UniqueFd fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!fd) return FailErrno(fmt::format("cannot watch the owner, process {}", pid));
  return fd;
}

Status Serve(const Options& options, LivingWorld& world, const StopSignal& stop) {
  std::vector<UniqueFd> ends;
  if (options.max_seconds > 0) {
    ASSIGN_OR_RETURN(ends.emplace_back(), Deadline(options.max_seconds));
  }
  if (options.owner > 0) {
    ASSIGN_OR_RETURN(ends.emplace_back(), Watching(options.owner));
  }
  std::vector<int> stop_fds = {stop.fd()};
  for (const UniqueFd& end : ends) stop_fds.push_back(end.get());

  ASSIGN_OR_RETURN(AccessLog log, AccessLog::Open(options.access_log, SystemClock()));
  Server server(log);
  for (const std::string& serve : options.serves) {
    ASSIGN_OR_RETURN(const auto named, SplitNamed(serve));
    ASSIGN_OR_RETURN(UniqueFd listening, Listen(named.second));
    RETURN_IF_ERROR(server.Add(std::move(listening), world.ServiceOf(named.first)));
  }
  if (!options.door.empty()) {
    ASSIGN_OR_RETURN(UniqueFd listening, Listen(options.door));
    RETURN_IF_ERROR(server.Add(std::move(listening), world.door()));
  }
  std::puts("ready");
  std::fflush(stdout);
  return server.Run(stop_fds);
}

Status Run(Options& options) {
  StopSignal& stop = StopSignal::Install();
  for (const std::string& host : options.hosts) {
    ASSIGN_OR_RETURN(const auto named, SplitNamed(host));
    options.plan.hosts[named.first] = named.second;
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<LivingWorld> world, LivingWorld::Begin(options.plan, options.truth));
  return options.serves.empty() ? Status() : Serve(options, *world, stop);
}

void Describe(CLI::App& app, Options& options) {
  app.add_option("--seed", options.plan.seed, "same seed and sizes, same bytes")->capture_default_str();
  app.add_option("--listings", options.plan.listings, "in each market")->capture_default_str();
  app.add_option("--vendors", options.plan.vendors, "in each market")->capture_default_str();
  app.add_option("--threads", options.plan.threads, "in the forum")->capture_default_str();
  app.add_option("--users", options.plan.users, "of the forum")->capture_default_str();
  app.add_option("--day", options.plan.day, "what the world has lived to")->capture_default_str();
  app.add_option("--host", options.hosts, "NAME=HOST that links use; repeatable");
  app.add_option("--serve", options.serves,
                 "NAME=unix:PATH or NAME=127.0.0.1:PORT; repeatable; none: only --truth");
  app.add_option("--door", options.door,
                 "unix:PATH or 127.0.0.1:PORT of the side door that sets the day: POST /day?n=1");
  app.add_option("--truth", options.truth, "write what is true of this world to this file");
  app.add_option("--access-log", options.access_log, "append one line per answer to this file");
  app.add_option("--max-seconds", options.max_seconds, "end by itself after this time");
  app.add_option("--owner", options.owner, "end when the process of this id ends");
}

int Main(int argc, char** argv) {
  CLI::App app(
      "Makes the synthetic world of a seed and serves its sites: bazaar, atelier, forum, directory.\n"
      "Example: world-sites --truth truth.json --serve bazaar=127.0.0.1:8001 --host bazaar=127.0.0.1:8001");
  Options options;
  Describe(app, options);
  CLI11_PARSE(app, argc, argv);
  const Status done = Run(options);
  if (!done) fmt::print(stderr, "world-sites: {}\n", done.error().Format());
  return done ? 0 : 1;
}

}  // namespace
}  // namespace nightjar::world

int main(int argc, char** argv) {
  try {
    return nightjar::world::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "world-sites: %s\n", error.what());
    return 1;
  }
}
