// SPDX-License-Identifier: Apache-2.0
#include "crawler/crawl_loop.h"

#include <poll.h>

#include <algorithm>

#include "base/log.h"
#include "crawler/judge.h"
#include "crawler/refusal.h"

namespace nightjar::crawler {
namespace {

using frontier::Ending;
using std::chrono::milliseconds;

constexpr milliseconds kLookForFacts(100);
constexpr auto kLookEvery = std::chrono::seconds(1);
constexpr auto kDrainFor = std::chrono::seconds(5);
constexpr auto kLogEvery = std::chrono::seconds(10);
constexpr auto kWaitForRobots = std::chrono::seconds(1);  // before a host's URL is looked at again
constexpr auto kWaitForAWay = std::chrono::seconds(5);
constexpr std::size_t kPagesPerTick = 64;

}  // namespace

CrawlLoop::CrawlLoop(Parts parts, const config::Settings& settings)
    : settings_(settings),
      parts_(std::move(parts)),
      desk_(std::move(parts_.control), *parts_.clock,
            [this](const Url& seed) { return parts_.guard->Blocks(seed.host(), Gate::kSeed); }),
      robots_(std::move(parts_.robots), *parts_.clock),
      follower_(settings.FactsFolder(), *parts_.archive, parts_.frontier->cursor(), *parts_.clock,
                [this](const std::string& host) { return parts_.guard->Passes(host); }),
      hash_lists_(settings.media),
      disk_(settings.data, settings.disk.PauseBelow(), *parts_.clock),
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
  RETURN_IF_ERROR(parts_.outgoing.Step());
  RETURN_IF_ERROR(TakeReturned());
  RETURN_IF_ERROR(TakeCommitted());
  RETURN_IF_ERROR(desk_.Read(*parts_.frontier, [this](const JobId& job) { return Settled(job); }));
  RETURN_IF_ERROR(LookAround());
  RETURN_IF_ERROR(FollowLinks());
  return RunTick(lease ? Capacity() : 0);
}

// Then the runs that are over are ended too, and what begins next is no longer idle.
Result<bool> CrawlLoop::Idle() {
  const bool quiet = parts_.frontier->Idle() && parts_.outgoing.size() == 0 && in_commit_.empty() &&
                     ended_.empty() && pages_.empty() && !parts_.sessions->Busy() &&
                     follower_.cursor() == parts_.committer->archive_size();
  if (!quiet) return false;
  RETURN_IF_ERROR(desk_.Read(
      *parts_.frontier, [this](const JobId& job) { return Settled(job); }, true));
  return !desk_.HasWork();
}

// Whether nothing of the job is on its way that could bring the frontier more.
bool CrawlLoop::Settled(const JobId& job) const {
  const auto captured = captured_.find(job);
  const std::uint64_t end = captured == captured_.end() ? first_capture_ : captured->second;
  return pages_.empty() && follower_.cursor() >= end && !robots_.Awaits(job) &&
         !parts_.sessions->HoldsBack(job);
}

void CrawlLoop::LogProgress() {
  const MonoTime now = parts_.clock->Mono();
  const std::uint64_t captures = parts_.committer->archive_size();
  if (now < next_progress_ || captures == progress_logged_) return;
  next_progress_ = now + kLogEvery;
  progress_logged_ = captures;
  log::info("{} captures stored, links of {} followed, {} tasks under way", captures, follower_.cursor(),
            parts_.outgoing.size());
}

milliseconds CrawlLoop::Patience() {
  const auto due = Capacity() > 0 ? parts_.frontier->NextDue() : std::nullopt;
  return due ? std::min(kLookForFacts, std::chrono::ceil<milliseconds>(*due)) : kLookForFacts;
}

void CrawlLoop::Wait(int stop_fd) {
  std::vector<pollfd> waiting = {{stop_fd, POLLIN, 0}, {parts_.committer->fd(), POLLIN, 0}};
  parts_.outgoing.AddTo(waiting);
  ::poll(waiting.data(), waiting.size(), static_cast<int>(Patience().count()));
}

