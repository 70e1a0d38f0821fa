// SPDX-License-Identifier: Apache-2.0
#include "indexer/items/history.h"

#include <algorithm>
#include <set>

#include "base/codec.h"
#include "indexer/items/field_role.h"

namespace nightjar::items {
namespace {

std::vector<Value> ValuesOf(const State& state) {
  std::vector<Value> values;
  values.reserve(state.values.size());
  for (const KnownValue& known : state.values) values.push_back(known.value);
  return values;
}

// The page sets what it shows, and withdraws what it showed last and shows no more.
void SetValues(const Sighting& sighting, const Occasion& occasion, State& state) {
  std::set<std::string_view> shown;
  for (const Value& value : sighting.values) shown.insert(value.name);
  std::erase_if(state.values, [&](const KnownValue& known) {
    return known.address == occasion.address || shown.contains(known.value.name);
  });
  for (const Value& value : sighting.values)
    if (state.values.size() < kMostValues)
      state.values.push_back({value, occasion.address, occasion.capture});
}

void Begin(const Occasion& occasion, std::vector<Value> values, const Digest& digest, State& state,
           Version& current) {
  current = {.number = state.versions,
             .first_seen = occasion.when,
             .last_seen = occasion.when,
             .captures = 1,
             .first_capture = occasion.capture,
             .last_capture = occasion.capture,
             .digest = digest,
             .values = std::move(values)};
  ++state.versions;
}

void GoOn(const Occasion& occasion, Version& current) {
  current.last_seen = std::max(current.last_seen, occasion.when);
  current.last_capture = occasion.capture;
  ++current.captures;
}

}  // namespace

Digest DigestOf(const std::vector<Value>& values) {
  std::vector<Value> stable;
  std::ranges::copy_if(values, std::back_inserter(stable),
                       [](const Value& value) { return RoleOf(value.name) == Role::kStable; });
  std::ranges::sort(stable);
  Encoder encoder;
  for (const Value& value : stable) encoder.Str(value.name).Str(value.value).Str(value.unit);
  return Sha256(encoder.bytes());
}

Outcome Fold(const Sighting& sighting, const Occasion& occasion, State& state, Version& current) {
  Outcome outcome;
  const bool first = state.versions == 0;
  const bool back = state.gone;
  const std::vector<Value> before = ValuesOf(state);
  if (first) {
    state.key = sighting.key;
    state.first_seen = occasion.when;
    outcome.changes.push_back({.kind = ChangeKind::kFirstSeen});
  } else if (back) {
    outcome.changes.push_back({.kind = ChangeKind::kBack});
  }
  state.gone = false;
  state.title = sighting.title;
  state.address = occasion.address;
  state.url = occasion.url;
  state.last_seen = first ? occasion.when : std::max(state.last_seen, occasion.when);
  SetValues(sighting, occasion, state);
  std::vector<Value> now = ValuesOf(state);
  if (!first)
    for (Change& change : Differences(before, now)) outcome.changes.push_back(std::move(change));
  const Digest digest = DigestOf(now);
  outcome.new_version = first || back || digest != current.digest;
  if (outcome.new_version) {
    Begin(occasion, std::move(now), digest, state, current);
  } else {
    GoOn(occasion, current);
  }
  return outcome;
}

bool FoldAbsence(const Occasion& occasion, State& state) {
  if (state.gone || state.versions == 0 || state.address != occasion.address) return false;
  state.gone = true;
  state.gone_at = occasion.when;
  return true;
}

}  // namespace nightjar::items
