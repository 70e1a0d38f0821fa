// SPDX-License-Identifier: Apache-2.0
#include "indexer/item_events.h"

#include <algorithm>

#include "base/bytes.h"

namespace nightjar::indexer {
namespace {

Result<watch::ItemEvent> Tell(const items::ItemStore& store, const items::Event& event) {
  watch::ItemEvent told{.number = event.number,
                        .capture = event.capture,
                        .item = HexEncode(event.item.value),
                        .when = event.when};
  ASSIGN_OR_RETURN(const auto state, store.Find(event.item));
  if (state) {
    told.case_id = state->key.case_id;
    told.url = state->url;
    told.title = state->title;
  }
  for (const items::Change& change : event.changes) {
    if (change.kind == items::ChangeKind::kGone) told.gone = true;
    if (change.kind != items::ChangeKind::kFirstSeen)
      told.changes.emplace_back(items::ChangeKindName(change.kind));
  }
  return told;
}

}  // namespace

watch::EventsFrom EventsOf(const items::ItemStore& store) {
  return [&store](std::uint64_t first, std::size_t most) -> Result<std::vector<watch::ItemEvent>> {
    ASSIGN_OR_RETURN(const auto events, store.Events(first, most));
    std::vector<watch::ItemEvent> told;
    for (const items::Event& event : events) {
      ASSIGN_OR_RETURN(told.emplace_back(), Tell(store, event));
    }
    return told;
  };
}

}  // namespace nightjar::indexer
