// SPDX-License-Identifier: Apache-2.0
// The blocklist as the crawl asks it: at the seed, at each link and redirect, and just before a task goes to
// the fetcher. Every refusal is counted by its gate, durably, for `nightjar status`.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "archive/alerts/alerts.h"
#include "archive/blocklist/blocklist.h"

namespace nightjar::crawler {

enum class Gate { kSeed, kLink, kFetch };

// One thread.
class HostGuard final {
 public:
  // Fails when the blocklist is not in order: then no crawl begins.
  [[nodiscard]] static Result<std::unique_ptr<HostGuard>> Open(const config::Settings& settings,
                                                               const Clock& clock);

  // Follows the list's files. While the list is not in order the guard is shut: nothing may be admitted or
  // fetched, and whoever asks waits. Says so in the log once, and again when it is back.
  void Refresh();
  [[nodiscard]] bool open() const { return open_; }

  // Counts a yes.
  [[nodiscard]] bool Blocks(std::string_view host, Gate gate);
  // Without counting: for what only follows others' work.
  [[nodiscard]] bool Passes(std::string_view host) const { return !list_.Blocks(host); }

  [[nodiscard]] Status SaveCounts();
  [[nodiscard]] Status Raise(const alerts::Alert& alert) { return alerts_->Raise(alert); }

 private:
  HostGuard(blocklist::Options options, const Clock& clock, std::unique_ptr<alerts::AlertStore> alerts)
      : list_(std::move(options), clock), alerts_(std::move(alerts)) {}

  blocklist::LiveBlocklist list_;
  std::unique_ptr<alerts::AlertStore> alerts_;
  std::map<std::string, std::uint64_t> counts_;  // since they were saved
  bool open_ = false;
};

}  // namespace nightjar::crawler