Status CrawlLoop::TakeReturned() {
  Outgoing::Returned returned = parts_.outgoing.Take();
  for (const frontier::LeaseId lease : returned.begun) parts_.frontier->Begun(lease);
  for (auto& answer : returned.answers) RETURN_IF_ERROR(TakeAnswer(std::move(answer)));
  if (!returned.lost.empty()) robots_.LostAll();
  for (const auto& lost : returned.lost) TakeLost(lost);
  return {};
}

Status CrawlLoop::TakeAnswer(Outgoing::Answer answer) {
  const captures::Record& record = answer.record;
  ASSIGN_OR_RETURN(const bool keep, parts_.sessions->Took(answer.asked, record, answer.exchange));
  if (!keep) return {};
  Ending ending = JudgeExchange(record, answer.exchange.head);
  const jobs::Job* job = desk_.Find(record.job);
  if (record.robots == kRobotsItself && job != nullptr) {
    auto kept = robots_.Answered(*job, record, ending);
    if (!kept) log::error("what a robots.txt says cannot be kept: {}", kept.error().Format());
    ending = kept.value_or(frontier::Ending{.kind = frontier::Ending::Kind::kHeld});
  }
  const bool known = record.withheld.by == captures::Withheld::By::kHashList;
  in_commit_.emplace(record.fetch_id,
                     Ended{answer.asked.lease, ending, record.job, known ? record.url : std::string()});
  parts_.committer->Put(record.fetch_id, std::move(answer.exchange));  // failures are met in TakeCommitted()
  return {};
}

void CrawlLoop::TakeLost(const Outgoing::Lost& lost) {
  if (lost.asked.errand.empty())
    ended_.push_back({lost.asked.lease, lost.ending});
  else
    parts_.sessions->Lost(lost.asked);
}

Status CrawlLoop::TakeCommitted() {
  for (const auto& committed : parts_.committer->Take()) {
    auto done = in_commit_.extract(committed.fetch_id);
    if (!done) continue;
    captured_[done.mapped().job] = committed.number.value + 1;
    RETURN_IF_ERROR(RaiseAlert(done.mapped(), committed.number));
    if (done.mapped().lease.value != 0) ended_.push_back(std::move(done.mapped()));
  }
  if (auto failure = parts_.committer->failure()) return tl::unexpected(std::move(*failure));
  return {};
}

// A person has to hear of it, whatever else happens to this crawl.
Status CrawlLoop::RaiseAlert(const Ended& ended, CaptureNumber number) {
  if (ended.alert.empty()) return {};
  log::error("ALERT: a hash list knows the file of capture {}; only its digest was kept", number.value);
  return parts_.guard->Raise({.at = parts_.clock->Utc(),
                              .kind = "hash-list",
                              .text = "a hash list knows a file that was met; only its digest was kept",
                              .subject = "capture " + std::to_string(number.value) + ", " + ended.alert});
}

// What people and their files said since a second ago.
Status CrawlLoop::LookAround() {
  const MonoTime now = parts_.clock->Mono();
  if (now < next_look_) return {};
  next_look_ = now + kLookEvery;
  parts_.guard->Refresh();
  if (hash_lists_.Changed())
    parts_.outgoing.Renew(
        {Code::kUnavailable, "a hash list has changed, which only a new fetcher can read", {}});
  RETURN_IF_ERROR(parts_.guard->SaveCounts());
  if (known_jobs_ != desk_.revision()) {
    RETURN_IF_ERROR(parts_.sessions->SetJobs(desk_.jobs()));
    known_jobs_ = desk_.revision();
  }
  return parts_.sessions->Look();
}

Status CrawlLoop::FollowLinks() {
  // Links wait until it can be said which may be followed, and while the disk is nearly full.
  if (!parts_.guard->open() || disk_.Low()) return {};
  ASSIGN_OR_RETURN(pages_, follower_.Next(kPagesPerTick, parts_.committer->archive_size()));
  for (FollowedPage& page : pages_) {
    if (page.robots) continue;
    ASSIGN_OR_RETURN(const bool leads_on, parts_.sessions->Saw(page));
    if (!leads_on) page.candidates.clear();
    if (wire::IsWall(page.facts.page_class)) parts_.outgoing.MetWall(page.record);
  }
  for (const auto& circuit : parts_.sessions->TakeTurnedAway())
    parts_.outgoing.TurnedAway(circuit.identity, circuit.user);
  return {};
}

