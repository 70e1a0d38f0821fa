// SPDX-License-Identifier: Apache-2.0
// The workbench: which lane is to be looked at when, and which first. All that the frontier keeps in memory
// for its hosts, 60 bytes for a host with one lane; waiting URLs stay on disk. (Term and idea: Heritrix's and
// Mercator's "workbench"/back-end queues; Heydon and Najork, Mercator, WWW 1999.)
//
// A lane is one job's queue at one host. It is asleep (its moment is to come), ready (its moment came),
// parked (its host has as many requests under way as it may) or at rest (nothing there to do). Sleepers lie
// in a heap by moment, the ready in a heap by turn; each job has a pair of its own, so that a job that may
// not run costs nothing and one that may run again needs no walk over its lanes.
//
// A lane's turn is the moment since which it could have been served. It keeps its turn while others are
// served before it, so that it gets older than theirs.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "crawler/frontier/rows.h"

namespace nightjar::frontier {

// One thread. Numbers are dense: jobs, hosts and lanes are added in order, from 0.
class Workbench final {
 public:
  static constexpr LaneNumber kNoLane = UINT32_MAX;
  static constexpr Moment kNever = Moment::max();

  struct Host {
    HostRow politeness;
    std::uint16_t under_way = 0;
    std::uint16_t to_begin = 0;  // those of them whose request may still be on its way to the service

   private:
    friend class Workbench;
    LaneNumber first_lane = kNoLane;
  };

  void AddJob() { shelves_.emplace_back(); }
  HostNumber AddHost(const HostRow& politeness);
  LaneNumber AddLane(JobNumber job, HostNumber host);

  [[nodiscard]] Host& host(HostNumber number) { return hosts_.at(number); }
  [[nodiscard]] const Host& host(HostNumber number) const { return hosts_.at(number); }
  [[nodiscard]] JobNumber job_of(LaneNumber lane) const { return lanes_.at(lane).job; }
  [[nodiscard]] HostNumber host_of(LaneNumber lane) const { return lanes_.at(lane).host; }
  [[nodiscard]] LaneNumber lanes() const { return static_cast<LaneNumber>(lanes_.size()); }
  [[nodiscard]] HostNumber hosts() const { return static_cast<HostNumber>(hosts_.size()); }

  // The lane is to be looked at at `when`, or earlier if it already is. Nothing happens to one that is
  // parked.
  void Wake(LaneNumber lane, Moment when);
  // The lane is to be looked at at `when`, no matter what was said before. `patient`: what waits there is
  // only pages to be looked at again.
  void Sleep(LaneNumber lane, Moment when, bool patient = false);
  void Rest(LaneNumber lane);  // and forgets its turn
  void Park(LaneNumber lane);
  // Whatever was parked at the host sleeps until `when(lane)`.
  template <typename When>
  void Unpark(HostNumber host, const When& when) {
    for (LaneNumber lane = FirstAt(host); lane != kNoLane; lane = NextAt(lane))
      if (lanes_[lane].where == kParked) Sleep(lane, when(lane));
  }

  // The lanes of a host, whatever their jobs.
  [[nodiscard]] LaneNumber FirstAt(HostNumber host) const { return hosts_.at(host).first_lane; }
  [[nodiscard]] LaneNumber NextAt(LaneNumber lane) const { return lanes_.at(lane).next_at_host; }

  [[nodiscard]] bool AtRest(LaneNumber lane) const { return lanes_.at(lane).where == kAtRest; }

  // Since when the lane could have been served; kNever where that is not known.
  [[nodiscard]] Moment turn(LaneNumber lane) const { return lanes_.at(lane).turn; }
  // Of a lane that was just taken.
  void SetTurn(LaneNumber lane, Moment turn) { lanes_.at(lane).turn = turn; }

  // Sleepers of the job whose moment came are ready from now on.
  void Rouse(JobNumber job, Moment now);
  // The turn of the ready lane that Take() would give.
  [[nodiscard]] std::optional<Moment> NextTurn(JobNumber job) const;
  // The ready lane with the oldest turn; it is at rest from now on.
  [[nodiscard]] std::optional<LaneNumber> Take(JobNumber job);

  // When a sleeper of the job wakes, or `now` if one is ready already.
  [[nodiscard]] std::optional<Moment> NextReady(JobNumber job, Moment now) const;
  // Nothing of the job is ready or should be, and all that sleeps is patient.
  [[nodiscard]] bool Quiet(JobNumber job, Moment now) const;

 private:
  enum Where : std::uint32_t { kAtRest, kAsleep, kReady, kParked };

  struct Lane {
    Moment wake = kNever;  // while asleep or ready
    Moment turn = kNever;
    JobNumber job = 0;
    HostNumber host = 0;
    LaneNumber next_at_host = kNoLane;
    std::uint32_t where : 2 = kAtRest;
    std::uint32_t patient : 1 = 0;
    std::uint32_t place : 29 = 0;  // in its heap
  };
  static_assert(sizeof(Lane) == 32 && sizeof(Host) == 24, "with a place in a heap, 60 bytes for a host");

  using Heap = std::vector<LaneNumber>;
  struct Shelf {
    Heap asleep;
    Heap ready;
    std::size_t patient = 0;  // sleepers
  };

  [[nodiscard]] Moment KeyOf(const Lane& lane) const {
    return lane.where == kAsleep || lane.turn == kNever ? lane.wake : lane.turn;
  }
  [[nodiscard]] bool Before(LaneNumber a, LaneNumber b) const;
  Heap& HeapOf(const Lane& lane);
  void Leave(LaneNumber lane);  // whatever heap it is in
  void Enter(LaneNumber lane, Where where);
  void SiftUp(Heap& heap, std::size_t place);
  void SiftDown(Heap& heap, std::size_t place);
  void Put(Heap& heap, std::size_t place, LaneNumber lane);

  std::vector<Host> hosts_;
  std::vector<Lane> lanes_;
  std::vector<Shelf> shelves_;  // by job
};

}  // namespace nightjar::frontier
