// SPDX-License-Identifier: Apache-2.0
#include "crawler/crawl_loop.h"

#include <poll.h>

#include <algorithm>

#include "base/log.h"
#include "crawler/judge.h"

namespace nightjar::crawler {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLookForFacts(100);
constexpr auto kReadJobsEvery = std::chrono::seconds(1);
constexpr auto kDrainFor = std::chrono::seconds(5);
constexpr auto kLogEvery = std::chrono::seconds(10);
constexpr std::size_t kPagesPerTick = 64;

frontier::JobTerms TermsOf(const jobs::Job& job) {
  return {.id = job.id,
          .active = job.state == jobs::JobState::kActive,
          .hosts = job.hosts,
          .max_depth = job.max_depth,
          .max_pages = job.max_pages,
          .delay = job.delay,
          .jitter = job.jitter};
}

}  // namespace

CrawlLoop::CrawlLoop(Parts parts, const config::Settings& settings)
    : settings_(settings),
      parts_(std::move(parts)),
      routes_(*parts_.random),
      tor_(settings.tor.socks),
      consensus_(settings.tor.consensus),
      follower_(settings.FactsFolder(), *parts_.archive, parts_.frontier->cursor(), *parts_.clock,
                [this](const std::string& host) { return parts_.guard->Passes(host); }),
      hash_lists_(settings.media) {}

Status CrawlLoop::Run(StopSignal& stop, bool until_idle) {
  while (!stop.token().stop_requested()) {
    RETURN_IF_ERROR(Step(true));
    if (until_idle && Idle()) break;
    LogProgress();
    Wait(stop.fd());
  }
  return Drain();
}

Status CrawlLoop::Step(bool lease) {
  TakeFromFetcher();
  RETURN_IF_ERROR(TakeCommitted());
  RETURN_IF_ERROR(ReadJobs());
  RETURN_IF_ERROR(FollowLinks());
  return RunTick(lease ? Capacity() : 0);
}

bool CrawlLoop::Idle() {
  return parts_.frontier->Idle() && under_way_.size() == 0 && in_commit_.empty() && ended_.empty() &&
         pages_.empty() && follower_.cursor() == parts_.committer->archive_size();
}

void CrawlLoop::LogProgress() {
  const MonoTime now = parts_.clock->Mono();
  const std::uint64_t captures = parts_.committer->archive_size();
  if (now < next_progress_ || captures == progress_logged_) return;
  next_progress_ = now + kLogEvery;
  progress_logged_ = captures;
  log::info("{} captures stored, links of {} followed, {} tasks under way", captures, follower_.cursor(),
            under_way_.size());
}

milliseconds CrawlLoop::Patience() {
  const auto due = Capacity() > 0 ? parts_.frontier->NextDue() : std::nullopt;
  return due ? std::min(kLookForFacts, std::chrono::ceil<milliseconds>(*due)) : kLookForFacts;
}

void CrawlLoop::Wait(int stop_fd) {
  FetcherProcess* fetcher = parts_.fetcher.Running();
  pollfd waiting[] = {{stop_fd, POLLIN, 0}, {parts_.committer->fd(), POLLIN, 0}, {-1, POLLIN, 0}};
  if (fetcher != nullptr) {
    waiting[2].fd = fetcher->channel().fd();
    if (fetcher->channel().has_unsent()) waiting[2].events |= POLLOUT;
  }
  ::poll(waiting, std::size(waiting), static_cast<int>(Patience().count()));
}

void CrawlLoop::TakeFromFetcher() {
  FetcherProcess* fetcher = parts_.fetcher.Running();
  if (fetcher == nullptr) return;
  const Status sent = fetcher->channel().Flush();
  auto messages = fetcher->channel().Receive();
  if (!messages) return LoseFetcher(messages.error());
  for (auto& message : *messages) {
    auto* done = std::get_if<handover::Done>(&message);
    const Status taken = done != nullptr ? TakeDone(std::move(*done))
                                         : Fail(Code::kRefused, "the fetcher said something unasked");
    if (!taken) return LoseFetcher(taken.error());
  }
  if (!sent) LoseFetcher(sent.error());
}

