// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "base/onion.h"
#include "base/site_host.h"
#include "base/url.h"
#include "crawler/jobs/job.h"

namespace nightjar::jobs {
namespace {

constexpr std::size_t kMaxLegalBasis = 512;
constexpr std::size_t kMaxSeedLength = 2048;  // as the frontier's limit for any URL
constexpr std::uint32_t kMostDepth = 1000;
constexpr auto kLongestDelay = std::chrono::hours(24);
constexpr double kMostJitter = 10.0;

bool IsOneLine(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

Status CheckLegalBasis(const std::string& text) {
  if (text.find_first_not_of(' ') == std::string::npos)
    return Fail(Code::kInvalidInput, "a job needs a legal basis: statute, order or warrant number",
                "legal_basis");
  if (text.size() > kMaxLegalBasis || !IsOneLine(text) || !IsValidUtf8(text))
    return Fail(Code::kInvalidInput, "is one line of UTF-8 text of at most 512 bytes", "legal_basis");
  return {};
}

Status CheckBounds(const Job& job) {
  if (job.max_depth > kMostDepth) return Fail(Code::kInvalidInput, "is 0 to 1000 links", "max_depth");
  if (job.max_pages == 0) return Fail(Code::kInvalidInput, "is at least 1", "max_pages");
  if (job.delay.count() < 0 || job.delay > kLongestDelay)
    return Fail(Code::kInvalidInput, "is 0 to 24 hours", "delay");
  if (!std::isfinite(job.jitter) || job.jitter < 0 || job.jitter > kMostJitter)
    return Fail(Code::kInvalidInput, "is a number from 0 to 10", "jitter");
  return {};
}

// A host outside onion space is taken only where the job names it among its hosts too: nobody comes there by
// a slip of the pen.
Result<SiteHost> HostOf(const Url& url, bool scope_given) {
  if (scope_given) return SiteHost::Parse(url.host());
  return OnionAddress::Parse(url.host()).and_then([](const auto& onion) {
    return SiteHost::Parse(onion.host());
  });
}

Result<Url> CheckSeed(const std::string& untrusted_seed, bool scope_given) {
  const auto url = Url::Parse(untrusted_seed);
  if (!url) return Fail(url.error().code, "seed: " + url.error().text, untrusted_seed);
  if (url->WithoutFragment().size() > kMaxSeedLength)
    return Fail(Code::kInvalidInput, "seed: longer than 2048 characters", untrusted_seed.substr(0, 100));
  if (!url->username().empty() || !url->password().empty())
    return Fail(Code::kRefused, "seed: holds a user name or password", url->Origin());
  const auto host = HostOf(*url, scope_given);
  if (!host) return Fail(host.error().code, "seed: the host " + host.error().text, untrusted_seed);
  return *url;
}

template <typename T>
void SortUnique(std::vector<T>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

Status CheckHosts(Job& job) {
  for (auto& host : job.hosts) {
    const auto site = SiteHost::Parse(host);
    if (!site) return Fail(site.error().code, "scope: the host " + site.error().text, host);
    host = site->name();
  }
  SortUnique(job.hosts);
  return {};
}

// Normalises the seeds; a job without a scope gets its seeds' hosts, one with a scope must hold them all.
Status CheckSeeds(Job& job) {
  if (job.seeds.empty()) return Fail(Code::kInvalidInput, "a job needs at least one seed URL", "seeds");
  if (job.seeds.size() > kMaxSeeds) return Fail(Code::kInvalidInput, "a job has too many seeds", "seeds");
  const bool scope_given = !job.hosts.empty();
  for (auto& seed : job.seeds) {
    ASSIGN_OR_RETURN(const Url url, CheckSeed(seed, scope_given));
    ASSIGN_OR_RETURN(const SiteHost site, HostOf(url, scope_given));
    if (scope_given && !std::ranges::binary_search(job.hosts, site.name()))
      return Fail(Code::kInvalidInput, "seed: its host is not among the job's hosts", seed);
    if (!scope_given) job.hosts.push_back(site.name());
    seed = url.WithoutFragment();
  }
  SortUnique(job.hosts);
  SortUnique(job.seeds);
  return {};
}

}  // namespace

std::string_view JobStateName(JobState state) {
  switch (state) {
    case JobState::kActive:
      return "active";
    case JobState::kPaused:
      return "paused";
    case JobState::kCancelled:
      return "cancelled";
  }
  return "unknown";
}

Result<Job> Validate(Job untrusted_job) {
  Job job = std::move(untrusted_job);
  RETURN_IF_ERROR(CheckName("job", job.id.value));
  RETURN_IF_ERROR(CheckName("case", job.case_id.value));
  RETURN_IF_ERROR(CheckLegalBasis(job.legal_basis));
  RETURN_IF_ERROR(CheckBounds(job));
  RETURN_IF_ERROR(CheckHosts(job));
  RETURN_IF_ERROR(CheckSeeds(job));
  return job;
}

}  // namespace nightjar::jobs
