// SPDX-License-Identifier: Apache-2.0
// Reads captures in the jail on several threads and gives the results back in the order they were asked for:
// jailed reading is the slow part and runs in parallel, everything after it sees captures in archive order.
// A capture that equals an earlier one (same_reading.h) takes its facts from there, and no jail.
#pragma once

#include <chrono>
#include <deque>
#include <future>
#include <optional>
#include <thread>
#include <vector>

#include "archive/captures/archive.h"
#include "archive/facts/facts_store.h"
#include "base/inbox.h"
#include "indexer/observation.h"
#include "indexer/query/query.h"

namespace nightjar::indexer {

// What became of one capture.
struct Reading {
  CaptureNumber number;
  std::optional<Observation> observation;  // nothing for rejections, failed exchanges, damaged, erased and
                                           // restricted captures, hosts left out
  bool fresh = false;                      // the facts are not in the facts store yet
  std::optional<Digest> reading = {};      // of what was read, where an equal capture may share these facts
};

// Asked and taken by one thread.
class ReadAhead final {
 public:
  struct Options {
    const captures::Reader* archive = nullptr;
    const facts::FactsStore* facts = nullptr;
    ReadInJail read = {};
    std::string reader = {};  // names build and profiles: where it is the same, equal captures read alike
    unsigned threads = 1;
    bool reread = false;             // read again even where facts are stored
    query::HostRule leave_out = {};  // hosts of which nothing is read or indexed
  };
  explicit ReadAhead(Options options);
  ~ReadAhead();  // lets readings under way end (at most one document deadline), drops the rest

  void Ask(CaptureNumber number);
  [[nodiscard]] std::size_t pending() const { return asked_.size(); }
  [[nodiscard]] bool has_room() const { return asked_.size() < window_; }

  // The next readings in order: waits up to `patience` for the first, takes more while they are ready, `most`
  // at most. An error is one of the archive, the facts store or the jail itself, never of a page.
  [[nodiscard]] Result<std::vector<Reading>> Take(std::size_t most, std::chrono::milliseconds patience);

 private:
  using Task = std::packaged_task<Result<Reading>()>;

  [[nodiscard]] Result<Reading> Read(CaptureNumber number) const;
  [[nodiscard]] Result<std::optional<wire::Facts>> StoredFacts(CaptureNumber number) const;
  [[nodiscard]] Result<wire::Facts> ReadFresh(captures::StoredCapture& capture, Reading& reading) const;

  const Options options_;
  const std::size_t window_;
  std::deque<std::future<Result<Reading>>> asked_;  // owned by the asking thread
  Inbox<Task> tasks_;
  std::vector<std::jthread> threads_;  // last: they use everything above
};

}  // namespace nightjar::indexer
