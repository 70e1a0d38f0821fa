// SPDX-License-Identifier: Apache-2.0
// The frontier: every URL of every job once, when it is due, and who has it.
//
//   add ──> waiting ──lease──> leased ──> done ──────── due again, where the job says so ───> waiting
//     │        ^                 │ ├────> failed(cause) ── by a passing fault: next run ────> waiting
//     │        └─ later, held ───┘ ├────> excluded(robots, blocked)
//     └─> excluded(reason)         └────> waiting            lease ran out, process died
//
// A URL belongs to the job that found it: two jobs that want one page fetch it twice, for each has its own
// case and legal basis. Politeness belongs to the host: between two requests to one onion address lies at
// least the wait that either one's job asks for, delay * (1 + jitter * u). Where one request at a time may be
// under way, it is counted from the former one's end. Where several may, from the moment at which the former
// one went out: until that is known (Begun), the host gives no other task. So requests that wait for their
// circuits never reach the service together; those under way over circuits of different length may still
// arrive a little closer than they went out.
//
// Order: within a lane (one job's queue at one host) by due time, faults of former runs first. Between lanes
// by the moment since which they could have been served, less kPriorityStep for each step of the job's
// priority: so nothing whose turn came more than nine steps later is ever served first, and nobody starves.
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
#include "crawler/frontier/job_terms.h"
#include "crawler/scope/exclusion.h"

namespace nightjar::frontier {

using scope::Exclusion;

inline constexpr std::chrono::minutes kPriorityStep{5};
inline constexpr std::chrono::hours kLongestNotBefore{24};

struct Options {
  std::string folder;
  std::uint32_t per_host = 1;            // requests under way at once to one host, whatever its jobs say
  std::uint32_t tries = 3;               // attempts at a URL that fails for a passing cause
  std::chrono::seconds retry_delay{30};  // doubled at each try
  std::chrono::seconds lease{420};
  const Clock* clock = nullptr;  // default: the machine's
  std::string boot_id;           // default: the machine's
  Random* random = nullptr;      // default: the kernel's
};

struct Candidate {
  Url url;
  std::uint32_t depth = 0;  // links from a seed
  std::string via = {};     // URL of the page that links here; empty for a seed
};

struct Admission {
  std::uint64_t fresh = 0;     // now waiting
  std::uint64_t known = 0;     // were there before
  std::uint64_t excluded = 0;  // left out for the first time, by reason in the lane's and job's counts
  std::uint64_t outside = 0;   // not on the job's hosts; recorded or only counted, as the job's terms say
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
  bool has_company = false;  // the host may give others meanwhile, once Begun() was said of this one
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
inline constexpr std::uint8_t kCauses = 13;
[[nodiscard]] std::string_view CauseName(Cause cause);  // "descriptor", "timed-out", ...

// The first eight bytes of the content's SHA-256: enough to tell whether a page changed.
using ContentMark = std::uint64_t;

struct Ending {
  enum class Kind : std::uint8_t {
    kDone,
    kPassing,  // worth another try, later, while there are tries left
    kFinal,    // trying again cannot help
    kUntried,  // nothing reached the service (Tor's socket was gone): no try is spent, due again at once
    kHeld,     // a wall was met: the URL goes back to its place, no try is spent, nothing counted
    // It turned out that it may not be asked (`exclusion` says why): no try, counted as excluded. Nothing was
    // sent, so the host may be asked as if the lease had never been.
    kExcluded,
  };
  Kind kind = Kind::kDone;
  Cause cause = Cause::kNone;
  std::uint64_t bytes = 0;                  // received, against the job's byte budget
  std::optional<ContentMark> content = {};  // of a page; compared with the last one to learn its change rate
  bool gone = false;                        // 404, 410: looked at again as seldom as the job allows
  Micros not_before{0};                     // leave the host alone for so long (Retry-After), at most 24 h
  Exclusion exclusion = Exclusion::kNone;
};

// What people set for a host, for all jobs.
struct HostRule {
  bool blocked = false;                    // nothing is leased; what waits stays
  std::chrono::milliseconds min_delay{0};  // where it is longer than the job's
  friend bool operator==(const HostRule&, const HostRule&) = default;
};

// Which waiting URLs Drop() means: all that fit what is given.
struct DropFilter {
  std::optional<std::string> host = {};  // the onion address
  std::string url_prefix = {};           // of the whole URL, "http://..."; empty: any
};

// What an exchange of the past says of its URL: the rebuilding of a frontier from the archive.
struct PastVisit {
  Candidate candidate;
  Ending ending;
  Micros ago{0};  // since it ended
};

// How far a job's present run is.
struct JobProgress {
  std::uint32_t run = 0;  // counted from 0, raised by StartRun()
  UtcTime started;        // of the run; by the timeline, so a jump of the clock may have moved it
  std::uint64_t pages = 0;
  std::uint64_t bytes = 0;
  std::uint64_t leased = 0;
  bool spent = false;  // the budget of pages or bytes is used up
  bool idle = false;   // nothing leased and nothing left to lease, now or for a later try, within the budget
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

