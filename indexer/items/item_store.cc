// SPDX-License-Identifier: Apache-2.0
#include "indexer/items/item_store.h"

#include <algorithm>

#include "archive/store/store.h"
#include "base/codec.h"
#include "indexer/items/item_rows.h"

namespace nightjar::items {
namespace {

constexpr store::Table kStates{0};
constexpr store::Table kVersions{1};  // item, number
constexpr store::Table kCaptures{2};  // item, capture: number of the version, time
constexpr store::Table kEvents{3};    // number
constexpr store::Table kPages{4};     // digest of case, site, address: items, in page order
constexpr store::Table kMeta{5};
constexpr store::Table kAnnounced{6};  // digest of case, site, category
constexpr std::size_t kNumberSize = 8;
constexpr std::string_view kCursorKey = "cursor";

Bytes KeyOf(const ItemId& item, std::uint64_t number) { return item.value + BigEndianKey(number); }

// Of an address or a category of a site.
Bytes KeyOfPlace(const std::string& case_id, const std::string& site, const std::string& place) {
  Encoder encoder;
  encoder.Str(case_id).Str(site).Str(place);
  return Bytes(Sha256(encoder.bytes()).View().substr(0, kItemIdSize));
}

std::vector<ItemId> SplitIds(std::string_view ids) {
  std::vector<ItemId> items;
  for (; ids.size() >= kItemIdSize; ids.remove_prefix(kItemIdSize))
    items.push_back({std::string(ids.substr(0, kItemIdSize))});
  return items;
}

Result<std::uint64_t> ReadCursor(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const auto row, txn.Get(kMeta, kCursorKey));
  return row ? FromBigEndianKey(*row) : 0;
}

Result<std::uint64_t> NextEvent(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kEvents));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  return last ? FromBigEndianKey(last->key) + 1 : 0;
}

// One batch on its way into the store.
class Writing final {
 public:
  Writing(store::WriteTxn& txn, std::uint64_t next_event) : txn_(txn), next_event_(next_event) {}

  Status Add(const Seen& seen) {
    for (const Announcement& announced : seen.announced) RETURN_IF_ERROR(AddAnnouncement(announced, seen));
    if (seen.sights.address.empty()) return {};
    const Occasion occasion{seen.capture, seen.when, seen.url, seen.sights.address};
    std::vector<ItemId> here;
    for (const Sighting& sighting : seen.sights.sightings) {
      here.push_back(IdOf(sighting.key));
      RETURN_IF_ERROR(AddSighting(here.back(), sighting, occasion));
    }
    const Bytes page = KeyOfPlace(seen.case_id, seen.site, seen.sights.address);
    ASSIGN_OR_RETURN(const auto known, txn_.Get(kPages, page));
    Bytes ids;
    for (const ItemId& item : here) ids += item.value;
    if (known && *known == ids) return {};
    for (const ItemId& item : SplitIds(known ? Bytes(*known) : Bytes())) {
      if (std::ranges::find(here, item) == here.end()) RETURN_IF_ERROR(AddAbsence(item, seen, occasion));
    }
    return ids.empty() && !known ? Status() : txn_.Put(kPages, page, ids);
  }

 private:
  Status AddAnnouncement(const Announcement& announced, const Seen& seen) {
    return txn_.Put(kAnnounced, KeyOfPlace(seen.case_id, seen.site, announced.category),
                    Encode({seen.case_id, seen.site, announced, seen.capture, seen.when}));
  }

  Status AddSighting(const ItemId& item, const Sighting& sighting, const Occasion& occasion) {
    State state;
    Version current;
    ASSIGN_OR_RETURN(const auto row, txn_.Get(kStates, item.value));
    if (row) {
      ASSIGN_OR_RETURN(state, DecodeState(*row));
      ASSIGN_OR_RETURN(const auto last, txn_.Get(kVersions, KeyOf(item, state.versions - 1)));
      if (!last) return Fail(Code::kCorrupt, "an item lacks its last version", HexEncode(item.value));
      ASSIGN_OR_RETURN(current, DecodeVersion(*last));
    }
    Outcome outcome = Fold(sighting, occasion, state, current);
    RETURN_IF_ERROR(txn_.Put(kStates, item.value, Encode(state)));
    RETURN_IF_ERROR(txn_.Put(kVersions, KeyOf(item, current.number), Encode(current)));
    RETURN_IF_ERROR(txn_.Put(
        kCaptures, KeyOf(item, occasion.capture.value),
        BigEndianKey(current.number) + BigEndianKey(static_cast<std::uint64_t>(UnixMicros(occasion.when)))));
    return Tell(item, current.number, occasion, std::move(outcome.changes));
  }

