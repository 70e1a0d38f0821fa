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
      follower_(settings.FactsFolder(), *parts_.archive, parts_.frontier->cursor(), *parts_.clock) {}

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
  parts_.ways.Step(parts_.clock->Mono());
  for (std::size_t way = 0; way < parts_.ways.size(); ++way) TakeFromFetcher(way);
  RETURN_IF_ERROR(parts_.observer->Step());
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
  std::vector<pollfd> waiting = {{stop_fd, POLLIN, 0}, {parts_.committer->fd(), POLLIN, 0}};
  parts_.ways.AddTo(waiting);
  ::poll(waiting.data(), waiting.size(), static_cast<int>(Patience().count()));
}

void CrawlLoop::TakeFromFetcher(std::size_t way) {
  FetcherProcess* fetcher = parts_.ways[way].fetcher();
  if (fetcher == nullptr) return;
  const Status sent = fetcher->channel().Flush();
  auto messages = fetcher->channel().Receive();
  if (!messages) return LoseFetcher(way, messages.error());
  for (auto& message : *messages) {
    auto* done = std::get_if<handover::Done>(&message);
    const Status taken = done != nullptr ? TakeDone(std::move(*done), way)
                                         : Fail(Code::kRefused, "the fetcher said something unasked");
    if (!taken) return LoseFetcher(way, taken.error());
  }
  if (!sent) LoseFetcher(way, sent.error());
}

Status CrawlLoop::TakeDone(handover::Done done, std::size_t way) {
  ASSIGN_OR_RETURN(const UnderWay::Answer answer, under_way_.Match(done, way));
  const captures::Record& record = answer.record;
  log::debug("fetch {} of host {}: {}, status {}, {} bytes", record.fetch_id, answer.asked.identity.host,
             captures::OutcomeName(record.outcome), record.http_status, record.response_size);
  LearnFrom(record, answer.asked);
  in_commit_.emplace(record.fetch_id, Ended{answer.asked.lease, JudgeExchange(record)});
  parts_.committer->Put(record.fetch_id, std::move(done.exchange));  // a failure is met in TakeCommitted()
  return {};
}

void CrawlLoop::LearnFrom(const captures::Record& record, const UnderWayTask& asked) {
  parts_.ways[asked.way].TaskEnded(record.outcome, parts_.clock->Mono());
  routes_.GiveBack(asked.identity, asked.task.socks_user);
  if (const auto why = SuspectsRoute(record.outcome))
    routes_.Leave(asked.identity, asked.task.socks_user, *why);
  if (const auto cause = SpeaksOfHost(record)) parts_.observer->Note(asked.identity.host, *cause);
}

void CrawlLoop::LoseFetcher(std::size_t way, const Error& why) {
  parts_.ways[way].Lose(why);
  for (const auto& lost : under_way_.TakeAll(way)) {
    routes_.GiveBack(lost.identity, lost.task.socks_user);
    ended_.push_back({lost.lease, {frontier::Ending::Kind::kPassing, frontier::Cause::kLost}});
  }
}

Status CrawlLoop::TakeCommitted() {
  for (const auto& committed : parts_.committer->Take())
    if (const auto done = in_commit_.extract(committed.fetch_id)) ended_.push_back(done.mapped());
  if (auto failure = parts_.committer->failure()) return tl::unexpected(std::move(*failure));
  return {};
}

Status CrawlLoop::ReadJobs() {
  const MonoTime now = parts_.clock->Mono();
  if (now < next_job_reading_) return {};
  next_job_reading_ = now + kReadJobsEvery;
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
  ASSIGN_OR_RETURN(pages_, follower_.Next(kPagesPerTick, parts_.committer->archive_size()));
  return {};
}

std::size_t CrawlLoop::Capacity() {
  const std::size_t busy = under_way_.size() + in_commit_.size();
  if (busy >= settings_.crawl.concurrency) return 0;
  return parts_.ways.Allow(settings_.crawl.concurrency - busy, parts_.clock->Mono());
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
  if (!new_terms_) return {};
  ASSIGN_OR_RETURN(const auto fresh, tick.SetJobs(*new_terms_));
  for (const JobId& id : fresh) {
    std::vector<frontier::Candidate> seeds;
    for (const auto& seed : jobs_.at(id).seeds) {
      ASSIGN_OR_RETURN(Url url, Url::Parse(seed));
      seeds.push_back({std::move(url), 0, ""});
    }
    ASSIGN_OR_RETURN(const auto admission, tick.Add(id, seeds));
    log::info("job {} begins: {} seeds, {} hosts", id.value, admission.fresh, jobs_.at(id).hosts.size());
  }
  terms_ = *std::exchange(new_terms_, std::nullopt);
  return {};
}

Status CrawlLoop::AddLinks(frontier::Tick& tick) {
  for (const PageLinks& page : pages_) {
    const auto added = tick.Add(page.job, page.candidates);
    // A capture of a job that this frontier never knew (it was made anew): its links are nobody's.
    if (!added && added.error().code != Code::kNotFound) return tl::unexpected(added.error());
  }
  pages_.clear();
  return {};
}

void CrawlLoop::SendTask(frontier::Task task) {
  const auto host = SiteHost::Parse(task.host);
  const auto way = host ? parts_.ways.Choose(*host, parts_.clock->Mono()) : std::nullopt;
  if (way) return SendTo(*way, std::move(task));
  // Another class of routes is open, that of this host is not.
  if (const MonoTime now = parts_.clock->Mono(); now >= next_stranded_log_) {
    next_stranded_log_ = now + kLogEvery;
    log::warn("no way out leads to {} just now; see `nightjar status`", task.host);
  }
  ended_.push_back({task.lease, {frontier::Ending::Kind::kUntried, frontier::Cause::kNone}});
}

void CrawlLoop::SendTo(std::size_t way, frontier::Task task) {
  const jobs::Job& job = jobs_.at(task.job);
  UnderWayTask sent{task.lease, {}, {task.job, task.host, ""}, way};
  const routes::Credentials credentials =
      routes_.Take(sent.identity, std::min(settings_.crawl.circuits, settings_.crawl.per_host));
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
               .consensus = parts_.ways[way].Consensus(parts_.clock->Mono())};
  const handover::Task message = sent.task;
  under_way_.Add(std::move(sent));  // first: if the fetcher is lost now, the lease comes back with the others
  if (const Status gone = parts_.ways[way].Send(message); !gone) LoseFetcher(way, gone.error());
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
  RETURN_IF_ERROR(parts_.observer->Write());
  const Status finished = parts_.committer->Finish();
  RETURN_IF_ERROR(TakeCommitted());
  RETURN_IF_ERROR(RunTick(0));
  log::info("crawl ends: {} captures stored", parts_.committer->archive_size());
  return finished;
}

}  // namespace nightjar::crawler
