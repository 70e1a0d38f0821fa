// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "archive/blocklist/blocklist.h"
#include "archive/store/watermark.h"
#include "base/child.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/md5.h"
#include "base/unique_fd.h"
#include "cli/commands.h"
#include "cli/outside_view.h"
#include "cli/ways.h"
#include "crawler/tor_side.h"
#include "crawler/ways_out.h"

namespace nightjar::cli {
namespace {

constexpr int kControlStatus = 42;  // what a jailed program answers to its control action
constexpr std::uint64_t kLowDiskBytes = 5ULL << 30;

Status CheckData(const config::Settings& settings) {
  RETURN_IF_ERROR(MakeFolders(settings.data));
  RETURN_IF_ERROR(WriteFileDurably(settings.data + "/.doctor", "x"));
  ::unlink((settings.data + "/.doctor").c_str());
  ASSIGN_OR_RETURN(const std::uint64_t free_bytes, store::FreeBytes(settings.data));
  if (free_bytes < kLowDiskBytes) {
    return Fail(Code::kFull,
                fmt::format("only {} MiB are free; a crawl wants at least 5 GiB", free_bytes >> 20),
                settings.data);
  }
  return {};
}

// A jailed program must enter its jail and still be able to end as it wishes; which walls stand is its
// answer. `shown` is what its jail leaves in sight.
Result<std::string> CheckJail(const std::string& program, const std::vector<std::string>& shown) {
  const std::string path = OwnFolder() + "/" + program;
  std::vector<std::string> arguments{"--selftest", "control"};
  arguments.insert(arguments.end(), shown.begin(), shown.end());
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return FailErrno("cannot make a pipe");
  const UniqueFd from(ends[0]);
  UniqueFd to(ends[1]);
  ASSIGN_OR_RETURN(
      Child child,
      Child::Start({.program = path, .arguments = std::move(arguments), .descriptors = {{to.get(), 1}}}));
  to.Reset();
  const auto end = child.WaitFor(std::chrono::seconds(10));
  if (!end) return Fail(Code::kTimeout, "its jail did not come up within 10 s", program);
  if (end->signalled || end->value != kControlStatus) {
    return Fail(Code::kRefused,
                "its jail could not be entered (" + end->Format() +
                    "); its own message is above. It wants seccomp, and root or user namespaces",
                program);
  }
  std::array<char, 64> line{};  // it has ended: all it wrote is there
  const ssize_t size = ::read(from.get(), line.data(), line.size());
  std::string walls(line.data(), size > 0 ? static_cast<std::size_t>(size) - 1 : 0);
  if (walls.starts_with("full")) return walls;
  return walls + ": this system denies user namespaces, so an empty root and network are missing";
}

using Report = std::function<void(const std::string& what, const Status& status)>;

void ReportJail(const std::string& program, const std::vector<std::string>& shown, const Report& report) {
  const auto walls = CheckJail(program, shown);
  report("jail of " + program + (walls ? ": " + *walls : ""),
         walls ? Status() : tl::unexpected<Error>(walls.error()));
}

void ReportLists(const config::Settings& settings, const Report& report) {
  const blocklist::Options options = blocklist::OptionsOf(settings);
  const auto list = blocklist::Blocklist::Load(options, SystemClock().Utc(), false);
  std::string what = "blocklist";
  if (list && list->lists().empty()) what += ", none: " + options.waiver;
  if (list && !list->lists().empty()) what += fmt::format(", {} entries", list->entries());
  report(what, list ? Status() : tl::unexpected<Error>(list.error()));
  for (const auto& [path, size] : {std::pair{settings.media.hash_list_md5, kMd5Size},
                                   std::pair{settings.media.hash_list_sha256, Digest::kSize}}) {
    if (path == config::kNone) continue;
    const auto files = DigestList::Load(path, size);
    report(fmt::format("hash list {}{}", path, files ? fmt::format(", {} entries", files->size()) : ""),
           files ? Status() : tl::unexpected<Error>(files.error()));
  }
}

void ReportWays(const config::Settings& settings, const Report& report) {
  for (const WayState& way : AskWays(settings)) {
    // A Tor of our own runs only while a crawl does.
    const bool fine = way.ready || way.managed;
    report(way.name + (fine ? ": " + way.text : ""), fine ? Status() : Fail(Code::kUnavailable, way.text));
  }
  bool jail_tried = false;
  for (const auto& way : crawler::WaysOf(settings, SystemClock())) {
    if (way.managed || ::access(way.socket.c_str(), F_OK) != 0) continue;
    if (way.route == RouteClass::kOnion)
      report("Tor's side of " + way.name + ": onions only", crawler::CheckTorSide(way.socket));
    // The fetcher's jail has a hole of the shape of the proxy's socket: it cannot be tried without one.
    if (!std::exchange(jail_tried, true)) ReportJail("nightjar-fetcher", {way.socket}, report);
  }
}

Status Examine(const Context& context) {
  int bad = 0;
  const auto report = [&bad](const std::string& what, const Status& status) {
    fmt::print("  {:<4} {}{}\n", status ? "ok" : "BAD", what, status ? "" : ": " + status.error().Format());
    if (!status) ++bad;
  };
  const auto settings = context.LoadSettings();
  report("settings", settings ? Status() : tl::unexpected<Error>(settings.error()));
  ReportJail("nightjar-parser", {}, report);
  if (settings) {
    report("data folder " + settings->data, CheckData(*settings));
    ReportLists(*settings, report);
    ReportWays(*settings, report);
    ReportOutside(*settings, report);
  }
  if (bad > 0)
    return Fail(Code::kUnavailable, fmt::format("{} of the things above must be put right first", bad));
  return {};
}

}  // namespace

void AddDoctor(CLI::App& app, Context& context) {
  CLI::App* verb =
      AddVerb(app, "doctor", "Check that this machine has what a crawl needs: Tor, jails, disk, settings",
              "nightjar doctor");
  verb->callback([&context] { context.action = [&context] { return Examine(context); }; });
}

}  // namespace nightjar::cli
