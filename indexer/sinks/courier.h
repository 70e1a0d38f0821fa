// SPDX-License-Identifier: Apache-2.0
// Brings alerts to their sinks until each has taken them: at least once, with the same idempotency key every
// time. What waits lies in the store, so a kill loses nothing and at most repeats the delivery under way.
#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "indexer/watch/watch_store.h"

namespace nightjar::sinks {

// Takes one alert; OK only when the other side has it for good. kUnavailable, kTimeout: nobody is there, so
// the others need not be tried now.
using Sink = std::function<Status(const watch::Alert&)>;
using Sinks = std::map<std::string, Sink>;  // by the name that saved searches use

inline constexpr std::string_view kWebhookSink = "webhook";
inline constexpr std::string_view kMailSink = "mail";

inline constexpr std::chrono::seconds kFirstWait{1};       // after a failed delivery ...
inline constexpr std::chrono::seconds kLongestWait{3600};  // ... doubled at each one up to this

// One thread. What it uses is lent and outlives it.
class Courier final {
 public:
  struct Options {
    watch::WatchStore* store = nullptr;
    Sinks sinks = {};
    const Clock* clock = nullptr;
  };
  explicit Courier(Options options) : options_(std::move(options)) {}

  // Delivers what is due now, each sink by itself. Errors are the store's; those of sinks are kept with the
  // delivery, which is tried again later.
  [[nodiscard]] Status Round(const std::stop_token& stop);

 private:
  [[nodiscard]] Result<bool> Bring(const watch::Delivery& delivery, const Sink& sink);
  const Options options_;
};

// How long to wait after so many failed tries.
[[nodiscard]] std::chrono::seconds WaitAfter(std::uint32_t tries);

}  // namespace nightjar::sinks
