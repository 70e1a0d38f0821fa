// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "base/onion.h"
#include "base/site_host.h"
#include "base/url.h"
#include "crawler/jobs/cron.h"
#include "crawler/jobs/duration.h"
#include "crawler/jobs/job.h"
#include "crawler/jobs/rules.h"

namespace nightjar::jobs {
namespace {

constexpr std::size_t kMaxLegalBasis = 512;
constexpr std::size_t kMaxSeedLength = 2048;  // as the frontier's limit for any URL
constexpr std::size_t kMaxText = 1000;        // a pattern, a parameter's name, a media type
constexpr std::uint32_t kMostDepth = 1000;
constexpr std::uint32_t kMostNewHosts = 100'000;
constexpr std::uint32_t kMostPerHost = 16;
constexpr std::uint32_t kMostPriority = 9;
constexpr auto kLongestDelay = std::chrono::hours(24);
constexpr auto kLeastRecrawl = std::chrono::minutes(1);
constexpr double kMostJitter = 10.0;

tl::unexpected<Error> Bad(std::string text, std::string field) {
  return Fail(Code::kInvalidInput, std::move(text), std::move(field));
}

bool IsOneLine(std::string_view text) {
  return IsValidUtf8(text) &&
         std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

Status CheckLegalBasis(const std::string& text) {
  if (text.find_first_not_of(' ') == std::string::npos)
    return Bad("a job needs a legal basis: statute, order or warrant number", "legal_basis");
  if (text.size() > kMaxLegalBasis || !IsOneLine(text))
    return Bad("is one line of UTF-8 text of at most 512 bytes", "legal_basis");
  return {};
}

Status CheckBounds(const Job& job) {
  if (job.max_depth > kMostDepth) return Bad("is 0 to 1000 links", "max_depth");
  if (job.max_pages == 0) return Bad("is at least 1", "max_pages");
  if (job.max_time.count() < 0 || job.max_time > kLongestDuration)
    return Bad("is 0 to ten years", "max_time");
  if (job.max_time_per_host.count() < 0 || job.max_time_per_host > kLongestDuration)
    return Bad("is 0 to ten years", "max_time_per_host");
  if (job.delay.count() < 0 || job.delay > kLongestDelay) return Bad("is 0 to 24 hours", "delay");
  if (!std::isfinite(job.jitter) || job.jitter < 0 || job.jitter > kMostJitter)
    return Bad("is a number from 0 to 10", "jitter");
  if (job.per_host == 0 || job.per_host > kMostPerHost) return Bad("is 1 to 16", "per_host");
  if (job.priority > kMostPriority) return Bad("is 0 to 9", "priority");
  if (job.discovery_hosts > kMostNewHosts) return Bad("is 0 to 100000", "discovery_hosts");
  if (job.discovery_depth > kMostDepth) return Bad("is 0 to 1000 links", "discovery_depth");
  const bool recrawls = job.recrawl_min.count() != 0 || job.recrawl_max.count() != 0;
  if (recrawls && (job.recrawl_min < kLeastRecrawl || job.recrawl_max < job.recrawl_min ||
                   job.recrawl_max > kLongestDuration))
    return Bad("needs a least wait of a minute or more and a longest wait not under it", "recrawl");
  return {};
}

Status CheckTexts(const Job& job) {
  struct Texts {
    const char* field;
    const std::vector<std::string>& texts;
  };
  for (const auto& [field, texts] : std::array<Texts, 4>{{{"include", job.include},
                                                          {"exclude", job.exclude},
                                                          {"strip_params", job.strip_params},
                                                          {"media", job.media}}}) {
    if (texts.size() > kMaxListed) return Bad("has at most 100 entries", field);
    for (const auto& text : texts)
      if (text.empty() || text.size() > kMaxText || !IsOneLine(text))
        return Bad("an entry is one line of UTF-8 text, 1 to 1000 bytes", field);
  }
  RETURN_IF_ERROR(scope::UrlMatcher::Compile(RulesOf(job)));
  for (const auto& type : job.media) {
    const std::size_t slash = type.find('/');
    if (slash == 0 || slash == std::string::npos || slash + 1 == type.size() || type == "*/*")
      return Bad("a media type is \"image/png\" or \"image/*\"; each kind is to be named", "media");
  }
  if (!job.persona.empty()) RETURN_IF_ERROR(CheckName("persona", job.persona));
  return CheckName("retention class", job.retention);
}

Status CheckSchedule(const Job& job) {
  if (job.windows.size() > kMaxListed || job.nights.size() > kMaxListed)
    return Bad("has at most 100 windows", "schedule");
  if (!job.cron.empty() && job.at) return Bad("has a cron expression or a moment (at), not both", "schedule");
  if (job.cron.empty()) return {};
  const auto cron = Cron::Parse(job.cron);
  if (!cron) return Bad(cron.error().text, "cron");
  if (!cron->NextAfter(job.created)) return Bad("no day that ever comes fits it", "cron");
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
    return Bad("seed: longer than 2048 characters", untrusted_seed.substr(0, 100));
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
  if (job.seeds.empty()) return Bad("a job needs at least one seed URL", "seeds");
  if (job.seeds.size() > kMaxSeeds) return Bad("a job has at most 100000 seeds", "seeds");
  const bool scope_given = !job.hosts.empty();
  for (auto& seed : job.seeds) {
    ASSIGN_OR_RETURN(const Url url, CheckSeed(seed, scope_given));
    ASSIGN_OR_RETURN(const SiteHost site, HostOf(url, scope_given));
    if (scope_given && !std::ranges::binary_search(job.hosts, site.name()))
      return Bad("seed: its host is not among the job's hosts", seed);
    if (!scope_given) job.hosts.push_back(site.name());
    seed = url.WithoutFragment();
  }
  SortUnique(job.hosts);
  SortUnique(job.seeds);
  return {};
}

}  // namespace

std::string_view JobStateName(JobState state) {
  constexpr std::array<std::string_view, 4> kNames = {"active", "paused", "cancelled", "removed"};
  return kNames.at(static_cast<std::size_t>(state));
}

std::size_t AddSeeds(Job& job, const std::vector<std::string>& urls, UtcTime now) {
  const std::size_t before = job.seeds.size();
  for (const auto& text : urls) {
    const auto url = Url::Parse(text);
    const auto onion = url ? OnionAddress::Parse(url->host()) : Fail(Code::kInvalidInput, "");
    job.seeds.push_back(url ? url->WithoutFragment() : text);
    if (onion && !job.hosts.empty()) job.hosts.push_back(onion->host());
  }
  SortUnique(job.seeds);
  if (job.seeds.size() > before) job.seeded = now;
  return job.seeds.size() - before;
}

Result<Job> Validate(Job untrusted_job) {
  Job job = std::move(untrusted_job);
  RETURN_IF_ERROR(CheckName("job", job.id.value));
  RETURN_IF_ERROR(CheckName("case", job.case_id.value));
  if (!job.persona.empty()) RETURN_IF_ERROR(CheckName("persona", job.persona));
  RETURN_IF_ERROR(CheckLegalBasis(job.legal_basis));
  RETURN_IF_ERROR(CheckBounds(job));
  RETURN_IF_ERROR(CheckTexts(job));
  RETURN_IF_ERROR(CheckSchedule(job));
  RETURN_IF_ERROR(CheckHosts(job));
  RETURN_IF_ERROR(CheckSeeds(job));
  if (job.seeded < job.created) job.seeded = job.created;
  return job;
}

}  // namespace nightjar::jobs