std::size_t CrawlLoop::Capacity() {
  const std::size_t busy = parts_.outgoing.size() + in_commit_.size();
  if (!parts_.guard->open() || busy >= settings_.crawl.concurrency || disk_.Low()) return 0;
  return parts_.outgoing.Allow(settings_.crawl.concurrency - busy);
}

// Everything that happened since the last one becomes durable in one transaction; no transaction for nothing.
Status CrawlLoop::RunTick(std::size_t capacity) {
  frontier::Frontier& frontier = *parts_.frontier;
  const bool can_lease = capacity > 0 && frontier.NextDue() == Micros(0);
  const bool followed = follower_.cursor() != frontier.cursor();
  const bool overdue = frontier.NextOverdue() == Micros(0);
  const bool ordered = parts_.guard->open() && desk_.HasWork();
  if (!can_lease && !followed && !overdue && !ordered && ended_.empty() && !parts_.sessions->Wants())
    return {};

  ASSIGN_OR_RETURN(frontier::Tick tick, frontier.Begin());
  for (const Ended& ended : ended_) RETURN_IF_ERROR(tick.Complete(ended.lease, ended.ending));
  ended_.clear();
  if (ordered) RETURN_IF_ERROR(desk_.Apply(tick));
  RETURN_IF_ERROR(AddLinks(tick));
  if (followed) RETURN_IF_ERROR(tick.SetCursor(follower_.cursor()));
  ASSIGN_OR_RETURN(const auto errands, parts_.sessions->Apply(tick, capacity));
  ASSIGN_OR_RETURN(const std::size_t overdue_leases, tick.TakeBackOverdue());
  ASSIGN_OR_RETURN(auto tasks, tick.Lease(capacity - errands.size()));
  RETURN_IF_ERROR(tick.Commit());
  if (ordered) RETURN_IF_ERROR(desk_.Committed());
  if (overdue_leases > 0) log::warn("{} leases ran out", overdue_leases);
  for (const auto& errand : errands) SendErrand(errand);
  for (auto& task : tasks) RETURN_IF_ERROR(TakeUp(std::move(task)));
  return {};
}

Status CrawlLoop::AddLinks(frontier::Tick& tick) {
  for (FollowedPage& page : pages_) {
    const JobId& id = page.record.job;
    if (page.robots) RETURN_IF_ERROR(robots_.TakeText(id, *page.robots));
    std::erase_if(page.candidates, [&](const frontier::Candidate& link) {
      return parts_.guard->Blocks(link.url.host(), Gate::kLink) || parts_.sessions->Avoids(id, link.url);
    });
    if (page.candidates.empty()) continue;
    const auto added = tick.Add(id, page.candidates);
    // A capture of a job that this frontier never knew (it was made anew): its links are nobody's.
    if (!added && added.error().code != Code::kNotFound) return tl::unexpected(added.error());
  }
  pages_.clear();
  return {};
}

// A leased task goes to a fetcher: to be fetched, or to be recorded as refused. Or it goes back, where
// robots.txt must be known first.
Status CrawlLoop::TakeUp(frontier::Task task) {
  using Step = RobotsDesk::Advice::Step;
  const jobs::Job* job = desk_.Find(task.job);
  if (job == nullptr) {
    ended_.push_back({task.lease, {.kind = Ending::Kind::kUntried}});
    return {};
  }
  const auto url = Url::Parse(task.url);
  if (url && parts_.guard->Blocks(url->host(), Gate::kFetch)) {
    log::warn("a page of host {} is not fetched: the host is on the blocklist", task.host.substr(0, 16));
    SendPage(std::move(task), *job, {.robots = "unasked", .refusal = std::string(kBlockedRefusal)});
    return {};
  }
  ASSIGN_OR_RETURN(RobotsDesk::Advice advice, robots_.Advise(*job, task.url));
  switch (advice.step) {
    case Step::kWait:
      ended_.push_back({task.lease, {.kind = Ending::Kind::kHeld, .not_before = kWaitForRobots}});
      return {};
    case Step::kAskFirst:
      task.via = std::exchange(task.url, std::move(advice.robots_url));
      break;
    case Step::kGo:
    case Step::kRefuse:
      break;
  }
  SendPage(std::move(task), *job, std::move(advice));
  return {};
}

