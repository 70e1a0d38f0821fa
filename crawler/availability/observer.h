// SPDX-License-Identifier: Apache-2.0
// Keeps the timelines of all hosts on disk. Written by the crawl role alone, read by any process.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>

#include "crawler/availability/timeline.h"

namespace nightjar::availability {

// One thread. Observations wait in memory, run-length, and are written together: a kill loses those of the
// last kWriteEvery.
class Observer final {
 public:
  static constexpr std::chrono::seconds kWriteEvery{10};
  static constexpr std::size_t kMostWaiting = 4096;  // hosts; then they are written at once

  [[nodiscard]] static Result<std::unique_ptr<Observer>> Open(const std::string& folder, const Clock& clock);
  ~Observer();  // writes what waits, and logs if it cannot

  void Note(const std::string& host, Cause cause);

  // Writes what waits, if it is time.
  [[nodiscard]] Status Step();
  [[nodiscard]] Status Write();  // now; no transaction for nothing

 private:
  struct State;
  explicit Observer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// kNotFound: nothing was ever seen of this host ("<56>.onion", without sub-domains).
[[nodiscard]] Result<Timeline> ReadTimeline(const std::string& folder, const std::string& host);

// Nothing was ever seen of these hosts; durable, but old pages keep the rows until store::Compact(). No
// observer may be open.
[[nodiscard]] Status Forget(const std::string& folder, std::span<const std::string> hosts);

// All hosts. Empty before the first observation.
[[nodiscard]] Result<std::map<std::string, Timeline>> ReadTimelines(const std::string& folder);

}  // namespace nightjar::availability
