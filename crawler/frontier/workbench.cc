// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/workbench.h"

#include <algorithm>
#include <utility>

namespace nightjar::frontier {

HostNumber Workbench::AddHost(const HostRow& politeness) {
  hosts_.emplace_back().politeness = politeness;
  return hosts() - 1;
}

LaneNumber Workbench::AddLane(JobNumber job, HostNumber host) {
  Lane& lane = lanes_.emplace_back();
  lane.job = job;
  lane.host = host;
  return lanes() - 1;
}

void Workbench::Schedule(LaneNumber number, Moment when) {
  Lane& lane = lanes_.at(number);
  if (lane.parked || lane.scheduled <= when) return;
  lane.scheduled = when;
  heap_.push_back({when, number});
  std::ranges::push_heap(heap_, Later);
  // Each earlier moment leaves a stale place behind. Sweeping when they outnumber the lanes keeps the heap
  // within twice its need, at constant cost for each call on average.
  if (heap_.size() <= 2 * lanes_.size() + 16) return;
  std::erase_if(heap_, [&](const Place& place) { return lanes_[place.lane].scheduled != place.when; });
  std::ranges::make_heap(heap_, Later);
}

void Workbench::Unschedule(LaneNumber lane) { lanes_.at(lane).scheduled = kNever; }

void Workbench::DropStale() {
  while (!heap_.empty() && lanes_[heap_.front().lane].scheduled != heap_.front().when) {
    std::ranges::pop_heap(heap_, Later);
    heap_.pop_back();
  }
}

std::optional<LaneNumber> Workbench::TakeReady(Moment now) {
  DropStale();
  if (heap_.empty() || heap_.front().when > now) return std::nullopt;
  const LaneNumber lane = heap_.front().lane;
  Unschedule(lane);
  DropStale();
  return lane;
}

std::optional<Moment> Workbench::NextReady() {
  DropStale();
  if (heap_.empty()) return std::nullopt;
  return heap_.front().when;
}

void Workbench::Park(LaneNumber number) {
  Lane& lane = lanes_.at(number);
  if (lane.parked) return;
  Unschedule(number);
  lane.parked = true;
  lane.next_parked = std::exchange(hosts_.at(lane.host).first_parked, number);
}

void Workbench::Unpark(HostNumber host, Moment when) {
  LaneNumber next = std::exchange(hosts_.at(host).first_parked, kNoLane);
  while (next != kNoLane) {
    const LaneNumber lane = next;
    next = std::exchange(lanes_[lane].next_parked, kNoLane);
    lanes_[lane].parked = false;
    Schedule(lane, when);
  }
}

}  // namespace nightjar::frontier
