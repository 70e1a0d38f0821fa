// SPDX-License-Identifier: Apache-2.0
#include "crawler/robots_desk.h"

#include <algorithm>

#include "base/log.h"
#include "crawler/refusal.h"

namespace nightjar::crawler {
namespace {

using frontier::Ending;
using jobs::RobotsFile;
using jobs::RobotsPolicy;

constexpr std::size_t kMostKnown = 1000;               // files in memory, 500 KiB each at most
constexpr auto kWaitForFacts = std::chrono::hours(1);  // then the file is asked for again

bool IsBusy(int http_status) { return http_status == 429 || http_status >= 500; }
bool IsSuccess(int http_status) { return http_status >= 200 && http_status < 300; }

}  // namespace

const RobotsDesk::Known* RobotsDesk::Remember(const Place& place, const RobotsFile& file) {
  if (known_.size() >= kMostKnown) known_.clear();
  Known known{file.kind, file.fetched, file.sha256.Hex(), robots::Robots::Read(file.text)};
  return &known_.insert_or_assign(place, std::move(known)).first->second;
}

// What is known and not too old, or null.
Result<const RobotsDesk::Known*> RobotsDesk::Find(const jobs::Job& job, const Place& place) {
  const auto remembered = known_.find(place);
  const Known* known = remembered == known_.end() ? nullptr : &remembered->second;
  if (known == nullptr) {
    ASSIGN_OR_RETURN(const auto stored, store_->Get(place.first, place.second));
    if (!stored) return nullptr;
    known = Remember(place, *stored);
  }
  const bool unreachable = known->kind == RobotsFile::Kind::kUnreachable;
  if (unreachable && job.robots == RobotsPolicy::kObey) return nullptr;
  const Micros kept_for = unreachable ? Micros(kUnreachableKeptFor) : Micros(kRobotsKeptFor);
  const UtcTime now = clock_.Utc();
  if (now < known->fetched || now - known->fetched >= kept_for) return nullptr;
  return known;
}

Result<RobotsDesk::Advice> RobotsDesk::Advise(const jobs::Job& job, const std::string& url) {
  using Step = Advice::Step;
  if (job.robots == RobotsPolicy::kIgnore) return Advice{Step::kGo, "ignored"};
  ASSIGN_OR_RETURN(const Url parsed, Url::Parse(url));
  const Place place{job.id, parsed.Origin()};
  ASSIGN_OR_RETURN(const Known* known, Find(job, place));
  if (known == nullptr) {
    const auto [awaited, is_new] = awaited_.try_emplace(place, Awaited{Stage::kAsked, clock_.Mono()});
    if (!is_new && clock_.Mono() - awaited->second.since < kWaitForFacts) return Advice{Step::kWait};
    awaited->second = {Stage::kAsked, clock_.Mono()};
    return Advice{Step::kAskFirst, std::string(kRobotsItself), place.second + "/robots.txt"};
  }
  if (known->kind == RobotsFile::Kind::kNone) return Advice{Step::kGo, "none"};
  if (known->kind == RobotsFile::Kind::kUnreachable) return Advice{Step::kGo, "unreachable"};
  const robots::Decision decision = known->rules.Decide(parsed);
  std::string said = (decision.allowed ? "allowed sha256=" : "disallowed sha256=") + known->sha256;
  if (decision.allowed || job.robots != RobotsPolicy::kObey) return Advice{Step::kGo, std::move(said)};
  return Advice{Step::kRefuse, std::move(said), "", RobotsRefusal(decision)};
}

Result<Ending> RobotsDesk::Answered(const jobs::Job& job, const captures::Record& record,
                                    const Ending& ending) {
  ASSIGN_OR_RETURN(const Url url, Url::Parse(record.url));
  const Place place{job.id, url.Origin()};
  const auto awaited = awaited_.find(place);
  if (awaited == awaited_.end()) return Ending{.kind = Ending::Kind::kHeld};
  if (ending.kind == Ending::Kind::kUntried) {
    awaited_.erase(awaited);
    return ending;
  }
  const bool answered =
      record.outcome == captures::Outcome::kOk || record.outcome == captures::Outcome::kTruncated;
  if (answered && IsSuccess(record.http_status)) {
    awaited->second.stage = Stage::kReading;
    return Ending{.kind = Ending::Kind::kHeld};
  }
  RobotsFile file;
  file.kind =
      answered && !IsBusy(record.http_status) ? RobotsFile::Kind::kNone : RobotsFile::Kind::kUnreachable;
  file.fetched = clock_.Utc();
  RETURN_IF_ERROR(Learn(place, file));
  const bool forbids =
      known_.at(place).kind == RobotsFile::Kind::kUnreachable && job.robots == RobotsPolicy::kObey;
  return forbids ? ending : Ending{.kind = Ending::Kind::kHeld};
}

Status RobotsDesk::TakeText(const JobId& job, const RobotsText& found) {
  RobotsFile file;
  file.kind = RobotsFile::Kind::kText;
  file.fetched = clock_.Utc();
  file.sha256 = found.sha256;
  file.text = found.text.substr(0, jobs::kMostText);
  return Learn({job, found.origin}, file);
}

Status RobotsDesk::Learn(const Place& place, const RobotsFile& file) {
  RETURN_IF_ERROR(store_->Put(place.first, place.second, file));
  Remember(place, file);
  awaited_.erase(place);
  return {};
}

void RobotsDesk::LostAll() {
  std::erase_if(awaited_, [](const auto& awaited) { return awaited.second.stage == Stage::kAsked; });
}

bool RobotsDesk::Awaits(const JobId& job) const {
  return std::ranges::any_of(awaited_, [&](const auto& awaited) { return awaited.first.first == job; });
}

}  // namespace nightjar::crawler
