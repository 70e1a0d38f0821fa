// SPDX-License-Identifier: Apache-2.0
#include "search/api/health.h"

#include <algorithm>
#include <cstdlib>

namespace nightjar::api {
namespace {

Status ReadArchive(const captures::Reader& archive, const Clock& clock, Health& health) {
  ASSIGN_OR_RETURN(const captures::Reader::Stats stats, archive.ReadStats());
  health.captures = stats.captures;
  health.distinct_bodies = stats.distinct_bodies;
  const auto checkpoint = archive.LatestCheckpoint();
  if (!checkpoint && checkpoint.error().code != Code::kNotFound)
    return tl::unexpected<Error>(checkpoint.error());
  health.checkpoint_size = checkpoint ? checkpoint->checkpoint.size : 0;
  if (health.checkpoint_size >= health.captures) return {};
  health.checkpoint_lag = health.captures - health.checkpoint_size;
  ASSIGN_OR_RETURN(const captures::CaptureRow oldest, archive.GetRow({health.checkpoint_size}));
  const std::int64_t waited = UnixSeconds(clock.Utc()) - UnixSeconds(oldest.record.ended);
  health.checkpoint_delay = static_cast<std::uint64_t>(std::max<std::int64_t>(0, waited));
  return {};
}

Status ReadIndex(const query::Searcher& index, Health& health) {
  ASSIGN_OR_RETURN(health.totals, index.ReadTotals());
  health.index_lag = health.captures - std::min(health.captures, health.totals.cursor);
  return {};
}

void Note(const Error& error, State& part, Health& health) {
  part = error.code == Code::kNotFound ? State::kWaiting : State::kFailed;
  if (part == State::kFailed && health.problem.empty()) health.problem = error.Format();
}

}  // namespace

std::string_view StateName(State state) {
  switch (state) {
    case State::kOk:
      return "ok";
    case State::kWaiting:
      return "waiting";
    case State::kFailed:
      return "failed";
  }
  std::abort();
}

State Health::Overall() const {
  if (archive == State::kFailed || index == State::kFailed) return State::kFailed;
  if (archive == State::kWaiting || index == State::kWaiting) return State::kWaiting;
  return State::kOk;
}

Health ReadHealth(const Sources& sources, const Clock& clock) {
  Health health;
  health.archive = health.index = State::kOk;
  const Status archive = sources.archive ? ReadArchive(**sources.archive, clock, health)
                                         : Status(tl::unexpected<Error>(sources.archive.error()));
  if (!archive) Note(archive.error(), health.archive, health);
  const Status index = sources.index ? ReadIndex(**sources.index, health)
                                     : Status(tl::unexpected<Error>(sources.index.error()));
  if (!index) Note(index.error(), health.index, health);
  if (sources.sandbox) health.sandbox = *sources.sandbox;
  return health;
}

}  // namespace nightjar::api
