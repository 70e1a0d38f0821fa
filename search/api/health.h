// SPDX-License-Identifier: Apache-2.0
// How the installation stands, as far as the serve role can see from its read-only place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "archive/captures/archive.h"
#include "base/clock.h"
#include "indexer/query/query.h"

namespace nightjar::api {

enum class State {
  kOk,
  kWaiting,  // not there yet: the role that makes it has not run
  kFailed,
};
[[nodiscard]] std::string_view StateName(State state);  // "ok", "waiting", "failed"

struct Health {
  State archive = State::kWaiting;
  State index = State::kWaiting;
  std::string problem;  // of the first part that failed
  std::uint64_t captures = 0;
  std::uint64_t distinct_bodies = 0;
  query::Totals totals;
  std::uint64_t index_lag = 0;         // captures stored but not searchable yet
  std::uint64_t checkpoint_size = 0;   // captures under the newest checkpoint
  std::uint64_t checkpoint_lag = 0;    // captures stored but under none yet
  std::uint64_t checkpoint_delay = 0;  // seconds the oldest of these has waited
  std::string sandbox = "unknown";     // around the readers of the index role: "full" or "reduced" once known

  [[nodiscard]] State Overall() const;
};

// What could be opened; an error says why not (kNotFound: not there yet).
struct Sources {
  Result<const captures::Reader*> archive;
  Result<const query::Searcher*> index;
  Result<std::string> sandbox = Fail(Code::kNotFound, "no reader was started yet");
};
[[nodiscard]] Health ReadHealth(const Sources& sources, const Clock& clock);

}  // namespace nightjar::api
