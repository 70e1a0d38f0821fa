// SPDX-License-Identifier: Apache-2.0
#include "indexer/watch/percolator.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/log.h"
#include "indexer/query/every_hit.h"

namespace nightjar::watch {
namespace {

constexpr std::uint64_t kCapturesAtOnce = 1000;
constexpr std::size_t kEventsAtOnce = 10'000;
constexpr std::size_t kMostAlerts = 20'000;  // of one piece: bounds memory and transaction

void SayChanges(const std::vector<const ItemEvent*>& events, Alert& alert) {
  std::set<std::string> changes;
  for (const ItemEvent* event : events) changes.insert(event->changes.begin(), event->changes.end());
  alert.what = kChanged;
  alert.why.clear();
  for (const std::string& change : changes) alert.why += (alert.why.empty() ? "changed: " : ", ") + change;
  alert.item = events.front()->item;
}

}  // namespace

// Captures [begin, end), what happened to items in them, and what came of it.
struct Percolator::Piece {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::vector<ItemEvent> events{};
  std::map<CaptureNumber, std::vector<const ItemEvent*>> changed{};
  std::vector<Alert> alerts{};
};

Status Percolator::CatchUp(std::uint64_t searchable, const std::stop_token& stop) {
  std::uint64_t width = kCapturesAtOnce;
  while (!stop.stop_requested()) {
    ASSIGN_OR_RETURN(Progress cursor, options_.store->Cursor());
    if (cursor.captures >= searchable) return {};
    // Read here, after `searchable` is known: what a search misses was there before it was saved.
    ASSIGN_OR_RETURN(const auto searches, options_.store->Searches());
    Piece piece{.begin = cursor.captures, .end = searchable};
    if (!searches.empty()) piece.end = std::min(searchable, piece.begin + width);
    ASSIGN_OR_RETURN(piece.events, EventsBelow(piece.end, cursor));
    for (const ItemEvent& event : piece.events)
      if (!event.changes.empty() && !event.gone) piece.changed[event.capture].push_back(&event);
    for (const SavedSearch& search : searches) {
      if (search.paused) continue;
      RETURN_IF_ERROR(AskOne(search, piece));
      RETURN_IF_ERROR(AskGone(search, piece));
    }
    if (piece.alerts.size() > kMostAlerts && width > 1) {
      width = std::max<std::uint64_t>(1, width / 4);
      continue;
    }
    cursor.captures = piece.end;
    ASSIGN_OR_RETURN(const std::size_t raised, options_.store->Raise(piece.alerts, cursor));
    if (raised > 0) log::info("{} alert(s) for what became searchable below {}", raised, piece.end);
  }
  return {};
}

// The events of captures below `end`; moves `cursor` behind them.
// The log is read again from its start after an erasure: what was told is passed over.
Result<std::vector<ItemEvent>> Percolator::EventsBelow(std::uint64_t end, Progress& cursor) const {
  std::vector<ItemEvent> below;
  while (options_.events) {
    ASSIGN_OR_RETURN(auto events, options_.events(cursor.events, kEventsAtOnce));
    const bool last = events.size() < kEventsAtOnce;
    for (ItemEvent& event : events) {
      if (event.capture.value >= end) return below;
      cursor.events = event.number + 1;
      if (event.capture.value >= cursor.captures) below.push_back(std::move(event));
    }
    if (last) break;
  }
  return below;
}

Alert Percolator::AlertOf(const SavedSearch& search, const query::Hit& hit, std::string key) const {
  return {.key = std::move(key),
          .search = search.id,
          .name = search.name,
          .owner = search.owner,
          .why = "new",
          .case_id = hit.case_id,
          .url = hit.url,
          .title = hit.title,
          .when = options_.clock->Utc()};
}

Status Percolator::AskOne(const SavedSearch& search, Piece& piece) const {
  if ((search.what & (kNew | kChanged)) == 0) return {};
  const query::Request request{.text = search.text,
                               .limit = kCapturesAtOnce,
                               .snippets = false,
                               .cases = query::OnlyCase(search.case_id),
                               .first_capture_from = piece.begin,
                               .first_capture_to = piece.end};
  std::set<CaptureNumber> told;
  const auto take = [&](const query::Hit& hit) -> Status {
    told.insert(hit.first_capture);
    Alert alert = AlertOf(search, hit, KeyOf(search, "version", hit.first_capture.value));
    alert.capture = hit.first_capture;
    alert.seen = hit.first_seen;
    if (const auto found = piece.changed.find(hit.first_capture); found != piece.changed.end())
      SayChanges(found->second, alert);
    if ((search.what & alert.what) != 0) piece.alerts.push_back(std::move(alert));
    return {};
  };
  Status asked = query::EveryHit(*options_.searcher, request, take);
  for (const auto& [capture, events] : piece.changed)
    if (asked && (search.what & kChanged) != 0 && !told.contains(capture))
      asked = AskAgain(search, *events.front(), piece);
  if (asked || asked.error().code != Code::kInvalidInput) return asked;
  log::warn("saved search {} can no longer be read and was passed over; save it anew", search.name);
  return {};
}

// A change back to what was there before (a price that returns) makes no new version: the capture belongs to
// an old one.
Status Percolator::AskAgain(const SavedSearch& search, const ItemEvent& event, Piece& piece) const {
  constexpr std::uint32_t kVersionsOfAPage = 100;
  if (!search.case_id.empty() && search.case_id != event.case_id) return {};
  ASSIGN_OR_RETURN(const query::Answer answer,
                   options_.searcher->Search({.text = search.text,
                                              .limit = kVersionsOfAPage,
                                              .order = query::Order::kNewest,
                                              .snippets = false,
                                              .cases = query::OnlyCase(event.case_id),
                                              .only_url = event.url}));
  for (const query::Hit& hit : answer.hits) {
    if (hit.first_capture > event.capture || hit.capture < event.capture) continue;
    Alert alert = AlertOf(search, hit, KeyOf(search, "changed", event.number));
    alert.capture = event.capture;
    alert.seen = event.when;
    SayChanges(piece.changed.at(event.capture), alert);
    piece.alerts.push_back(std::move(alert));
    return {};
  }
  return {};
}

// An item is gone for a search where a version of it matches that search.
Status Percolator::AskGone(const SavedSearch& search, Piece& piece) const {
  if ((search.what & kGone) == 0) return {};
  for (const ItemEvent& event : piece.events) {
    if (!event.gone || (!search.case_id.empty() && search.case_id != event.case_id)) continue;
    const auto answer = options_.searcher->Search({.text = search.text,
                                                   .limit = 1,
                                                   .snippets = false,
                                                   .cases = query::OnlyCase(event.case_id),
                                                   .only_url = event.url});
    if (!answer && answer.error().code == Code::kInvalidInput) return {};  // said by AskOne
    if (!answer) return tl::unexpected<Error>(answer.error());
    if (answer->total == 0) continue;
    piece.alerts.push_back({.key = KeyOf(search, "gone", event.number),
                            .search = search.id,
                            .name = search.name,
                            .owner = search.owner,
                            .what = kGone,
                            .why = "gone",
                            .capture = event.capture,
                            .item = event.item,
                            .case_id = event.case_id,
                            .url = event.url,
                            .title = event.title,
                            .seen = event.when,
                            .when = options_.clock->Utc()});
  }
  return {};
}

}  // namespace nightjar::watch
