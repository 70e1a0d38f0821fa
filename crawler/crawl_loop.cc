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
constexpr auto kDrainFor = std::chrono::seconds(5);
constexpr auto kLogEvery = std::chrono::seconds(10);
constexpr std::size_t kPagesPerTick = 64;
constexpr auto kWaitForRobots = std::chrono::seconds(1);  // before a host's URL is looked at again

}  // namespace

CrawlLoop::CrawlLoop(Parts parts, const config::Settings& settings)
    : settings_(settings),
      parts_(std::move(parts)),
      routes_(*parts_.random),
      tor_(settings.tor.socks),
      consensus_(settings.tor.consensus),
      follower_(settings.FactsFolder(), *parts_.archive, parts_.frontier->cursor(), *parts_.clock),
      desk_(std::move(parts_.control), *parts_.clock),
      robots_(std::move(parts_.robots), *parts_.clock),
      first_capture_(parts_.committer->archive_size()) {}

Status CrawlLoop::Run(StopSignal& stop, bool until_idle) {
  while (!stop.token().stop_requested()) {
    RETURN_IF_ERROR(Step(true));
    if (until_idle) {
      ASSIGN_OR_RETURN(const bool idle, Idle());
      if (idle) break;
    }
    LogProgress();
    Wait(stop.fd());
  }
  return Drain();
}

Status CrawlLoop::Step(bool lease) {
  TakeFromFetcher();
  RETURN_IF_ERROR(TakeCommitted());
  RETURN_IF_ERROR(desk_.Read(*parts_.frontier, [this](const JobId& job) { return Settled(job); }));
  RETURN_IF_ERROR(FollowLinks());
  return RunTick(lease ? Capacity() : 0);
}

// Then the runs that are over are ended too, and what begins next is no longer idle.
Result<bool> CrawlLoop::Idle() {
  const bool quiet = parts_.frontier->Idle() && under_way_.size() == 0 && in_commit_.empty() &&
                     ended_.empty() && pages_.empty() &&
                     follower_.cursor() == parts_.committer->archive_size();
  if (!quiet) return false;
  RETURN_IF_ERROR(desk_.Read(
      *parts_.frontier, [this](const JobId& job) { return Settled(job); }, true));
  return !desk_.HasWork();
}

// Whether all links of the job's captures are in the frontier.
bool CrawlLoop::Settled(const JobId& job) const {
  const auto captured = captured_.find(job);
  const std::uint64_t end = captured == captured_.end() ? first_capture_ : captured->second;
  return pages_.empty() && follower_.cursor() >= end && !robots_.Awaits(job);
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
  frontier::Ending ending = JudgeExchange(record, done.exchange.head);
  const jobs::Job* job = desk_.Find(record.job);
  if (record.robots == kRobotsItself && job != nullptr) {
    auto kept = robots_.Answered(*job, record, ending);
    if (!kept) log::error("what a robots.txt says cannot be kept: {}", kept.error().Format());
    ending = kept.value_or(frontier::Ending{.kind = frontier::Ending::Kind::kHeld});
  }
  in_commit_.emplace(record.fetch_id, Ended{answer.asked.lease, ending, record.job});
  parts_.committer->Put(record.fetch_id, std::move(done.exchange));  // a failure is met in TakeCommitted()
  return {};
}

void CrawlLoop::LoseFetcher(const Error& why) {
  parts_.fetcher.Lost(why);
  robots_.LostAll();
  for (const auto lease : under_way_.TakeAll())
    ended_.push_back({lease, {.kind = frontier::Ending::Kind::kPassing, .cause = frontier::Cause::kLost}});
}

Status CrawlLoop::TakeCommitted() {
  for (const auto& committed : parts_.committer->Take()) {
    auto done = in_commit_.extract(committed.fetch_id);
    if (!done) continue;
    captured_[done.mapped().job] = committed.number.value + 1;
    ended_.push_back(std::move(done.mapped()));
  }
  if (auto failure = parts_.committer->failure()) return tl::unexpected(std::move(*failure));
  return {};
}