Status CrawlLoop::TakeDone(handover::Done done) {
  ASSIGN_OR_RETURN(const UnderWay::Answer answer, under_way_.Match(done));
  const captures::Record& record = answer.record;
  log::debug("fetch {} of host {}: {}, status {}, {} bytes", record.fetch_id, answer.asked.identity.host,
             captures::OutcomeName(record.outcome), record.http_status, record.response_size);
  if (SuspectsRoute(record.outcome)) routes_.Leave(answer.asked.identity, record.route);
  if (record.outcome == captures::Outcome::kProxyUnavailable)
    tor_.Failed(parts_.clock->Mono());
  else if (record.outcome != captures::Outcome::kNotAttempted)
    tor_.Passed();
  parts_.fetcher.Proved();
  const bool alert = record.withheld.by == captures::Withheld::By::kHashList;
  in_commit_.emplace(record.fetch_id,
                     Ended{answer.asked.lease, JudgeExchange(record), alert ? record.url : std::string()});
  parts_.committer->Put(record.fetch_id, std::move(done.exchange));  // a failure is met in TakeCommitted()
  return {};
}

void CrawlLoop::LoseFetcher(const Error& why, frontier::Ending ending) {
  parts_.fetcher.Lost(why);
  for (const auto lease : under_way_.TakeAll()) ended_.push_back({lease, ending});
}

// Blocklist and hash lists are files that somebody may replace at any time.
Status CrawlLoop::FollowLists() {
  parts_.guard->Refresh();
  if (hash_lists_.Changed())
    LoseFetcher({Code::kUnavailable, "a hash list has changed, which only a new fetcher can read", {}},
                {frontier::Ending::Kind::kUntried, frontier::Cause::kNone});
  return parts_.guard->SaveCounts();
}

Status CrawlLoop::TakeCommitted() {
  for (const auto& committed : parts_.committer->Take())
    if (const auto done = in_commit_.extract(committed.fetch_id)) {
      ended_.push_back(done.mapped());
      RETURN_IF_ERROR(AlertOf(done.mapped(), committed.number));
    }
  if (auto failure = parts_.committer->failure()) return tl::unexpected(std::move(*failure));
  return {};
}

// A person has to hear of it, whatever else happens to this crawl.
Status CrawlLoop::AlertOf(const Ended& ended, CaptureNumber number) {
  if (ended.alert.empty()) return {};
  log::error("ALERT: a hash list knows the file of capture {}; only its digest was kept", number.value);
  return parts_.guard->Raise({.at = parts_.clock->Utc(),
                              .kind = "hash-list",
                              .text = "a hash list knows a file that was met; only its digest was kept",
                              .subject = "capture " + std::to_string(number.value) + ", " + ended.alert});
}

Status CrawlLoop::ReadJobs() {
  const MonoTime now = parts_.clock->Mono();
  if (now < next_job_reading_) return {};
  next_job_reading_ = now + kReadJobsEvery;
  RETURN_IF_ERROR(FollowLists());
  ASSIGN_OR_RETURN(auto listed, parts_.jobs->List());
  std::vector<frontier::JobTerms> terms;
  for (const auto& job : listed) terms.push_back(TermsOf(job));
  if (terms == terms_) return {};
  jobs_.clear();
  for (auto& job : listed) {
    const JobId id = job.id;
    jobs_.emplace(id, std::move(job));
  }
  new_terms_ = std::move(terms);
  return {};
}

Status CrawlLoop::FollowLinks() {
  if (!parts_.guard->open()) return {};  // links wait until it can be said which may be followed
  ASSIGN_OR_RETURN(pages_, follower_.Next(kPagesPerTick, parts_.committer->archive_size()));
  return {};
}

std::size_t CrawlLoop::Capacity() {
  const std::size_t busy = under_way_.size() + in_commit_.size();
  if (!parts_.guard->open() || parts_.fetcher.Running() == nullptr || busy >= settings_.crawl.concurrency)
    return 0;
  return tor_.Allow(settings_.crawl.concurrency - busy, under_way_.size(), parts_.clock->Mono());
}

// Everything that happened since the last one becomes durable in one transaction; no transaction for nothing.
Status CrawlLoop::RunTick(std::size_t capacity) {
  frontier::Frontier& frontier = *parts_.frontier;
  const bool can_lease = capacity > 0 && frontier.NextDue() == Micros(0);
  const bool followed = follower_.cursor() != frontier.cursor();
  const bool overdue = frontier.NextOverdue() == Micros(0);
  if (!can_lease && !followed && !overdue && ended_.empty() && !new_terms_) return {};

  ASSIGN_OR_RETURN(frontier::Tick tick, frontier.Begin());
  for (const Ended& ended : ended_) RETURN_IF_ERROR(tick.Complete(ended.lease, ended.ending));
  ended_.clear();
  RETURN_IF_ERROR(ApplyJobs(tick));
  RETURN_IF_ERROR(AddLinks(tick));
  if (followed) RETURN_IF_ERROR(tick.SetCursor(follower_.cursor()));
  ASSIGN_OR_RETURN(const std::size_t overdue_leases, tick.TakeBackOverdue());
  ASSIGN_OR_RETURN(auto tasks, tick.Lease(capacity));
  RETURN_IF_ERROR(tick.Commit());
  if (overdue_leases > 0) log::warn("{} leases ran out", overdue_leases);
  for (auto& task : tasks) SendTask(std::move(task));
  return {};
}

