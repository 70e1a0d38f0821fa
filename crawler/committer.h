// SPDX-License-Identifier: Apache-2.0
// Owns the archive's writer in a thread of its own: exchanges go in, and come out as capture numbers once
// they are durable. Many exchanges share one transaction (group commit); a checkpoint follows each new leaf
// within the configured time.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "archive/captures/archive.h"
#include "base/inbox.h"
#include "base/unique_fd.h"
#include "crawler/trouble_file.h"

namespace nightjar::crawler {

class Committer final {
 public:
  struct Options {
    std::size_t batch = 64;  // exchanges in one transaction at most
    std::chrono::milliseconds checkpoint_interval{5000};
    const Clock* clock = nullptr;
    TroubleFile* trouble = nullptr;  // cleared by each stored batch; outlives the committer; may be null
  };
  Committer(std::unique_ptr<captures::Writer> writer, const Options& options);
  ~Committer();  // as Finish(), without the answer; needs no memory

  // Waits when `2 * batch` exchanges are waiting already. False once it has failed or was finished.
  bool Put(std::string fetch_id, captures::Exchange exchange);

  struct Committed {
    std::string fetch_id;
    CaptureNumber number;
  };
  // What became durable since the last call. `fd()` is readable when there is something, or a failure.
  [[nodiscard]] std::vector<Committed> Take();
  [[nodiscard]] int fd() const { return event_.get(); }

  // Why it stopped, if it did: the archive could not store, and nothing is acknowledged any more.
  [[nodiscard]] std::optional<Error> failure() const;

  [[nodiscard]] std::uint64_t archive_size() const { return archive_size_; }

  // Commits what is waiting, signs the last checkpoint and ends the thread. The failure, if there was one.
  [[nodiscard]] Status Finish();

 private:
  struct Item {
    std::string fetch_id;
    captures::Exchange exchange;
  };
  void End();
  void Work();
  [[nodiscard]] Status CommitBatches();
  [[nodiscard]] Status Commit(std::vector<Item> items);
  [[nodiscard]] Status SignCheckpoint();
  [[nodiscard]] std::chrono::milliseconds Patience() const;

  const std::unique_ptr<captures::Writer> writer_;  // used by the thread alone
  const Options options_;
  const UniqueFd event_;
  std::atomic<std::uint64_t> archive_size_;
  std::optional<MonoTime> checkpoint_due_;  // used by the thread alone
  Inbox<Item> inbox_;

  mutable std::mutex mutex_;  // guards the three below
  std::vector<Committed> committed_;
  std::optional<Error> failure_;
  // Made beforehand: when it is needed there is no memory to make it with.
  Error out_of_memory_{Code::kFull, "out of memory while storing a batch", "the archive"};

  std::thread thread_;  // last: it uses everything above
};

}  // namespace nightjar::crawler
