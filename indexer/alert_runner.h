// SPDX-License-Identifier: Apache-2.0
// Saved searches and their alerts beside the index role, in two threads of their own: one asks what is new,
// one delivers. Indexing never waits for either: it only says how far captures are searchable.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "base/stop.h"
#include "config/settings.h"
#include "indexer/sinks/courier.h"
#include "indexer/watch/percolator.h"

namespace nightjar::indexer {

// The sinks that the settings name; `stop` ends a delivery under way. kRefused, kInvalidInput, kIo: the
// webhook's secret cannot be used.
[[nodiscard]] Result<sinks::Sinks> SinksOf(const config::Settings& settings,
                                           const std::stop_token& stop = {});

// Tell() and Finish() from one thread. Errors are logged and tried again (1 s doubling to 30 s): they never
// stop the index. After a kill the store's cursor and outbox say where to go on.
class AlertRunner final {
 public:
  struct Options {
    watch::EventsFrom events = {};  // of items; none: changes and absences are not told
    query::HostRule hidden = {};    // hosts that raise nothing
  };
  [[nodiscard]] static Result<std::unique_ptr<AlertRunner>> Start(const config::Settings& settings,
                                                                  Options options);
  ~AlertRunner();  // stops between two pieces of work

  // Captures below are searchable. Returns at once.
  void Tell(std::uint64_t searchable);

  // Waits until everything told was looked at and every delivery that was due was tried once; or `stop`.
  void Finish(const StopSignal& stop);

 private:
  AlertRunner(const config::Settings& settings, Options options, std::unique_ptr<watch::WatchStore> store,
              sinks::Sinks sinks, std::stop_source ending);
  void Look(const std::stop_token& stop);
  void Deliver(const std::stop_token& stop);
  [[nodiscard]] Status CatchUp(std::uint64_t searchable, const std::stop_token& stop);

  const std::string index_folder_;
  const std::string facts_folder_;
  const Options options_;
  std::stop_source ending_;  // for what waits inside a sink
  const std::unique_ptr<watch::WatchStore> store_;
  sinks::Courier courier_;
  std::unique_ptr<query::Searcher> searcher_;  // of the looking thread; opened once there is an index

  std::mutex mutex_;  // guards what follows
  std::condition_variable_any bell_;
  std::uint64_t told_ = 0;
  std::uint64_t looked_ = 0;
  std::uint64_t rounds_ = 0;  // of deliveries, ended
  bool failing_ = false;      // the last look or round ended with an error

  std::jthread looking_;  // last: they end before anything they use goes
  std::jthread delivering_;
};

}  // namespace nightjar::indexer
