// SPDX-License-Identifier: Apache-2.0
// The pool of jailed readers, seen from outside the jail: gives each document to a worker, watches the clock,
// kills, starts anew, and believes nothing that comes back until it is checked. `untrusted_` ends here.
//
// No document can make Read() fail or wait beyond its deadlines: a worker that dies, stalls or lies is
// killed, the document gets a second, linear reading in a fresh worker (hostile bytes are never interpreted
// out here), and the facts say what happened. A worker is also retired after a number of documents or of busy
// seconds, whichever comes first, long before its own processor limit.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"

namespace nightjar::pool {

struct PoolOptions {
  std::string program;                               // path of nightjar-parser
  unsigned workers = 1;                              // kept ready; one document at a time each
  std::chrono::milliseconds deadline{10'000};        // for each of the two readings of one document
  std::chrono::milliseconds start_deadline{10'000};  // for a worker to stand in its jail
  unsigned documents_per_worker = 500;
  std::chrono::milliseconds busy_per_worker{10'000};  // with `deadline` below the worker's RLIMIT_CPU of 20 s
};

struct PoolCounts {
  std::uint64_t documents = 0;
  std::uint64_t started = 0;  // workers
  std::uint64_t faults = 0;  // readings that ended in kTimedOut, kCrashed or kRefusedAnswer, first and second
};

class Pool final {
 public:
  // Starts the workers and waits until the first stands in its jail. kUnavailable, with the worker's own
  // words, when it cannot (no seccomp, program missing or of another version).
  [[nodiscard]] static Result<std::unique_ptr<Pool>> Start(PoolOptions options);
  ~Pool();  // no call may be running; kills all workers
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Blocks; any number of threads at once, more than `workers` wait their turn. Fails (kUnavailable) only
  // when no worker can be started any more.
  [[nodiscard]] Result<wire::Facts> Read(const wire::Document& document);

  [[nodiscard]] PoolCounts counts() const;
  [[nodiscard]] std::string sandbox() const;  // "full" or "reduced": the walls around the workers

 private:
  class Crew;
  explicit Pool(std::unique_ptr<Crew> crew);
  std::unique_ptr<Crew> crew_;
};

}  // namespace nightjar::pool
