// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/workbench.h"

#include <cstdlib>

namespace nightjar::frontier {

HostNumber Workbench::AddHost(const HostRow& politeness) {
  hosts_.emplace_back().politeness = politeness;
  return hosts() - 1;
}

LaneNumber Workbench::AddLane(JobNumber job, HostNumber host) {
  const LaneNumber number = lanes();
  if (number >= 1U << 29) std::abort();  // 16 GiB of lanes: `place` could not count them
  Lane& lane = lanes_.emplace_back();
  lane.job = job;
  lane.host = host;
  lane.next_at_host = hosts_.at(host).first_lane;
  hosts_[host].first_lane = number;
  return number;
}

void Workbench::Wake(LaneNumber number, Moment when) {
  Lane& lane = lanes_.at(number);
  if (lane.where == kParked || lane.where == kReady) return;
  if (lane.where == kAsleep && lane.wake <= when && lane.patient == 0) return;
  Sleep(number, lane.where == kAsleep ? std::min(lane.wake, when) : when);
}

void Workbench::Sleep(LaneNumber number, Moment when, bool patient) {
  Leave(number);
  Lane& lane = lanes_.at(number);
  lane.wake = when;
  lane.patient = patient ? 1 : 0;
  if (patient) ++shelves_[lane.job].patient;
  Enter(number, kAsleep);
}

void Workbench::Rest(LaneNumber lane) {
  Leave(lane);
  lanes_.at(lane).turn = kNever;
}

void Workbench::Park(LaneNumber lane) {
  Leave(lane);
  lanes_.at(lane).where = kParked;
}

void Workbench::Rouse(JobNumber job, Moment now) {
  Heap& asleep = shelves_.at(job).asleep;
  while (!asleep.empty() && lanes_[asleep.front()].wake <= now) {
    const LaneNumber lane = asleep.front();
    Leave(lane);
    Enter(lane, kReady);
  }
}

std::optional<Moment> Workbench::NextTurn(JobNumber job) const {
  const Heap& ready = shelves_.at(job).ready;
  if (ready.empty()) return std::nullopt;
  return KeyOf(lanes_[ready.front()]);
}

std::optional<LaneNumber> Workbench::Take(JobNumber job) {
  const Heap& ready = shelves_.at(job).ready;
  if (ready.empty()) return std::nullopt;
  const LaneNumber lane = ready.front();
  Leave(lane);
  return lane;
}

std::optional<Moment> Workbench::NextReady(JobNumber job, Moment now) const {
  const Shelf& shelf = shelves_.at(job);
  if (!shelf.ready.empty()) return now;
  if (shelf.asleep.empty()) return std::nullopt;
  return lanes_[shelf.asleep.front()].wake;
}

bool Workbench::Quiet(JobNumber job, Moment now) const {
  const Shelf& shelf = shelves_.at(job);
  if (!shelf.ready.empty() || shelf.asleep.size() != shelf.patient) return false;
  return shelf.asleep.empty() || lanes_[shelf.asleep.front()].wake > now;
}

bool Workbench::Before(LaneNumber a, LaneNumber b) const {
  const Moment key_a = KeyOf(lanes_[a]);
  const Moment key_b = KeyOf(lanes_[b]);
  return key_a != key_b ? key_a < key_b : a < b;
}

Workbench::Heap& Workbench::HeapOf(const Lane& lane) {
  Shelf& shelf = shelves_.at(lane.job);
  return lane.where == kReady ? shelf.ready : shelf.asleep;
}

void Workbench::Enter(LaneNumber number, Where where) {
  Lane& lane = lanes_.at(number);
  lane.where = where;
  Heap& heap = HeapOf(lane);
  heap.push_back(number);
  SiftUp(heap, heap.size() - 1);
}

void Workbench::Leave(LaneNumber number) {
  Lane& lane = lanes_.at(number);
  if (lane.where == kAsleep || lane.where == kReady) {
    Heap& heap = HeapOf(lane);
    const std::size_t place = lane.place;
    const LaneNumber last = heap.back();
    heap.pop_back();
    if (place < heap.size()) {
      Put(heap, place, last);
      SiftUp(heap, place);
      SiftDown(heap, lanes_[last].place);
    }
    if (lane.patient != 0) --shelves_[lane.job].patient;
  }
  lane.patient = 0;
  lane.where = kAtRest;
}

void Workbench::Put(Heap& heap, std::size_t place, LaneNumber lane) {
  heap[place] = lane;
  lanes_[lane].place = static_cast<std::uint32_t>(place) & ((1U << 29) - 1);
}

void Workbench::SiftUp(Heap& heap, std::size_t place) {
  const LaneNumber lane = heap[place];
  while (place > 0) {
    const std::size_t above = (place - 1) / 2;
    if (!Before(lane, heap[above])) break;
    Put(heap, place, heap[above]);
    place = above;
  }
  Put(heap, place, lane);
}

void Workbench::SiftDown(Heap& heap, std::size_t place) {
  const LaneNumber lane = heap[place];
  for (;;) {
    std::size_t below = 2 * place + 1;
    if (below >= heap.size()) break;
    if (below + 1 < heap.size() && Before(heap[below + 1], heap[below])) ++below;
    if (!Before(heap[below], lane)) break;
    Put(heap, place, heap[below]);
    place = below;
  }
  Put(heap, place, lane);
}

}  // namespace nightjar::frontier
