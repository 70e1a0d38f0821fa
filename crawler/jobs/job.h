// SPDX-License-Identifier: Apache-2.0
// Jobs: what an administrator ordered to be crawled, for which case, within which bounds. Kept in the control
// store; the command line and the service write, the crawl role reads. All times are UTC.
//
// A job works in runs. One without a schedule has a single run, from when it is added (and one more whenever
// seeds are added to it); `at` gives it a single run then; `cron` one at each of its moments, and a run that
// was missed, or would have begun during another, begins once, as soon as it can. A run ends when nothing is
// left to fetch, or with its budget. Outside its windows, and in its nights, a job rests: nothing is fetched
// for it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "crawler/jobs/window.h"

namespace nightjar::jobs {

enum class JobState : std::uint8_t { kActive, kPaused, kCancelled, kRemoved };
[[nodiscard]] std::string_view JobStateName(JobState state);

// What happens to onion hosts that pages link to and the job does not name.
enum class Discovery : std::uint8_t { kOff, kRecord, kCrawl };

// What a host's robots.txt means. In every record stands what it was and what it said (archive/FORMAT.md).
enum class RobotsPolicy : std::uint8_t { kIgnore, kRecord, kObey };

inline constexpr std::size_t kMaxSeeds = 100'000;  // also the most hosts a job may name
inline constexpr std::size_t kMaxListed = 100;     // patterns, parameters, windows, media types of each kind

struct Job {
  JobId id;
  CaseId case_id;
  std::string legal_basis;         // copied from the case when the job is added
  std::vector<std::string> seeds;  // normalised URLs

  // Scope. Patterns are searched for in "/path?query" (crawler/scope/url_rules.h).
  std::vector<std::string> hosts;    // onion hosts, sub-domains included; default: the seeds'
  std::vector<std::string> include;  // none: everything
  std::vector<std::string> exclude;  // wins over include
  std::vector<std::string> strip_params;
  bool keep_session_params = false;
  bool sort_query = false;
  std::uint32_t max_depth = 8;  // links from a seed
  Discovery discovery = Discovery::kOff;
  std::uint32_t discovery_hosts = 100;  // new hosts that may join, where they are crawled
  std::uint32_t discovery_depth = 2;    // links from such a host's first page
  std::uint64_t discovery_pages = 50;   // requests to each such host, in a run

  // Schedule. At most one of the first two.
  std::string cron;  // cron.h; empty: none
  std::optional<UtcTime> at;
  std::vector<Window> windows;  // open only inside them; none: always

  // Budgets of one run; 0 is none, except for max_pages.
  std::uint64_t max_pages = 10000;  // exchanges, failures included
  std::uint64_t max_pages_per_host = 0;
  std::uint64_t max_bytes = 0;  // received
  std::uint64_t max_bytes_per_host = 0;
  std::chrono::seconds max_time{0};
  std::chrono::seconds max_time_per_host{0};  // since the run first asked it

  // Bounds against traps, over all runs; 0 is none.
  std::uint64_t max_urls_per_host = 1'000'000;
  std::uint64_t max_urls_per_shape = 100'000;  // of one host, that differ only in numbers and random strings

  // Politeness.
  std::chrono::milliseconds delay{1000};  // least time between two requests to one host
  double jitter = 0.5;                    // each wait is delay * (1 + jitter * u), u uniform in [0, 1)
  std::uint32_t per_host = 1;             // requests under way at once to one host
  std::vector<Window> nights;             // rests inside them

  std::string persona;  // name of an account to crawl as; empty: none
  RobotsPolicy robots = RobotsPolicy::kIgnore;
  std::vector<std::string> media;  // types allowed besides text: "image/png", "image/*"; none: text only
  std::string retention = "standard";
  std::uint32_t priority = 5;  // 0 to 9, higher first; who waits gains on the others, so nothing starves

  // Adaptive recrawl: each page again when it has probably changed. Both or none.
  std::chrono::seconds recrawl_min{0};
  std::chrono::seconds recrawl_max{0};

  JobState state = JobState::kActive;
  UtcTime created;
  UtcTime seeded;  // when seeds were last added

  friend bool operator==(const Job&, const Job&) = default;
};

// Checks every rule a job must keep (names, legal basis, at least one seed, every seed an http(s) URL on a v3
// onion whose checksum holds, seeds inside the hosts, bounds, a schedule that can come true) and fills
// defaults. Errors name the offending seed or field.
[[nodiscard]] Result<Job> Validate(Job untrusted_job);

// Adds seeds and, where they are new, their hosts; the job is then to be validated. Returns how many were
// new.
std::size_t AddSeeds(Job& job, const std::vector<std::string>& urls, UtcTime now);

}  // namespace nightjar::jobs
