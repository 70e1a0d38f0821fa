// SPDX-License-Identifier: Apache-2.0
// What the frontier must know of a job.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.h"
#include "crawler/scope/url_rules.h"

namespace nightjar::frontier {

// What happens to onion hosts that a job's pages link to and its scope does not name.
struct Discovery {
  enum class Mode : std::uint8_t {
    kOff,     // links there are only counted
    kRecord,  // the host is kept: first seen, how often, by which page; never asked
    kCrawl,   // the host joins the job, within these limits
  };
  Mode mode = Mode::kOff;
  std::uint32_t max_hosts = 100;          // that may join
  std::uint32_t max_depth = 2;            // links from the host's first page
  std::uint64_t max_pages_per_host = 50;  // requests to each, in a run
  friend bool operator==(const Discovery&, const Discovery&) = default;
};

// When pages are looked at again, by themselves, between the bounds (recrawl.h).
struct Recrawl {
  bool on = false;
  std::chrono::seconds min_interval{std::chrono::hours(1)};
  std::chrono::seconds max_interval{std::chrono::hours(24 * 30)};
  friend bool operator==(const Recrawl&, const Recrawl&) = default;
};

struct JobTerms {
  JobId id = {};
  bool active = true;
  std::uint32_t priority = 5;  // 0 to 9, higher first

  std::vector<std::string> hosts = {};  // "<56>.onion"; sub-domains belong to it
  scope::UrlRules rules = {};           // include, exclude, strip_params, sort_query
  std::uint32_t max_depth = 8;
  Discovery discovery = {};

  // Budgets of one run; 0 means none, except for max_pages.
  std::uint64_t max_pages = 10000;  // requests made, failures included
  std::uint64_t max_bytes = 0;
  std::uint64_t max_pages_per_host = 0;
  std::uint64_t max_bytes_per_host = 0;
  std::chrono::seconds max_time_per_host{0};  // since the run first asked it

  // Bounds against traps, over all runs; 0 means none.
  std::uint64_t max_urls_per_host = 1'000'000;
  std::uint64_t max_urls_per_shape = 100'000;  // of one host (scope/shape.h)

  std::chrono::milliseconds delay{1000};
  double jitter = 0.5;
  std::uint32_t per_host =
      0;  // requests under way at once to one host; 0: as many as Options::per_host allows

  Recrawl recrawl = {};
  friend bool operator==(const JobTerms&, const JobTerms&) = default;
};

}  // namespace nightjar::frontier