Status CrawlLoop::ApplyJobs(frontier::Tick& tick) {
  if (!new_terms_ || !parts_.guard->open()) return {};
  ASSIGN_OR_RETURN(const auto fresh, tick.SetJobs(*new_terms_));
  for (const JobId& id : fresh) {
    std::vector<frontier::Candidate> seeds;
    for (const auto& seed : jobs_.at(id).seeds) {
      ASSIGN_OR_RETURN(Url url, Url::Parse(seed));
      if (parts_.guard->Blocks(url.host(), Gate::kSeed)) continue;
      seeds.push_back({std::move(url), 0, ""});
    }
    ASSIGN_OR_RETURN(const auto admission, tick.Add(id, seeds));
    log::info("job {} begins: {} seeds, {} hosts", id.value, admission.fresh, jobs_.at(id).hosts.size());
  }
  terms_ = *std::exchange(new_terms_, std::nullopt);
  return {};
}

Status CrawlLoop::AddLinks(frontier::Tick& tick) {
  for (PageLinks& page : pages_) {
    std::erase_if(page.candidates, [&](const frontier::Candidate& link) {
      return parts_.guard->Blocks(link.url.host(), Gate::kLink);
    });
    const auto added = tick.Add(page.job, page.candidates);
    // A capture of a job that this frontier never knew (it was made anew): its links are nobody's.
    if (!added && added.error().code != Code::kNotFound) return tl::unexpected(added.error());
  }
  pages_.clear();
  return {};
}

void CrawlLoop::SendTask(frontier::Task task) {
  const auto url = Url::Parse(task.url);
  if (!url || parts_.guard->Blocks(url->host(), Gate::kFetch)) {
    log::warn("a page of host {} is not fetched: the host is on the blocklist", task.host.substr(0, 16));
    ended_.push_back({task.lease, {frontier::Ending::Kind::kFinal, frontier::Cause::kNotAttempted}});
    return;
  }
  const jobs::Job& job = jobs_.at(task.job);
  UnderWayTask sent{task.lease, {}, {task.job, task.host, ""}};
  const routes::Credentials credentials = routes_.For(sent.identity);
  sent.task = {.fetch_id = HexEncode(parts_.random->Take(16)),
               .url = std::move(task.url),
               .job = task.job,
               .case_id = job.case_id,
               .legal_basis = job.legal_basis,
               .depth = task.depth,
               .via = std::move(task.via),
               .socks_user = credentials.user,
               .socks_password = credentials.password,
               .clock_state = ReadClockState(),
               .consensus = consensus_.Describe(parts_.clock->Mono())};
  const handover::Task message = sent.task;
  under_way_.Add(std::move(sent));  // first: if the fetcher is lost now, the lease comes back with the others
  FetcherProcess* fetcher = parts_.fetcher.Running();
  if (fetcher == nullptr) return LoseFetcher({Code::kUnavailable, "no fetcher runs", {}});
  if (const Status gone = fetcher->channel().Send(message); !gone) LoseFetcher(gone.error());
}

// Lets the fetcher finish what it can in a few seconds, makes that durable, and signs. Tasks that are not
// back by then are leased again by the next crawl.
Status CrawlLoop::Drain() {
  const MonoTime deadline = parts_.clock->Mono() + kDrainFor;
  if (under_way_.size() > 0) log::info("stopping; {} tasks may still end", under_way_.size());
  while (under_way_.size() > 0 && parts_.clock->Mono() < deadline) {
    Wait(-1);
    RETURN_IF_ERROR(Step(false));
  }
  Status finished = parts_.committer->Finish();
  RETURN_IF_ERROR(TakeCommitted());
  RETURN_IF_ERROR(RunTick(0));
  RETURN_IF_ERROR(parts_.guard->SaveCounts());
  log::info("crawl ends: {} captures stored", parts_.committer->archive_size());
  return finished;
}

}  // namespace nightjar::crawler
