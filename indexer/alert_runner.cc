// SPDX-License-Identifier: Apache-2.0
#include "indexer/alert_runner.h"

#include <algorithm>

#include "base/log.h"
#include "indexer/sinks/mail_drop.h"
#include "indexer/sinks/webhook.h"

namespace nightjar::indexer {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause(1000);     // after an error ...
constexpr milliseconds kLongestPause(30000);  // ... doubled at each one up to this
constexpr milliseconds kBetweenRounds(1000);  // deliveries that failed become due without anybody's word

std::string OrEmpty(const std::string& setting) { return setting == config::kNone ? "" : setting; }

}  // namespace

Result<sinks::Sinks> SinksOf(const config::Settings& settings, const std::stop_token& stop) {
  const config::AlertSettings& wanted = settings.alerts;
  sinks::Sinks found;
  if (wanted.webhook_url != config::kNone) {
    ASSIGN_OR_RETURN(Bytes secret, sinks::ReadSecret(wanted.webhook_secret));
    found.emplace(sinks::kWebhookSink, sinks::PostTo({.url = wanted.webhook_url,
                                                      .secret = std::move(secret),
                                                      .proxy = OrEmpty(wanted.webhook_proxy),
                                                      .clock = &SystemClock(),
                                                      .stop = stop}));
  }
  if (wanted.mail_folder != config::kNone) {
    found.emplace(
        sinks::kMailSink,
        sinks::DropMail({.folder = wanted.mail_folder, .from = wanted.mail_from, .to = wanted.mail_to}));
  }
  return found;
}

Result<std::unique_ptr<AlertRunner>> AlertRunner::Start(const config::Settings& settings, Options options) {
  ASSIGN_OR_RETURN(auto store,
                   watch::WatchStore::Open(settings.WatchFolder(), watch::WatchStore::Mode::kWrite));
  std::stop_source ending;
  ASSIGN_OR_RETURN(sinks::Sinks sinks, SinksOf(settings, ending.get_token()));
  return std::unique_ptr<AlertRunner>(
      new AlertRunner(settings, std::move(options), std::move(store), std::move(sinks), std::move(ending)));
}

AlertRunner::AlertRunner(const config::Settings& settings, Options options,
                         std::unique_ptr<watch::WatchStore> store, sinks::Sinks sinks,
                         std::stop_source ending)
    : index_folder_(settings.IndexFolder()),
      facts_folder_(settings.FactsFolder()),
      options_(std::move(options)),
      ending_(std::move(ending)),
      store_(std::move(store)),
      courier_({.store = store_.get(), .sinks = std::move(sinks), .clock = &SystemClock()}),
      looking_([this](const std::stop_token& stop) { Look(stop); }),
      delivering_([this](const std::stop_token& stop) { Deliver(stop); }) {}

AlertRunner::~AlertRunner() { ending_.request_stop(); }

void AlertRunner::Tell(std::uint64_t searchable) {
  const std::scoped_lock lock(mutex_);
  told_ = std::max(told_, searchable);
  bell_.notify_all();
}

void AlertRunner::Finish(const StopSignal& stop) {
  const auto stopping = stop.token();
  std::unique_lock lock(mutex_);
  bell_.wait(lock, stopping, [&] { return looked_ >= told_ || failing_; });
  const std::uint64_t rounds = rounds_;  // the round under way may have begun before the last alert
  bell_.wait(lock, stopping, [&] { return rounds_ >= rounds + 2 || failing_; });
}

Status AlertRunner::CatchUp(std::uint64_t searchable, const std::stop_token& stop) {
  if (!searcher_) {
    ASSIGN_OR_RETURN(searcher_, query::Searcher::Open(index_folder_, facts_folder_));
    if (options_.hidden) searcher_->Hide(options_.hidden);
  }
  watch::Percolator percolator({.store = store_.get(),
                                .searcher = searcher_.get(),
                                .events = options_.events,
                                .clock = &SystemClock()});
  return percolator.CatchUp(searchable, stop);
}

void AlertRunner::Look(const std::stop_token& stop) {
  milliseconds pause = kFirstPause;
  while (!stop.stop_requested()) {
    std::unique_lock lock(mutex_);
    if (!bell_.wait(lock, stop, [&] { return told_ > looked_; })) return;
    const std::uint64_t searchable = told_;
    lock.unlock();
    const Status done = CatchUp(searchable, stop);
    lock.lock();
    failing_ = !done;
    if (done) looked_ = stop.stop_requested() ? looked_ : searchable;
    bell_.notify_all();
    if (done) {
      pause = kFirstPause;
      continue;
    }
    log::error("alerts pause for {} ms: {}", pause.count(), done.error().Format());
    bell_.wait_for(lock, stop, pause, [] { return false; });
    pause = std::min(2 * pause, kLongestPause);
  }
}

void AlertRunner::Deliver(const std::stop_token& stop) {
  std::uint64_t looked = 0;
  while (!stop.stop_requested()) {
    if (const Status done = courier_.Round(stop); !done)
      log::error("deliveries pause: {}", done.error().Format());
    std::unique_lock lock(mutex_);
    ++rounds_;
    bell_.notify_all();
    // A look that ended may have raised something; otherwise the clock says when to look again.
    bell_.wait_for(lock, stop, kBetweenRounds, [&] { return looked_ != looked; });
    looked = looked_;
  }
}

}  // namespace nightjar::indexer