  Status AddAbsence(const ItemId& item, const Seen& seen, const Occasion& occasion) {
    ASSIGN_OR_RETURN(const auto row, txn_.Get(kStates, item.value));
    if (!row) return Fail(Code::kCorrupt, "a page lists an item that is not there", HexEncode(item.value));
    ASSIGN_OR_RETURN(State state, DecodeState(*row));
    if (!Lacks(seen.sights, state.key) || !FoldAbsence(occasion, state)) return {};
    RETURN_IF_ERROR(txn_.Put(kStates, item.value, Encode(state)));
    return Tell(item, state.versions - 1, occasion, {{.kind = ChangeKind::kGone}});
  }

  Status Tell(const ItemId& item, std::uint32_t version, const Occasion& occasion,
              std::vector<Change> changes) {
    if (changes.empty()) return {};
    const Event event{.item = item,
                      .version = version,
                      .capture = occasion.capture,
                      .when = occasion.when,
                      .changes = std::move(changes)};
    return txn_.PutLast(kEvents, BigEndianKey(next_event_++), Encode(event));
  }

  store::WriteTxn& txn_;
  std::uint64_t next_event_;
};

// The rows whose keys begin with `prefix`, each given to `take`.
template <typename Take>
Status EachOf(const store::ReadTxn& txn, store::Table table, const Bytes& prefix, Take&& take) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(table));
  ASSIGN_OR_RETURN(auto row, cursor.Seek(prefix));
  while (row && row->key.starts_with(prefix)) {
    RETURN_IF_ERROR(take(*row));
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  return {};
}

std::vector<std::string> TableNames() {
  return {"items", "versions", "captures", "events", "pages", "meta", "announced"};
}

}  // namespace

struct ItemStore::Tables {
  std::shared_ptr<store::Env> env;
};

ItemStore::ItemStore(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
ItemStore::~ItemStore() = default;

Result<std::unique_ptr<ItemStore>> ItemStore::Open(const std::string& folder, Mode mode) {
  ASSIGN_OR_RETURN(
      auto env,
      store::Env::Open({.folder = folder, .tables = TableNames(), .read_only = mode == Mode::kReadOnly}));
  return std::unique_ptr<ItemStore>(new ItemStore(std::make_unique<Tables>(Tables{std::move(env)})));
}

Result<std::uint64_t> ItemStore::Cursor() const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  return ReadCursor(txn);
}

Status ItemStore::Add(std::span<const Seen> batch, std::uint64_t cursor) {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  ASSIGN_OR_RETURN(const std::uint64_t known, ReadCursor(txn));
  ASSIGN_OR_RETURN(const std::uint64_t next_event, NextEvent(txn));
  Writing writing(txn, next_event);
  for (const Seen& seen : batch)
    if (seen.capture.value >= known) RETURN_IF_ERROR(writing.Add(seen));
  RETURN_IF_ERROR(txn.Put(kMeta, kCursorKey, BigEndianKey(std::max(cursor, known))));
  return txn.Commit();
}

Result<std::optional<State>> ItemStore::Find(const ItemId& item) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kStates, item.value));
  if (!row) return std::nullopt;
  ASSIGN_OR_RETURN(State state, DecodeState(*row));
  return state;
}

Result<std::vector<Version>> ItemStore::Versions(const ItemId& item) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  std::vector<Version> versions;
  RETURN_IF_ERROR(EachOf(txn, kVersions, item.value, [&](const store::Cursor::Entry& row) -> Status {
    ASSIGN_OR_RETURN(Version version, DecodeVersion(row.value));
    versions.push_back(std::move(version));
    return {};
  }));
  return versions;
}

