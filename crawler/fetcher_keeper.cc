// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher_keeper.h"

#include <algorithm>

#include "base/log.h"

namespace nightjar::crawler {
namespace {

constexpr std::chrono::seconds kFirstWait(1);
constexpr std::chrono::seconds kLongestWait(60);

}  // namespace

Result<FetcherKeeper> FetcherKeeper::Start(Options options) {
  ASSIGN_OR_RETURN(FetcherProcess first, FetcherProcess::Start(options.program, options.hello));
  log::info("fetcher {} runs, sandbox {}", first.pid(), first.sandbox());
  return FetcherKeeper(std::move(options), std::move(first));
}

FetcherKeeper FetcherKeeper::Later(Options options, const Error& why) {
  FetcherKeeper keeper(std::move(options), std::nullopt);
  keeper.Lost(why);
  return keeper;
}

FetcherProcess* FetcherKeeper::Running() {
  if (process_) return &*process_;
  if (options_.clock->Mono() < next_start_) return nullptr;
  auto started = FetcherProcess::Start(options_.program, options_.hello);
  if (!started) {
    Lost(started.error());
    return nullptr;
  }
  process_.emplace(std::move(*started));
  log::info("fetcher {} runs, sandbox {}", process_->pid(), process_->sandbox());
  return &*process_;
}

void FetcherKeeper::Lost(const Error& why) {
  process_.reset();
  next_start_ = options_.clock->Mono() + wait_;
  log::warn("the fetcher was lost ({}); another starts in {} s", why.Format(), wait_.count());
  wait_ = std::clamp(wait_ * 2, kFirstWait, kLongestWait);
}

}  // namespace nightjar::crawler
