// SPDX-License-Identifier: Apache-2.0
#include "crawler/committer.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <new>

#include "base/log.h"

namespace nightjar::crawler {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestWait(1000);

}  // namespace

Committer::Committer(std::unique_ptr<captures::Writer> writer, const Options& options)
    : writer_(std::move(writer)),
      options_(options),
      event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      archive_size_(writer_->size()),
      // Leaves of a crash may not be under a checkpoint yet.
      checkpoint_due_(options_.clock->Mono()),
      inbox_(2 * options_.batch),
      thread_([this] { Work(); }) {}

Committer::~Committer() { End(); }

void Committer::End() {
  inbox_.Close();
  if (thread_.joinable()) thread_.join();
}

bool Committer::Put(std::string fetch_id, captures::Exchange exchange) {
  return inbox_.Put({std::move(fetch_id), std::move(exchange)});
}

std::vector<Committer::Committed> Committer::Take() {
  eventfd_t events = 0;
  ::eventfd_read(event_.get(), &events);
  const std::scoped_lock lock(mutex_);
  return std::exchange(committed_, {});
}

std::optional<Error> Committer::failure() const {
  const std::scoped_lock lock(mutex_);
  return failure_;
}

Status Committer::Finish() {
  End();
  if (auto failed = failure()) return tl::unexpected(*failed);
  return {};
}

void Committer::Work() {
  try {
    const Status worked = CommitBatches();
    if (worked) return;
    log::error("the archive stopped storing: {}", worked.error().Format());
    const std::scoped_lock lock(mutex_);
    failure_ = worked.error();
  } catch (const std::bad_alloc&) {  // nothing of the batch is acknowledged; the role ends with the reason
    const std::scoped_lock lock(mutex_);
    failure_ = std::move(out_of_memory_);
  }
  inbox_.Close();
  ::eventfd_write(event_.get(), 1);
}

Status Committer::CommitBatches() {
  while (!inbox_.closed()) {
    auto items = inbox_.TakeBatch(options_.batch, Patience());
    if (!items.empty()) RETURN_IF_ERROR(Commit(std::move(items)));
    if (checkpoint_due_ && options_.clock->Mono() >= *checkpoint_due_) RETURN_IF_ERROR(SignCheckpoint());
  }
  return checkpoint_due_ ? SignCheckpoint() : Status();
}

milliseconds Committer::Patience() const {
  if (!checkpoint_due_) return kLongestWait;
  const auto left = std::chrono::ceil<milliseconds>(*checkpoint_due_ - options_.clock->Mono());
  return std::clamp(left, milliseconds(0), kLongestWait);
}

Status Committer::Commit(std::vector<Item> items) {
  std::vector<captures::Exchange> exchanges;
  exchanges.reserve(items.size());
  for (auto& item : items) exchanges.push_back(std::move(item.exchange));
  ASSIGN_OR_RETURN(const auto numbers, writer_->Append(exchanges));
  archive_size_ = writer_->size();
  if (options_.trouble != nullptr) {
    const Status cleared = options_.trouble->Clear();
    if (!cleared) log::warn("`nightjar status` still shows old trouble: {}", cleared.error().Format());
  }
  if (!checkpoint_due_) checkpoint_due_ = options_.clock->Mono() + options_.checkpoint_interval;
  {
    const std::scoped_lock lock(mutex_);
    for (std::size_t i = 0; i < items.size(); ++i)
      committed_.push_back({std::move(items[i].fetch_id), numbers.at(i)});
  }
  ::eventfd_write(event_.get(), 1);
  return {};
}

Status Committer::SignCheckpoint() {
  checkpoint_due_.reset();
  if (writer_->size() == 0) return {};
  ASSIGN_OR_RETURN(const auto checkpoint, writer_->SignCheckpoint());
  log::debug("checkpoint over {} captures", checkpoint.checkpoint.size);
  return {};
}

}  // namespace nightjar::crawler
