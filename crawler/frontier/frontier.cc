// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/frontier.h"

#include <algorithm>
#include <cmath>

#include "base/codec.h"
#include "crawler/frontier/frontier_state.h"
#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {
namespace {

using std::chrono::milliseconds;

// Calls `take(key, value)` for every row of a table, in key order.
template <typename Take>
Status ForEachRow(const store::ReadTxn& txn, store::Table table, const Take& take) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(table));
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    RETURN_IF_ERROR(take(entry->key, entry->value));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return {};
}

Result<std::optional<TimeMark>> ReadMark(store::Env& env) {
  ASSIGN_OR_RETURN(const auto txn, env.Read());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kMeta, kMarkKey));
  if (!row) return std::nullopt;
  ASSIGN_OR_RETURN(const TimeMark mark, DecodeTimeMark(*row));
  return mark;
}

Result<std::uint64_t> ReadCursor(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const auto row, txn.Get(kMeta, kCursorKey));
  return row ? FromBigEndianKey(*row) : 0;
}

}  // namespace

Moment Frontier::State::Allowed(HostNumber host, const Job& job) {
  const HostRow& past = bench.host(host).politeness;
  const double wait_ms = static_cast<double>(job.terms.delay.count()) * (1 + job.terms.jitter * past.u);
  const milliseconds wait(static_cast<std::int64_t>(std::ceil(wait_ms)));
  return past.touched + std::max(wait, milliseconds(past.gap_ms));
}

void Frontier::State::UpdateRunning(JobNumber number) {
  Job& job = jobs.at(number);
  if (job.running == job.MayRun()) return;
  job.running = job.MayRun();
  for (LaneNumber lane = 0; lane < bench.lanes(); ++lane) {
    if (bench.job_of(lane) != number) continue;
    if (job.running)
      bench.Schedule(lane, timeline.Now());
    else
      bench.Unschedule(lane);
  }
}

Status Frontier::State::Load(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(cursor, ReadCursor(txn));
  ASSIGN_OR_RETURN(const std::uint64_t job_count, txn.Count(kJobs));
  jobs.resize(job_count);
  RETURN_IF_ERROR(ForEachRow(txn, kJobs, [&](ByteView key, ByteView value) -> Status {
    ASSIGN_OR_RETURN(const JobRow row, DecodeJobRow(value));
    if (row.number >= jobs.size()) return Fail(Code::kCorrupt, "a job in the frontier has a number too high");
    jobs[row.number].row = row;
    jobs[row.number].terms.id.value = key;
    jobs[row.number].terms.active = false;  // until SetJobs() says otherwise
    numbers.emplace(key, row.number);
    return {};
  }));
  RETURN_IF_ERROR(ForEachRow(txn, kHosts, [&](ByteView, ByteView value) -> Status {
    ASSIGN_OR_RETURN(const HostRow row, DecodeHostRow(value));
    bench.AddHost(row);
    return {};
  }));
  return ForEachRow(txn, kLanes, [&](ByteView, ByteView value) -> Status {
    ASSIGN_OR_RETURN(const LaneRow row, DecodeLaneRow(value));
    if (row.job >= jobs.size() || row.host >= bench.hosts())
      return Fail(Code::kCorrupt, "a lane in the frontier belongs to no job or host");
    bench.AddLane(row.job, row.host);
    return {};
  });
}

Frontier::Frontier(std::unique_ptr<State> state) : state_(std::move(state)) {}
Frontier::~Frontier() = default;

Result<std::unique_ptr<Frontier>> Frontier::Open(Options options) {
  if (options.clock == nullptr) options.clock = &SystemClock();
  if (options.random == nullptr) options.random = &SystemRandom();
  if (options.boot_id.empty()) options.boot_id = BootId();
  ASSIGN_OR_RETURN(store::WriterLock lock, store::WriterLock::Acquire(options.folder));
  ASSIGN_OR_RETURN(auto env, store::Env::Open(StoreOptions(options.folder, false)));
  ASSIGN_OR_RETURN(const auto mark, ReadMark(*env));
  Timeline timeline(*options.clock, options.boot_id, mark);
  std::unique_ptr<State> state(
      new State{std::move(options), std::move(lock), env, std::move(timeline), {}, {}, {}, {}, 1, 0, false});
  {
    ASSIGN_OR_RETURN(const auto txn, env->Read());
    RETURN_IF_ERROR(state->Load(txn));
  }
  std::unique_ptr<Frontier> frontier(new Frontier(std::move(state)));
  ASSIGN_OR_RETURN(Tick tick, frontier->Begin());
  RETURN_IF_ERROR(tick.work_->ReturnLeasesOfTheDead());
  RETURN_IF_ERROR(tick.Commit());
  return frontier;
}

Result<Tick> Frontier::Begin() {
  if (state_->broken)
    return Fail(Code::kInternal, "the frontier must be opened anew after a failed step",
                state_->options.folder);
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  state_->broken = true;  // until the tick is committed
  return Tick(std::make_unique<Tick::Work>(*state_, std::move(txn)));
}

std::optional<Micros> Frontier::NextDue() {
  const auto next = state_->bench.NextReady();
  if (!next) return std::nullopt;
  return std::max(Micros(0), *next - state_->timeline.Now());
}

std::optional<Micros> Frontier::NextOverdue() const {
  if (state_->leases.empty()) return std::nullopt;
  // All leases are of one length, so the oldest runs out first.
  return std::max(Micros(0), state_->leases.begin()->second.until - state_->timeline.Now());
}

bool Frontier::Idle() { return state_->leases.empty() && !state_->bench.NextReady(); }

std::size_t Frontier::leased() const { return state_->leases.size(); }

std::uint64_t Frontier::cursor() const { return state_->cursor; }

Result<FrontierCounts> ReadCounts(const std::string& folder) {
  ASSIGN_OR_RETURN(const auto env, store::Env::Open(StoreOptions(folder, true)));
  ASSIGN_OR_RETURN(const auto txn, env->Read());
  FrontierCounts counts;
  ASSIGN_OR_RETURN(counts.cursor, ReadCursor(txn));
  RETURN_IF_ERROR(ForEachRow(txn, kJobs, [&](ByteView key, ByteView value) -> Status {
    ASSIGN_OR_RETURN(const JobRow row, DecodeJobRow(value));
    counts.jobs.push_back({JobId{std::string(key)}, row});
    return {};
  }));
  std::unordered_map<JobNumber, JobId> names;
  for (const auto& job : counts.jobs) names.emplace(job.row.number, job.job);
  RETURN_IF_ERROR(ForEachRow(txn, kLanes, [&](ByteView, ByteView value) -> Status {
    ASSIGN_OR_RETURN(LaneRow row, DecodeLaneRow(value));
    counts.lanes.push_back({names[row.job], std::move(row.host_name), row.counts});
    return {};
  }));
  return counts;
}

}  // namespace nightjar::frontier