Result<std::vector<std::pair<CaptureNumber, std::uint32_t>>> ItemStore::Captures(const ItemId& item) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  std::vector<std::pair<CaptureNumber, std::uint32_t>> captures;
  RETURN_IF_ERROR(EachOf(txn, kCaptures, item.value, [&](const store::Cursor::Entry& row) -> Status {
    captures.emplace_back(CaptureNumber{FromBigEndianKey(row.key.substr(kItemIdSize))},
                          static_cast<std::uint32_t>(FromBigEndianKey(row.value.substr(0, kNumberSize))));
    return {};
  }));
  return captures;
}

Result<std::vector<UtcTime>> ItemStore::CaptureTimes(const ItemId& item) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  std::vector<UtcTime> times;
  RETURN_IF_ERROR(EachOf(txn, kCaptures, item.value, [&](const store::Cursor::Entry& row) -> Status {
    if (row.value.size() == 2 * kNumberSize)
      times.push_back(
          FromUnixMicros(static_cast<std::int64_t>(FromBigEndianKey(row.value.substr(kNumberSize)))));
    return {};
  }));
  return times;
}

Result<std::vector<KnownAnnouncement>> ItemStore::Announcements() const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kAnnounced));
  ASSIGN_OR_RETURN(auto row, cursor.First());
  std::vector<KnownAnnouncement> all;
  while (row) {
    ASSIGN_OR_RETURN(KnownAnnouncement known, DecodeAnnouncement(row->value));
    all.push_back(std::move(known));
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  return all;
}

Result<std::vector<Event>> ItemStore::Events(std::uint64_t first, std::size_t most) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kEvents));
  ASSIGN_OR_RETURN(auto row, cursor.Seek(BigEndianKey(first)));
  std::vector<Event> events;
  while (row && events.size() < most) {
    ASSIGN_OR_RETURN(Event event, DecodeEvent(FromBigEndianKey(row->key), row->value));
    events.push_back(std::move(event));
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  return events;
}

// Events are in the order of captures, and their numbers dense: the first of a capture is found by halving.
Result<std::vector<Event>> ItemStore::EventsAt(CaptureNumber capture) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  const auto at = [&](std::uint64_t number) -> Result<Event> {
    ASSIGN_OR_RETURN(const auto row, txn.Get(kEvents, BigEndianKey(number)));
    if (!row) return Fail(Code::kCorrupt, "the log of changes has a hole", std::to_string(number));
    return DecodeEvent(number, *row);
  };
  ASSIGN_OR_RETURN(const std::uint64_t end, NextEvent(txn));
  std::uint64_t low = 0;
  std::uint64_t high = end;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    ASSIGN_OR_RETURN(const Event event, at(middle));
    if (event.capture.value < capture.value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  std::vector<Event> events;
  for (; low < end; ++low) {
    ASSIGN_OR_RETURN(Event event, at(low));
    if (event.capture != capture) break;
    events.push_back(std::move(event));
  }
  return events;
}

Result<std::vector<std::pair<ItemId, State>>> ItemStore::Items(const ItemId& after, std::size_t most) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kStates));
  // A byte more than `after`: the first key behind it. LMDB takes no empty key.
  ASSIGN_OR_RETURN(auto row, cursor.Seek(after.value + Bytes(1, '\0')));
  std::vector<std::pair<ItemId, State>> items;
  while (row && items.size() < most) {
    ASSIGN_OR_RETURN(State state, DecodeState(row->value));
    items.emplace_back(ItemId{std::string(row->key)}, std::move(state));
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  return items;
}

Result<std::vector<ItemId>> ItemStore::ItemsAt(const std::string& case_id, const std::string& site,
                                               const std::string& address) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kPages, KeyOfPlace(case_id, site, address)));
  return row ? SplitIds(*row) : std::vector<ItemId>();
}

Status ItemStore::Clear() {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  for (const store::Table table : {kStates, kVersions, kCaptures, kEvents, kPages, kMeta, kAnnounced})
    RETURN_IF_ERROR(txn.Clear(table));
  return txn.Commit();
}

Status CopyCompacted(const std::string& from, const std::string& to) {
  ASSIGN_OR_RETURN(const auto env,
                   store::Env::Open({.folder = from, .tables = TableNames(), .read_only = true}));
  return env->CopyTo(to);
}

}  // namespace nightjar::items