Status CrawlLoop::FollowLinks() {
  ASSIGN_OR_RETURN(pages_, follower_.Next(kPagesPerTick, parts_.committer->archive_size()));
  return {};
}

std::size_t CrawlLoop::Capacity() {
  const std::size_t busy = under_way_.size() + in_commit_.size();
  if (parts_.fetcher.Running() == nullptr || busy >= settings_.crawl.concurrency) return 0;
  return tor_.Allow(settings_.crawl.concurrency - busy, under_way_.size(), parts_.clock->Mono());
}

// Everything that happened since the last one becomes durable in one transaction; no transaction for nothing.
Status CrawlLoop::RunTick(std::size_t capacity) {
  frontier::Frontier& frontier = *parts_.frontier;
  const bool can_lease = capacity > 0 && frontier.NextDue() == Micros(0);
  const bool followed = follower_.cursor() != frontier.cursor();
  const bool overdue = frontier.NextOverdue() == Micros(0);
  if (!can_lease && !followed && !overdue && ended_.empty() && !desk_.HasWork()) return {};

  ASSIGN_OR_RETURN(frontier::Tick tick, frontier.Begin());
  for (const Ended& ended : ended_) RETURN_IF_ERROR(tick.Complete(ended.lease, ended.ending));
  ended_.clear();
  RETURN_IF_ERROR(desk_.Apply(tick));
  RETURN_IF_ERROR(AddLinks(tick));
  if (followed) RETURN_IF_ERROR(tick.SetCursor(follower_.cursor()));
  ASSIGN_OR_RETURN(const std::size_t overdue_leases, tick.TakeBackOverdue());
  ASSIGN_OR_RETURN(auto tasks, tick.Lease(capacity));
  RETURN_IF_ERROR(tick.Commit());
  RETURN_IF_ERROR(desk_.Committed());
  if (overdue_leases > 0) log::warn("{} leases ran out", overdue_leases);
  for (auto& task : tasks) RETURN_IF_ERROR(TakeUp(std::move(task)));
  return {};
}

Status CrawlLoop::AddLinks(frontier::Tick& tick) {
  for (PageLinks& page : pages_) {
    if (page.robots) RETURN_IF_ERROR(robots_.TakeText(page.job, *page.robots));
    const jobs::Job* job = desk_.Find(page.job);
    if (job != nullptr) RETURN_IF_ERROR(robots_.MarkForbidden(*job, page.candidates));
    const auto added = tick.Add(page.job, page.candidates);
    // A capture of a job that this frontier never knew (it was made anew): its links are nobody's.
    if (!added && added.error().code != Code::kNotFound) return tl::unexpected(added.error());
  }
  pages_.clear();
  return {};
}

// A leased task goes to the fetcher, or back where robots.txt must be known first or forbids it.
Status CrawlLoop::TakeUp(frontier::Task task) {
  using Step = RobotsDesk::Advice::Step;
  using Kind = frontier::Ending::Kind;
  const jobs::Job* job = desk_.Find(task.job);
  if (job == nullptr) {
    ended_.push_back({task.lease, {.kind = Kind::kUntried}});
    return {};
  }
  ASSIGN_OR_RETURN(RobotsDesk::Advice advice, robots_.Advise(*job, task.url));
  switch (advice.step) {
    case Step::kExclude:
      ended_.push_back({task.lease, {.kind = Kind::kExcluded, .exclusion = frontier::Exclusion::kRobots}});
      return {};
    case Step::kWait:
      ended_.push_back({task.lease, {.kind = Kind::kHeld, .not_before = kWaitForRobots}});
      return {};
    case Step::kAskFirst:
      task.via = std::exchange(task.url, std::move(advice.robots_url));
      break;
    case Step::kGo:
      break;
  }
  SendTask(std::move(task), *job, advice.robots);
  return {};
}

void CrawlLoop::SendTask(frontier::Task task, const jobs::Job& job, const std::string& robots) {
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
               .consensus = consensus_.Describe(parts_.clock->Mono()),
               .robots = robots};
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
  log::info("crawl ends: {} captures stored", parts_.committer->archive_size());
  return finished;
}

}  // namespace nightjar::crawler
