// SPDX-License-Identifier: Apache-2.0
// The pool of jailed readers, seen from outside the jail: gives each document to a worker, watches the clock,
// kills, starts anew, and believes nothing that comes back until it is checked. `untrusted_` ends here.
//
// No document can make Read() fail or wait beyond its deadlines: a worker that dies, stalls or lies is
// killed, the document gets a second, linear reading in a fresh worker (hostile bytes are never interpreted
// out here), and the facts say what happened. A worker is also retired after a number of documents or of busy
// seconds, whichever comes first, long before its own processor limit. A site whose documents keep causing
// faults is read linearly for a while (quarantine.h); the facts of such a document say so in `reason`.
//
// The queue is bounded: callers wait for a worker, which is what holds a caller that reads ahead (the index
// role has as many threads as workers) to the pool's pace; but no more than `max_waiting` of them, so that a
// caller without a bound of its own is told at once and in words, instead of piling up documents in memory.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "sandbox/pool/quarantine.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"

namespace nightjar::pool {

struct PoolOptions {
  std::string program;  // path of nightjar-parser
  Bytes profiles{};  // profile::Encode() of the site profiles, given to each worker at its start; empty: none
  unsigned workers = 1;                              // kept ready; one document at a time each
  std::chrono::milliseconds deadline{10'000};        // for each of the two readings of one document
  std::chrono::milliseconds start_deadline{10'000};  // for a worker to stand in its jail
  unsigned documents_per_worker = 500;
  std::chrono::milliseconds busy_per_worker{10'000};  // with `deadline` below the worker's RLIMIT_CPU of 20 s
  unsigned max_waiting = 256;                         // callers beside those whose document is with a worker
  QuarantineRules quarantine = {};
};

struct PoolCounts {
  std::uint64_t documents = 0;
  std::uint64_t started = 0;  // workers
  std::uint64_t faults = 0;  // readings that ended in kTimedOut, kCrashed or kRefusedAnswer, first and second
  std::uint64_t quarantined = 0;        // documents read linearly for their site's sake
  std::uint64_t turned_away = 0;        // calls refused because too many waited
  std::uint64_t quarantined_sites = 0;  // now
};

// How one reading in one worker went wrong.
struct Fault {
  wire::Verdict verdict;
  std::string reason;
};

using Reading = tl::expected<wire::Facts, Fault>;

class Pool final {
 public:
  // Starts the workers and waits until the first stands in its jail. kUnavailable, with the worker's own
  // words, when it cannot (no seccomp, program missing or of another version).
  [[nodiscard]] static Result<std::unique_ptr<Pool>> Start(PoolOptions options);
  ~Pool();  // no call may be running; kills all workers
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Blocks; any number of threads at once, more than `workers` wait their turn. Fails (kUnavailable) only
  // when no worker can be started any more, or when `max_waiting` callers wait already: then nothing was
  // read, and the same call may succeed a moment later.
  [[nodiscard]] Result<wire::Facts> Read(const wire::Document& document);

  [[nodiscard]] PoolCounts counts() const;
  [[nodiscard]] std::string sandbox() const;  // "full" or "reduced": the walls around the workers

 private:
  class Crew;
  explicit Pool(std::unique_ptr<Crew> crew);
  // One reading in one worker; the outer error says that no worker can be had.
  [[nodiscard]] Result<Reading> ReadOnce(const wire::Document& attempt);
  std::unique_ptr<Crew> crew_;
  Quarantine quarantine_;
};

}  // namespace nightjar::pool
