// SPDX-License-Identifier: Apache-2.0
#include "indexer/follower.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "base/log.h"

namespace nightjar::indexer {
namespace {

// The archive has no bell to ring over processes; asking for its size costs microseconds.
constexpr std::chrono::milliseconds kBetweenLooks(100);

// Readings stored as one group: bounds the memory a group holds, while one fsync still serves many.
constexpr std::size_t kGroup = 256;

void Pause(const std::stop_token& stop, std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable_any bell;
  std::unique_lock lock(mutex);
  bell.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace

Follower::Follower(Options options)
    : options_(std::move(options)),
      ahead_({.archive = options_.archive,
              .facts = options_.facts,
              .read = options_.read,
              .reader = options_.reader,
              .threads = options_.threads,
              .reread = options_.reread,
              .leave_out = options_.leave_out}) {}

Status Follower::Start() {
  committed_ = options_.index->cursor();
  ASSIGN_OR_RETURN(const std::uint64_t facts_end, options_.facts->End());
  if (options_.index->Documents() > 0 && facts_end == 0)
    log::warn("the facts store was emptied: reading {} captures again", committed_);
  // Facts are stored before documents are committed: where they end earlier, they were taken away, or the
  // rest are captures that have none.
  asked_ = added_ = std::min(committed_, facts_end);
  if (options_.items != nullptr) {
    ASSIGN_OR_RETURN(const std::uint64_t items_end, options_.items->Cursor());
    asked_ = added_ = std::min(added_, items_end);  // items that were taken away are told again from facts
  }
  last_commit_ = options_.clock->Mono();
  if (options_.searchable) options_.searchable(committed_);
  return {};
}

Status Follower::Run(const std::stop_token& stop) {
  RETURN_IF_ERROR(Start());
  while (!stop.stop_requested()) {
    RETURN_IF_ERROR(AskForMore());
    if (ahead_.pending() == 0) {
      if (added_ > committed_ && (options_.until_caught_up || CommitIsDue())) RETURN_IF_ERROR(Commit());
      if (options_.until_caught_up && committed_ == size_) return {};
      Pause(stop, kBetweenLooks);
      continue;
    }
    ASSIGN_OR_RETURN(std::vector<Reading> readings, ahead_.Take(kGroup, kBetweenLooks));
    RETURN_IF_ERROR(Store(std::move(readings)));
    if (CommitIsDue()) RETURN_IF_ERROR(Commit());
  }
  return added_ > committed_ ? Commit() : Status();
}

Status Follower::AskForMore() {
  ASSIGN_OR_RETURN(size_, options_.archive->Size());
  if (size_ < committed_) {
    return Fail(Code::kCorrupt,
                "the index knows more captures than the archive holds; was an older archive put back? "
                "Run nightjar index rebuild once that is explained");
  }
  if (options_.hold && options_.hold()) return {};
  while (asked_ < size_ && ahead_.has_room()) ahead_.Ask({asked_++});
  return {};
}

Status Follower::Store(std::vector<Reading> readings) {
  std::vector<std::pair<CaptureNumber, wire::Facts>> changed;
  std::vector<std::pair<Digest, CaptureNumber>> read;
  for (Reading& reading : readings) {
    if (!reading.observation) continue;
    Observation& observation = *reading.observation;
    if (options_.words != nullptr) options_.words->LendTo(observation);
    if (options_.masks != nullptr && reading.fresh)
      RETURN_IF_ERROR(options_.masks->HideIn(observation.facts, observation.record.route));
    const bool marked = options_.index->MarkRepeated(observation);
    if (reading.fresh || marked) changed.emplace_back(reading.number, observation.facts);
    if (reading.reading) read.emplace_back(*reading.reading, reading.number);
  }
  if (!changed.empty()) RETURN_IF_ERROR(options_.facts->Put(changed, read));
  if (options_.items != nullptr) RETURN_IF_ERROR(options_.items->Take(readings));
  const auto earlier = [&](CaptureNumber number) { return options_.facts->Get(number); };
  for (Reading& reading : readings) {
    // Below the cursor only facts were missing.
    const bool indexed = reading.number.value < options_.index->cursor();
    if (reading.observation && !indexed)
      RETURN_IF_ERROR(options_.index->Add(std::move(*reading.observation), earlier));
    added_ = reading.number.value + 1;
    ++uncommitted_;
  }
  return {};
}

Status Follower::Commit() {
  committed_ = std::max(added_, committed_);
  RETURN_IF_ERROR(options_.index->Commit(committed_));
  uncommitted_ = 0;
  last_commit_ = options_.clock->Mono();
  log::debug("captures below {} are searchable", committed_);
  if (options_.searchable) options_.searchable(committed_);
  return {};
}

bool Follower::CommitIsDue() const {
  if (added_ <= committed_) return false;
  return uncommitted_ >= options_.commit_documents ||
         options_.clock->Mono() - last_commit_ >= options_.commit_interval;
}

}  // namespace nightjar::indexer
