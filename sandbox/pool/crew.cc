// SPDX-License-Identifier: Apache-2.0
#include "sandbox/pool/crew.h"

#include <fmt/format.h>

#include <utility>

#include "base/log.h"

namespace nightjar::pool {
namespace {

// One failed start may be an accident (an administrator's kill, memory short for a moment); three are a
// condition.
constexpr unsigned kFailedStartsToGiveUp = 3;
constexpr std::chrono::milliseconds kPauseAfterFailedStart(20);
constexpr std::chrono::milliseconds kPauseWhenGivenUp(1000);

}  // namespace

Pool::Crew::Crew(PoolOptions options) : options_(std::move(options)), starter_([this] { StartWorkers(); }) {}

Pool::Crew::~Crew() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  starter_.join();
}

void Pool::Crew::StartWorkers() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (alive_ >= options_.workers) {
      changed_.wait(lock);
      continue;
    }
    ++alive_;
    lock.unlock();
    auto worker = Worker::Start(options_.program, options_.profiles,
                                std::chrono::steady_clock::now() + options_.start_deadline);
    lock.lock();
    failed_starts_ = worker ? 0 : failed_starts_ + 1;
    if (worker) {
      ++counts_.started;
      sandbox_ = worker->hello().sandbox;
      idle_.push_back(std::make_unique<Worker>(std::move(*worker)));
      changed_.notify_all();
      continue;
    }
    --alive_;
    failure_ = worker.error();
    changed_.notify_all();
    log::warn("cannot start a reader: {}", failure_.Format());
    const bool given_up = failed_starts_ >= kFailedStartsToGiveUp;
    changed_.wait_for(lock, given_up ? kPauseWhenGivenUp : kPauseAfterFailedStart,
                      [this] { return stopping_; });
  }
  idle_.clear();
}

bool Pool::Crew::HasGivenUp() const { return failed_starts_ >= kFailedStartsToGiveUp && alive_ == 0; }

Pool::Crew::Place::~Place() {
  if (crew_ == nullptr) return;
  const std::scoped_lock lock(crew_->mutex_);
  --crew_->callers_;
}

Result<Pool::Crew::Place> Pool::Crew::Enter() {
  const std::scoped_lock lock(mutex_);
  if (callers_ >= options_.workers + options_.max_waiting) {
    ++counts_.turned_away;
    return Fail(Code::kUnavailable, fmt::format("{} documents wait for {} readers already; try again later",
                                                options_.max_waiting, options_.workers));
  }
  ++callers_;
  return Place(*this);
}

Result<std::unique_ptr<Worker>> Pool::Crew::Take() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !idle_.empty() || HasGivenUp(); });
    if (idle_.empty()) return Fail(Code::kUnavailable, "no reader can be started: " + failure_.Format());
    std::unique_ptr<Worker> worker = std::move(idle_.back());
    idle_.pop_back();
    lock.unlock();
    if (worker->IsReady()) return worker;
    Discard(std::move(worker));
  }
}

bool Pool::Crew::IsSpent(const Worker& worker) const {
  return worker.documents >= options_.documents_per_worker || worker.busy >= options_.busy_per_worker;
}

void Pool::Crew::GiveBack(std::unique_ptr<Worker> worker) {
  if (IsSpent(*worker)) return Discard(std::move(worker));
  {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(worker));
  }
  changed_.notify_all();
}

void Pool::Crew::Discard(std::unique_ptr<Worker> worker) {
  worker.reset();  // kills and reaps, outside the lock
  {
    const std::scoped_lock lock(mutex_);
    --alive_;
  }
  changed_.notify_all();
}

void Pool::Crew::NoteDocument(bool quarantined) {
  const std::scoped_lock lock(mutex_);
  ++counts_.documents;
  if (quarantined) ++counts_.quarantined;
}

void Pool::Crew::NoteFault() {
  const std::scoped_lock lock(mutex_);
  ++counts_.faults;
}

PoolCounts Pool::Crew::counts() const {
  const std::scoped_lock lock(mutex_);
  return counts_;
}

std::string Pool::Crew::sandbox() const {
  const std::scoped_lock lock(mutex_);
  return sandbox_;
}

}  // namespace nightjar::pool
