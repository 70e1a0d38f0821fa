// SPDX-License-Identifier: Apache-2.0
// The workers of a pool and the one thread that starts them: children die with the thread that made them
// (base/child.h), so it must be a thread that lives as long as the pool, not a caller's.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "sandbox/pool/pool.h"
#include "sandbox/pool/worker.h"

namespace nightjar::pool {

class Pool::Crew final {
 public:
  explicit Crew(PoolOptions options);
  ~Crew();

  // A caller's place in the queue, held from the door to the answer.
  class Place final {
   public:
    explicit Place(Crew& crew) : crew_(&crew) {}
    Place(const Place&) = delete;
    Place(Place&& other) noexcept : crew_(std::exchange(other.crew_, nullptr)) {}
    ~Place();

   private:
    Crew* crew_;
  };
  [[nodiscard]] Result<Place> Enter();  // kUnavailable when the queue is full

  // Waits for an idle worker. kUnavailable when starting has failed several times in a row and none is left.
  [[nodiscard]] Result<std::unique_ptr<Worker>> Take();
  void GiveBack(std::unique_ptr<Worker> worker);  // fit for more, or retired if it has done enough
  void Discard(std::unique_ptr<Worker> worker);   // of no further use; another one is started

  void NoteDocument(bool quarantined);
  void NoteFault();
  [[nodiscard]] PoolCounts counts() const;
  [[nodiscard]] std::string sandbox() const;
  [[nodiscard]] const PoolOptions& options() const { return options_; }

 private:
  void StartWorkers();                    // the thread's body
  [[nodiscard]] bool HasGivenUp() const;  // call with the lock held
  [[nodiscard]] bool IsSpent(const Worker& worker) const;

  const PoolOptions options_;
  mutable std::mutex mutex_;  // guards everything below
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Worker>> idle_;  // last in, first out: a warm worker is a fast worker
  unsigned alive_ = 0;                         // idle, busy, or being started
  unsigned callers_ = 0;                       // between the door and their answer
  bool stopping_ = false;
  unsigned failed_starts_ = 0;  // in a row
  Error failure_;               // of the last one
  std::string sandbox_;
  PoolCounts counts_;
  std::thread starter_;
};

}  // namespace nightjar::pool
