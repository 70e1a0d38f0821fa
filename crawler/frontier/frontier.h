// SPDX-License-Identifier: Apache-2.0
// The frontier: every URL of every job once, when it is due, and who has it.
//
//   add ──> waiting ──lease──> leased ──> done
//     │        ^                 │ ├────> failed(cause)      no more tries, or no hope
//     │        └──── due later ──┘ │
//     └─> excluded(reason)         └────> waiting            lease ran out, process died
//
// A URL belongs to the job that found it: two jobs that want one page fetch it twice, for each has its own
// case and legal basis. Politeness belongs to the host: between two requests to one onion address lies at
// least the wait that either one's job asks for, delay * (1 + jitter * u), counted from the later of the
// former request's begin and end, so the service never sees them closer together, whatever the circuits do.
//
// Every change happens in a Tick, one durable write transaction. Nothing of a tick that was not committed
// survives, and a task may be handed on only after the commit: so a kill loses no URL and breaks no wait.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/result.h"
#include "base/url.h"
#include "crawler/frontier/limits.h"
#include "crawler/frontier/rows.h"

namespace nightjar::frontier {

struct Options {
  std::string folder;
  std::uint32_t per_host = 1;            // requests under way at once to one host
  std::uint32_t tries = 3;               // attempts at a URL that fails for a passing cause
  std::chrono::seconds retry_delay{30};  // doubled at each try
  std::chrono::seconds lease{420};
  const Clock* clock = nullptr;  // default: the machine's
  std::string boot_id;           // default: the machine's
  Random* random = nullptr;      // default: the kernel's
};

// What the frontier must know of a job.
struct JobTerms {
  JobId id;
  bool active = true;
  std::vector<std::string> hosts;  // "<56>.onion"; sub-domains belong to it
  std::uint32_t max_depth = 8;
  std::uint64_t max_pages = 10000;  // requests made, failures included
  std::chrono::milliseconds delay{1000};
  double jitter = 0.5;
  friend bool operator==(const JobTerms&, const JobTerms&) = default;
};

struct Candidate {
  Url url;
  std::uint32_t depth = 0;  // links from a seed
  std::string via;          // URL of the page that links here; empty for a seed
};

struct Admission {
  std::uint64_t fresh = 0;     // now waiting
  std::uint64_t known = 0;     // were there before
  std::uint64_t excluded = 0;  // left out for the first time, by reason in the job's row
  std::uint64_t outside = 0;   // not on the job's hosts; only counted
};

using LeaseId = Id<struct LeaseTag, std::uint64_t>;

struct Task {
  LeaseId lease;
  JobId job;
  std::string url;
  std::string host;  // the onion address, without sub-domains
  std::uint32_t depth = 0;
  std::string via;  // "-" for a seed, or where the linking page is not known any more
  std::uint32_t attempt = 1;
};

// Why an attempt failed. Stored: append only.
enum class Cause : std::uint8_t {
  kNone,
  kDescriptor,
  kIntroduction,
  kRendezvous,
  kClientAuth,
  kBadAddress,
  kRefused,
  kTimedOut,
  kDisconnected,
  kProtocol,
  kServerError,
  kNotAttempted,
  kLost,  // the lease ran out or the fetcher died: no exchange is known
};
[[nodiscard]] std::string_view CauseName(Cause cause);  // "descriptor", "timed-out", ...

struct Ending {
  enum class Kind : std::uint8_t {
    kDone,
    kPassing,  // worth another try, later, while there are tries left
    kFinal,    // trying again cannot help
    kUntried,  // nothing reached the service (Tor's socket was gone): no try is spent, due again at once
  };
  Kind kind = Kind::kDone;
  Cause cause = Cause::kNone;
};

class Tick;

// One thread. One process at a time: Open() takes the folder's writer lock.
class Frontier final {
 public:
  // Tasks that were leased when the last process ended are waiting again, with no try spent. kUnavailable:
  // another process has it. kCorrupt: a row does not decode.
  [[nodiscard]] static Result<std::unique_ptr<Frontier>> Open(Options options);
  ~Frontier();

  // kInternal after a tick that failed: memory and disk differ, so the frontier must be opened anew.
  [[nodiscard]] Result<Tick> Begin();

  // How long until Lease() may find a task; nothing if none waits.
  [[nodiscard]] std::optional<Micros> NextDue();

  // How long until a lease runs out; nothing if none is out.
  [[nodiscard]] std::optional<Micros> NextOverdue() const;

  // No task is leased, and none of an active job with budget left waits, now or for a later try. Certain once
  // a Lease() has returned fewer tasks than it was asked for.
  [[nodiscard]] bool Idle();

  [[nodiscard]] std::size_t leased() const;

  // The last value of SetCursor(), or 0.
  [[nodiscard]] std::uint64_t cursor() const;

 private:
  friend class Tick;
  struct State;
  explicit Frontier(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// One durable step. Use it from one thread, one at a time, and commit it; a tick dropped without commit
// leaves the disk as it was and the frontier closed.
class Tick final {
 public:
  Tick(Tick&&) noexcept;
  ~Tick();

  // The jobs in force, all of them; a job not named rests. Returns those seen for the first time, whose seeds
  // are still to be added.
  [[nodiscard]] Result<std::vector<JobId>> SetJobs(std::span<const JobTerms> jobs);

  // kNotFound for a job that was never set.
  [[nodiscard]] Result<Admission> Add(const JobId& job, std::span<const Candidate> candidates);

  // Up to `most` tasks that are due, from hosts that may be asked now.
  [[nodiscard]] Result<std::vector<Task>> Lease(std::size_t most);

  // False if the lease had run out: somebody else may have the URL by now.
  [[nodiscard]] Result<bool> Complete(LeaseId lease, const Ending& ending);

  // Takes back leases that have run out; each costs its URL a try. Returns how many.
  [[nodiscard]] Result<std::size_t> TakeBackOverdue();

  // A number of the caller's, kept with everything else of this tick (how far facts were followed).
  [[nodiscard]] Status SetCursor(std::uint64_t cursor);

  [[nodiscard]] Status Commit();

 private:
  friend class Frontier;
  struct Work;
  explicit Tick(std::unique_ptr<Work> work);
  std::unique_ptr<Work> work_;
};

// Numbers for people, read from the disk: works beside a running frontier of any process. kNotFound before
// the first one.
struct LaneCounts {
  JobId job;
  std::string host;
  Counts counts;
};
struct JobCounts {
  JobId job;
  JobRow row;
};
struct FrontierCounts {
  std::uint64_t cursor = 0;
  std::vector<LaneCounts> lanes;
  std::vector<JobCounts> jobs;
};
[[nodiscard]] Result<FrontierCounts> ReadCounts(const std::string& folder);

}  // namespace nightjar::frontier
