// SPDX-License-Identifier: Apache-2.0
// A running, jailed nightjar-fetcher.
#pragma once

#include <string>

#include "base/child.h"
#include "crawler/handover/channel.h"

namespace nightjar::crawler {

// One thread; start it from one that lives as long as it should (base/child.h).
class FetcherProcess final {
 public:
  // Starts `program` and waits until it says that its walls stand. kUnavailable: it ended or stayed silent
  // before that; its own message is on standard error.
  [[nodiscard]] static Result<FetcherProcess> Start(const std::string& program, const handover::Hello& hello);

  [[nodiscard]] handover::Channel& channel() { return channel_; }
  [[nodiscard]] const std::string& sandbox() const { return sandbox_; }  // "full" or "reduced"
  [[nodiscard]] pid_t pid() const { return child_.pid(); }

 private:
  FetcherProcess(Child child, handover::Channel channel)
      : child_(std::move(child)), channel_(std::move(channel)) {}
  Status AwaitReady();

  Child child_;
  handover::Channel channel_;
  std::string sandbox_;
};

}  // namespace nightjar::crawler
