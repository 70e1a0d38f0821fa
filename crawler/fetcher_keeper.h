// SPDX-License-Identifier: Apache-2.0
// Keeps a fetcher running: one that ended is started again, at once and then with growing waits.
#pragma once

#include <optional>

#include "crawler/fetcher_process.h"

namespace nightjar::crawler {

// One thread.
class FetcherKeeper final {
 public:
  struct Options {
    std::string program;
    handover::Hello hello;
    const Clock* clock = nullptr;
  };
  // Starts the first one; its failure is the caller's to report.
  [[nodiscard]] static Result<FetcherKeeper> Start(Options options);

  // Begins without one, which is tried again as if it had just been lost.
  [[nodiscard]] static FetcherKeeper Later(Options options, const Error& why);

  // The running fetcher, or nothing while one has to be waited for.
  [[nodiscard]] FetcherProcess* Running();

  void Lost(const Error& why);                        // ends it, if it still runs
  void Proved() { wait_ = std::chrono::seconds(0); }  // it did honest work

 private:
  FetcherKeeper(Options options, std::optional<FetcherProcess> first)
      : options_(std::move(options)), process_(std::move(first)) {}

  Options options_;
  std::optional<FetcherProcess> process_;
  std::chrono::seconds wait_{0};
  MonoTime next_start_;
};

}  // namespace nightjar::crawler