// What every task says.
UnderWayTask CrawlLoop::MakeTask(const jobs::Job& job, const std::string& host, std::string url) {
  UnderWayTask made;
  made.identity = {job.id, host, parts_.sessions->PersonaFor(job.id, host)};
  made.task.fetch_id = HexEncode(parts_.random->Take(16));
  made.task.url = std::move(url);
  made.task.job = job.id;
  made.task.case_id = job.case_id;
  made.task.legal_basis = job.legal_basis;
  made.task.via = "-";
  made.task.robots = "ignored";
  made.task.media = job.media;
  return made;
}

void CrawlLoop::SendPage(frontier::Task task, const jobs::Job& job, RobotsDesk::Advice advice) {
  UnderWayTask sent = MakeTask(job, task.host, std::move(task.url));
  sent.lease = task.lease;
  sent.task.tell_begin = task.has_company;
  sent.task.depth = task.depth;
  sent.task.via = std::move(task.via);
  sent.task.robots = std::move(advice.robots);
  sent.task.refusal = std::move(advice.refusal);
  if (Send(std::move(sent), job)) return;
  // Another class of routes is open, that of this host is not.
  if (const MonoTime now = parts_.clock->Mono(); now >= next_stranded_log_) {
    next_stranded_log_ = now + kLogEvery;
    log::warn("no way out leads to {} just now; see `nightjar status`", task.host);
  }
  ended_.push_back({task.lease, {.kind = Ending::Kind::kUntried, .not_before = kWaitForAWay}});
}

void CrawlLoop::SendErrand(const Errand& errand) {
  const jobs::Job* job = desk_.Find(errand.job);
  UnderWayTask sent = MakeTask(job != nullptr ? *job : jobs::Job{}, errand.host, errand.url);
  sent.errand = errand.session;
  sent.task.depth = errand.depth;
  sent.task.via = errand.via;
  sent.task.purpose = errand.purpose;
  sent.task.post = errand.post;
  sent.task.form = errand.form;
  // The picture of a wall is for the person who is asked; it is kept sealed, not archived (sessions/wall.h).
  if (errand.purpose == handover::Purpose::kWallImage) sent.task.media = {"image/*"};
  parts_.sessions->Sent(errand, sent.task.fetch_id);
  const auto url = Url::Parse(errand.url);
  const bool may_go = job != nullptr && url && !parts_.guard->Blocks(url->host(), Gate::kFetch);
  if (!may_go || !Send(sent, *job)) parts_.sessions->Lost(sent);
}

bool CrawlLoop::Send(UnderWayTask task, const jobs::Job& job) {
  if (task.task.refusal.empty()) parts_.sessions->Equip(task.task, task.identity);
  const std::uint32_t at_once = std::min(job.per_host, settings_.crawl.per_host);
  return parts_.outgoing.Send(std::move(task), std::min(settings_.crawl.circuits, at_once));
}

// Lets the fetchers finish what they can in a few seconds, makes that durable, and signs. Tasks that are not
// back by then are leased again by the next crawl.
Status CrawlLoop::Drain() {
  const MonoTime deadline = parts_.clock->Mono() + kDrainFor;
  if (parts_.outgoing.size() > 0) log::info("stopping; {} tasks may still end", parts_.outgoing.size());
  while (parts_.outgoing.size() > 0 && parts_.clock->Mono() < deadline) {
    Wait(-1);
    RETURN_IF_ERROR(Step(false));
  }
  RETURN_IF_ERROR(parts_.outgoing.Finish());
  Status finished = parts_.committer->Finish();
  RETURN_IF_ERROR(TakeCommitted());
  RETURN_IF_ERROR(RunTick(0));
  RETURN_IF_ERROR(parts_.guard->SaveCounts());
  log::info("crawl ends: {} captures stored", parts_.committer->archive_size());
  return finished;
}

}  // namespace nightjar::crawler
