// SPDX-License-Identifier: Apache-2.0
#include "crawler/verdict.h"

#include <algorithm>
#include <array>

#include "base/onion.h"
#include "crawler/jobs/rules.h"
#include "crawler/scope/traps.h"

namespace nightjar::crawler {
namespace {

using Kind = Verdict::Kind;

constexpr std::size_t kKeySize = 32;

Verdict Decide(Verdict verdict, Kind kind, std::string reason) {
  verdict.kind = kind;
  verdict.reason = std::move(reason);
  return verdict;
}

// By the rules of one job.
Verdict JudgeForJob(Verdict verdict, const Url& url, const jobs::Job& job) {
  const auto matcher = scope::UrlMatcher::Compile(jobs::RulesOf(job));
  if (!matcher) return Decide(std::move(verdict), Kind::kRefused, matcher.error().Format());
  verdict.name = matcher->NameOf(url);
  const auto named = Url::Parse(verdict.name);
  if (!named) return Decide(std::move(verdict), Kind::kRefused, named.error().text);
  if (!std::ranges::binary_search(job.hosts, verdict.onion)) {
    const bool joins = job.discovery == jobs::Discovery::kCrawl;
    return Decide(
        std::move(verdict), Kind::kOutside,
        joins ? "the job does not name this host; it joins when a page links to it, within the job's limits"
              : "the job does not name this host");
  }
  if (const auto trap = scope::JudgeTraps(*named, verdict.name); trap != scope::Exclusion::kNone)
    return Decide(std::move(verdict), Kind::kExcluded, std::string(scope::ExclusionName(trap)));
  if (!matcher->Admits(named->PathAndQuery()))
    return Decide(std::move(verdict), Kind::kExcluded,
                  "not among the job's include patterns, or among its exclude patterns");
  return Decide(std::move(verdict), Kind::kInScope,
                "the job fetches it when it is found within its depth and quotas");
}

Verdict JudgeByRules(const Url& url, const jobs::Job* job,
                     const std::map<std::string, jobs::HostRule>& rules) {
  Verdict verdict;
  const auto onion = OnionAddress::Parse(url.host());
  if (!onion) return Decide(std::move(verdict), Kind::kRefused, "the host " + onion.error().text);
  verdict.onion = onion->host();
  if (const auto raw = Base32Decode(verdict.onion.substr(0, verdict.onion.find('.'))))
    verdict.onion_key = HexEncode(ByteView(*raw).substr(0, kKeySize));
  if (!url.username().empty() || !url.password().empty())
    return Decide(std::move(verdict), Kind::kRefused, "holds a user name or password");
  if (const auto rule = rules.find(verdict.onion); rule != rules.end() && rule->second.blocked) {
    const std::string& reason = rule->second.reason;
    return Decide(std::move(verdict), Kind::kBlocked,
                  "the host is blocked" + (reason.empty() ? "" : ": " + reason));
  }
  if (job != nullptr) return JudgeForJob(std::move(verdict), url, *job);
  const auto trap = scope::JudgeTraps(url, url.WithoutFragment());
  if (trap != scope::Exclusion::kNone)
    return Decide(std::move(verdict), Kind::kExcluded, std::string(scope::ExclusionName(trap)));
  return Decide(std::move(verdict), Kind::kAllowed, "a job that names the host may fetch it");
}

}  // namespace

std::string_view VerdictName(Kind kind) {
  constexpr std::array<std::string_view, 6> kNames = {"in-scope", "allowed", "outside",
                                                      "excluded", "blocked", "refused"};
  return kNames.at(static_cast<std::size_t>(kind));
}

Verdict JudgeUrl(const Url& url, const jobs::Job* job, const std::map<std::string, jobs::HostRule>& rules,
                 const blocklist::Blocklist* blocked) {
  Verdict verdict = JudgeByRules(url, job, rules);
  if (blocked == nullptr || !blocked->Blocks(url.host())) return verdict;
  return Decide(std::move(verdict), Kind::kBlocked, "the host is on the blocklist; no job touches it");
}

}  // namespace nightjar::crawler
