// SPDX-License-Identifier: Apache-2.0
// The workbench: which lane is to be looked at when. All that the frontier keeps in memory for its hosts, 64
// bytes for a host with one lane; waiting URLs stay on disk. (Term and idea: Heritrix's and Mercator's
// "workbench"/back-end queues; Heydon and Najork, Mercator, WWW 1999.)
//
// A lane is one job's queue at one host. It is either scheduled (its moment stands in a heap), parked (its
// host has as many requests under way as it may) or neither (nothing waits, or its job rests).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "crawler/frontier/rows.h"

namespace nightjar::frontier {

// One thread. Numbers are dense: lanes and hosts are added in order, from 0.
class Workbench final {
 public:
  struct Host {
    HostRow politeness;
    std::uint32_t under_way = 0;

   private:
    friend class Workbench;
    LaneNumber first_parked = kNoLane;
  };

  HostNumber AddHost(const HostRow& politeness);
  LaneNumber AddLane(JobNumber job, HostNumber host);

  [[nodiscard]] Host& host(HostNumber number) { return hosts_.at(number); }
  [[nodiscard]] JobNumber job_of(LaneNumber lane) const { return lanes_.at(lane).job; }
  [[nodiscard]] HostNumber host_of(LaneNumber lane) const { return lanes_.at(lane).host; }
  [[nodiscard]] LaneNumber lanes() const { return static_cast<LaneNumber>(lanes_.size()); }
  [[nodiscard]] HostNumber hosts() const { return static_cast<HostNumber>(hosts_.size()); }

  // The lane is to be looked at at `when`, or earlier if it already is. Nothing happens to a parked lane.
  void Schedule(LaneNumber lane, Moment when);
  void Unschedule(LaneNumber lane);

  // A lane whose moment has come, earliest first; it is not scheduled any more.
  [[nodiscard]] std::optional<LaneNumber> TakeReady(Moment now);
  [[nodiscard]] std::optional<Moment> NextReady();

  // Sets a lane aside until Unpark() of its host.
  void Park(LaneNumber lane);
  void Unpark(HostNumber host, Moment when);

 private:
  static constexpr LaneNumber kNoLane = UINT32_MAX;
  static constexpr Moment kNever = Moment::max();

  struct Lane {
    Moment scheduled = kNever;
    JobNumber job = 0;
    HostNumber host = 0;
    LaneNumber next_parked = kNoLane;
    bool parked = false;
  };
  struct Place {
    Moment when;
    LaneNumber lane;
  };
  static bool Later(const Place& a, const Place& b) { return a.when > b.when; }
  void DropStale();

  std::vector<Host> hosts_;
  std::vector<Lane> lanes_;
  std::vector<Place> heap_;  // earliest first; a place that differs from its lane's `scheduled` is stale
};

}  // namespace nightjar::frontier
