// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/managed_tor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>

#include "base/file.h"
#include "base/log.h"

namespace nightjar::tor_control {
namespace {

constexpr mode_t kPrivate = 0700;  // Tor refuses a control socket in a folder that others may enter
constexpr std::chrono::seconds kFirstWait(1);
constexpr std::chrono::seconds kLongestWait(60);
constexpr std::chrono::seconds kLivedWell(60);

}  // namespace

TorPaths PathsOfManagedTor(const std::string& folder) {
  return {.socks = folder + "/socks/socks",
          .control = folder + "/control/control",
          .consensus = folder + "/data/cached-microdesc-consensus"};
}

// `Log` takes the rest of its line as it is; the others want quotes around a path with a blank. The options
// are those of the settings' advice, so a managed Tor and one of the system behave alike.
std::string MakeTorrc(const std::string& folder, const std::string& include, long owner) {
  const TorPaths paths = PathsOfManagedTor(folder);
  std::string torrc = fmt::format(
      "ClientOnly 1\n"
      "DataDirectory \"{0}/data\"\n"
      "SocksPort unix:\"{1}\" OnionTrafficOnly IsolateSOCKSAuth ExtendedErrors\n"
      "SafeSocks 1\n"
      "ControlPort 0\n"
      "ControlSocket unix:\"{2}\"\n"
      "CookieAuthentication 1\n"
      "CookieAuthFile \"{0}/control/cookie\"\n"
      "Log notice file {0}/tor.log\n"
      "DormantCanceledByStartup 1\n"
      "__OwningControllerProcess {3}\n",
      folder, paths.socks, paths.control, owner);
  if (!include.empty()) torrc += fmt::format("%include \"{}\"\n", include);
  return torrc;
}

Result<ManagedTor> ManagedTor::Start(Options options) {
  const TorPaths paths = PathsOfManagedTor(options.folder);
  if (paths.control.size() >= sizeof(sockaddr_un::sun_path))
    return Fail(Code::kInvalidInput,
                "the path is too long for Tor's sockets (107 bytes); use a shorter `data`", paths.control);
  for (const char* folder : {"", "/data", "/socks", "/control"})
    RETURN_IF_ERROR(MakeFolders(options.folder + folder, kPrivate));
  ManagedTor tor(std::move(options));
  RETURN_IF_ERROR(tor.Launch());
  return tor;
}

Status ManagedTor::Launch() {
  const std::string& folder = options_.folder;
  RETURN_IF_ERROR(WriteFileDurably(folder + "/torrc", MakeTorrc(folder, options_.include, ::getpid()), 0600));
  // Instead of the system's defaults, which are made for another Tor.
  RETURN_IF_ERROR(WriteFileDurably(folder + "/torrc-defaults", "", 0600));
  const UniqueFd out(
      ::open((folder + "/stdout.log").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!out) return FailErrno("cannot write Tor's log", folder + "/stdout.log");
  ASSIGN_OR_RETURN(
      Child child,
      Child::Start({.program = options_.program,
                    .arguments = {"-f", folder + "/torrc", "--defaults-torrc", folder + "/torrc-defaults"},
                    .descriptors = {{out.get(), 1}, {out.get(), 2}},
                    .clear_environment = true}));
  child_.emplace(std::move(child));
  started_ = options_.clock->Mono();
  log::info("Tor {} runs in {}", child_->pid(), folder);
  return {};
}

void ManagedTor::Step() {
  const MonoTime now = options_.clock->Mono();
  if (child_) {
    const auto end = child_->WaitFor(std::chrono::milliseconds(0));
    if (!end) return;
    if (now - started_ > kLivedWell) wait_ = std::chrono::seconds(0);
    wait_ = std::clamp(wait_ * 2, kFirstWait, kLongestWait);
    next_start_ = now + wait_;
    child_.reset();
    log::warn("the Tor in {} ended ({}); another starts in {} s; see its tor.log and stdout.log",
              options_.folder, end->Format(), wait_.count());
  }
  if (now < next_start_) return;
  if (const Status launched = Launch(); !launched) {
    next_start_ = now + kLongestWait;
    log::error("Tor cannot be started: {}", launched.error().Format());
  }
}

}  // namespace nightjar::tor_control