  // No task is leased, and none of an active job with budget left waits, now or for a later try; pages that
  // only wait to be looked at again do not count, nor do held lanes and blocked hosts. Certain once a Lease()
  // has returned fewer tasks than it was asked for.
  [[nodiscard]] bool Idle();

  // Nothing for a job that was never set.
  [[nodiscard]] std::optional<JobProgress> Progress(const JobId& job);

  // The request of a leased task went out just now. Nothing happens for a lease that is over. Memory only:
  // after a kill the wait counts from the next Open().
  void Begun(LeaseId lease);

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
  // are still to be added. kInvalidInput names a pattern that does not compile.
  [[nodiscard]] Result<std::vector<JobId>> SetJobs(std::span<const JobTerms> jobs);

  // kNotFound for a job that was never set; so for all that take a job.
  [[nodiscard]] Result<Admission> Add(const JobId& job, std::span<const Candidate> candidates);

  // Up to `most` tasks that are due, from hosts that may be asked now.
  [[nodiscard]] Result<std::vector<Task>> Lease(std::size_t most);

  // False if the lease had run out: somebody else may have the URL by now.
  [[nodiscard]] Result<bool> Complete(LeaseId lease, const Ending& ending);

  // Takes back leases that have run out; each costs its URL a try. Returns how many.
  [[nodiscard]] Result<std::size_t> TakeBackOverdue();

  // The job's next run: its seeds (the URLs once added without `via`) are due now, URLs that former runs gave
  // up for passing faults come first, and the budgets begin anew.
  [[nodiscard]] Status StartRun(const JobId& job);

  // A done, failed or dropped URL is due now, before others of its lane. False: not known, or waiting anyway.
  [[nodiscard]] Result<bool> AskAgain(const JobId& job, const Url& url);

  // kInvalidInput: not an onion address; so for all that take a host. The rule replaces the last one.
  [[nodiscard]] Status SetHostRule(const std::string& host, const HostRule& rule);

  // Everything that failed at the host or waits for a later try is due now, with all its tries. Returns how
  // many URLs.
  [[nodiscard]] Result<std::uint64_t> RetryHost(const std::string& host);

  // Waiting URLs become excluded (kDropped). Returns how many. They come back only by AskAgain().
  [[nodiscard]] Result<std::uint64_t> Drop(const JobId& job, const DropFilter& filter);

  // A held lane leases nothing, over restarts too. `reason` is shown to people.
  [[nodiscard]] Status HoldLane(const JobId& job, const std::string& host, const std::string& reason);
  // False if it was not held.
  [[nodiscard]] Result<bool> ReleaseLane(const JobId& job, const std::string& host);

  // A request to the host that is none of its queue's URLs (a login, a wall's picture): true when it may be
  // asked now, and then it counts for politeness and concurrency as a lease does, held lanes or not. False:
  // ask again later. Ends with GiveBack().
  [[nodiscard]] Result<bool> Borrow(const JobId& job, const std::string& host);
  [[nodiscard]] Status GiveBack(const JobId& job, const std::string& host);

  // As if the URL had been added, whatever the job's rules say now, leased and completed. Counts towards the
  // budgets of the present run: rather too few pages than too many.
  [[nodiscard]] Status Restore(const JobId& job, const PastVisit& visit);

  // A number of the caller's, kept with everything else of this tick (how far facts were followed).
  [[nodiscard]] Status SetCursor(std::uint64_t cursor);

  [[nodiscard]] Status Commit();

 private:
  friend class Frontier;
  struct Work;
  explicit Tick(std::unique_ptr<Work> work);
  std::unique_ptr<Work> work_;
};

}  // namespace nightjar::frontier
