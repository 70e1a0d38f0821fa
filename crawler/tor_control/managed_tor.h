// SPDX-License-Identifier: Apache-2.0
// A Tor that Nightjar starts itself: its own torrc, data, SOCKS and control socket under one folder. It is
// kept running (started again after growing waits), ends with this process (SIGKILL by the kernel when the
// thread that started it dies, and Tor's own watch over __OwningControllerProcess), and takes onion traffic
// only.
#pragma once

#include <optional>
#include <string>

#include "base/child.h"
#include "base/clock.h"

namespace nightjar::tor_control {

struct TorPaths {
  std::string socks;  // alone in its folder, which the jailed fetcher sees
  std::string control;
  std::string consensus;
};
[[nodiscard]] TorPaths PathsOfManagedTor(const std::string& folder);

// One thread, which must live as long as the Tor.
class ManagedTor final {
 public:
  struct Options {
    std::string program;  // path of tor
    std::string folder;   // made if missing, mode 0700; one Tor each
    std::string include;  // a file with more torrc lines; empty for none
    const Clock* clock = nullptr;
  };
  // Writes the torrc and starts Tor. kInvalidInput: the folder's path is too long for sockets. Tor's own
  // complaints about its configuration come later: they are in <folder>/tor.log and stdout.log.
  [[nodiscard]] static Result<ManagedTor> Start(Options options);

  // Starts it again if it has ended.
  void Step();

  [[nodiscard]] TorPaths paths() const { return PathsOfManagedTor(options_.folder); }

 private:
  explicit ManagedTor(Options options) : options_(std::move(options)) {}
  [[nodiscard]] Status Launch();

  Options options_;
  std::optional<Child> child_;
  std::chrono::seconds wait_{0};
  MonoTime started_;
  MonoTime next_start_;
};

// The text of its torrc.
[[nodiscard]] std::string MakeTorrc(const std::string& folder, const std::string& include, long owner);

}  // namespace nightjar::tor_control
