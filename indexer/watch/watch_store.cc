// SPDX-License-Identifier: Apache-2.0
#include "indexer/watch/watch_store.h"

#include <algorithm>
#include <map>

#include "archive/store/store.h"
#include "base/codec.h"
#include "indexer/query/grammar.h"
#include "indexer/watch/outbox_rows.h"
#include "indexer/watch/watch_rows.h"

namespace nightjar::watch {
namespace {

constexpr store::Table kSearches{0};  // id
constexpr store::Table kAlerts{1};    // number
constexpr store::Table kKeys{2};      // idempotency key: number
constexpr store::Table kOutbox{3};    // outbox_rows.h
constexpr store::Table kMeta{4};
constexpr std::string_view kErased = "(erased)";  // instead of a title
constexpr std::string_view kCapturesKey = "captures";
constexpr std::string_view kEventsKey = "events";
constexpr std::string_view kNextSearchKey = "next-search";

Result<std::uint64_t> Number(const store::ReadTxn& txn, std::string_view key) {
  ASSIGN_OR_RETURN(const auto row, txn.Get(kMeta, key));
  return row ? FromBigEndianKey(*row) : 0;
}

Result<Progress> ReadCursor(const store::ReadTxn& txn) {
  Progress cursor;
  ASSIGN_OR_RETURN(cursor.captures, Number(txn, kCapturesKey));
  ASSIGN_OR_RETURN(cursor.events, Number(txn, kEventsKey));
  return cursor;
}

// Every row of a table, in order, until `take` says false.
template <typename Take>
Status Each(const store::ReadTxn& txn, store::Table table, Take&& take) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(table));
  ASSIGN_OR_RETURN(auto row, cursor.First());
  while (row) {
    ASSIGN_OR_RETURN(const bool more, take(*row));
    if (!more) return {};
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  return {};
}

Result<std::vector<SavedSearch>> ReadSearches(const store::ReadTxn& txn) {
  std::vector<SavedSearch> searches;
  RETURN_IF_ERROR(Each(txn, kSearches, [&](const store::Cursor::Entry& row) -> Result<bool> {
    ASSIGN_OR_RETURN(SavedSearch search, DecodeSearch(FromBigEndianKey(row.key), row.value));
    searches.push_back(std::move(search));
    return true;
  }));
  return searches;
}

Result<SavedSearch> ReadSearch(const store::ReadTxn& txn, const std::string& name) {
  ASSIGN_OR_RETURN(const auto searches, ReadSearches(txn));
  const auto found = std::ranges::find(searches, name, &SavedSearch::name);
  if (found == searches.end())
    return Fail(Code::kNotFound, "there is no saved search of that name; see `nightjar alerts list`", name);
  return *found;
}

Result<std::uint64_t> NextAlert(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kAlerts));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  return last ? FromBigEndianKey(last->key) + 1 : 1;
}

bool Fits(const Alert& alert, const WatchStore::Filter& filter) {
  return (filter.search.empty() || alert.name == filter.search) &&
         (filter.owner.empty() || alert.owner == filter.owner) && !(filter.unread_only && alert.read);
}

}  // namespace

struct WatchStore::Tables {
  std::shared_ptr<store::Env> env;
};

WatchStore::WatchStore(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
WatchStore::~WatchStore() = default;

Result<std::unique_ptr<WatchStore>> WatchStore::Open(const std::string& folder, Mode mode) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = folder,
                                               .tables = {"searches", "alerts", "keys", "outbox", "meta"},
                                               .map_size = 1ULL << 36,
                                               .read_only = mode == Mode::kReadOnly}));
  return std::unique_ptr<WatchStore>(new WatchStore(std::make_unique<Tables>(Tables{std::move(env)})));
}

Result<SavedSearch> WatchStore::Save(SavedSearch search) {
  RETURN_IF_ERROR(CheckName("saved search", search.name));
  RETURN_IF_ERROR(query::Parse(search.text));
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  ASSIGN_OR_RETURN(const auto searches, ReadSearches(txn));
  if (std::ranges::find(searches, search.name, &SavedSearch::name) != searches.end())
    return Fail(Code::kAlreadyExists, "there is a saved search of that name; remove it first", search.name);
  if (searches.size() >= kMostSearches)
    return Fail(Code::kFull, "there are 1000 saved searches already; remove one", search.name);
  ASSIGN_OR_RETURN(const std::uint64_t next, Number(txn, kNextSearchKey));
  search.id = next + 1;
  RETURN_IF_ERROR(txn.Put(kMeta, kNextSearchKey, BigEndianKey(search.id)));
  RETURN_IF_ERROR(txn.Put(kSearches, BigEndianKey(search.id), Encode(search)));
  RETURN_IF_ERROR(txn.Commit());
  return search;
}

Result<std::vector<SavedSearch>> WatchStore::Searches() const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  return ReadSearches(txn);
}

Result<SavedSearch> WatchStore::Find(const std::string& name) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  return ReadSearch(txn, name);
}

Status WatchStore::Pause(const std::string& name, bool paused) {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  ASSIGN_OR_RETURN(SavedSearch search, ReadSearch(txn, name));
  search.paused = paused;
  RETURN_IF_ERROR(txn.Put(kSearches, BigEndianKey(search.id), Encode(search)));
  return txn.Commit();
}

Status WatchStore::Remove(const std::string& name) {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  ASSIGN_OR_RETURN(const SavedSearch search, ReadSearch(txn, name));
  RETURN_IF_ERROR(txn.Delete(kSearches, BigEndianKey(search.id)));
  return txn.Commit();
}

Result<Progress> WatchStore::Cursor() const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  return ReadCursor(txn);
}

Result<std::size_t> WatchStore::Raise(std::span<const Alert> alerts, const Progress& cursor) {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  std::map<std::uint64_t, SavedSearch> searches;
  ASSIGN_OR_RETURN(auto stored, ReadSearches(txn));
  for (SavedSearch& search : stored) searches.emplace(search.id, std::move(search));
  ASSIGN_OR_RETURN(std::uint64_t next, NextAlert(txn));
  std::size_t raised = 0;
  for (const Alert& alert : alerts) {
    const auto search = searches.find(alert.search);
    if (search == searches.end() || search->second.paused) continue;
    ASSIGN_OR_RETURN(const bool fresh, txn.PutNew(kKeys, alert.key, BigEndianKey(next)));
    if (!fresh) continue;
    RETURN_IF_ERROR(txn.PutLast(kAlerts, BigEndianKey(next), Encode(alert)));
    for (const std::string& sink : search->second.sinks) {
      const Delivery delivery{.sink = sink, .alert = next, .due = alert.when};
      RETURN_IF_ERROR(txn.Put(kOutbox, OutboxKey(delivery), Encode(delivery)));
    }
    ++next;
    ++raised;
  }
  RETURN_IF_ERROR(txn.Put(kMeta, kCapturesKey, BigEndianKey(cursor.captures)));
  RETURN_IF_ERROR(txn.Put(kMeta, kEventsKey, BigEndianKey(cursor.events)));
  RETURN_IF_ERROR(txn.Commit());
  return raised;
}

Result<std::vector<Alert>> WatchStore::Inbox(const Filter& filter) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kAlerts));
  ASSIGN_OR_RETURN(auto row, cursor.Last());
  std::vector<Alert> alerts;
  while (row && alerts.size() < filter.most) {
    ASSIGN_OR_RETURN(Alert alert, DecodeAlert(FromBigEndianKey(row->key), row->value));
    if (alert.number < filter.before && Fits(alert, filter)) alerts.push_back(std::move(alert));
    ASSIGN_OR_RETURN(row, cursor.Previous());
  }
  return alerts;
}

Result<Alert> WatchStore::Get(std::uint64_t number) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kAlerts, BigEndianKey(number)));
  if (!row) return Fail(Code::kNotFound, "there is no alert of that number", std::to_string(number));
  return DecodeAlert(number, *row);
}

Result<bool> WatchStore::MarkRead(std::uint64_t number) {
  ASSIGN_OR_RETURN(Alert alert, Get(number));
  if (alert.read) return false;
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kAlerts, BigEndianKey(number)));
  if (!row) return Fail(Code::kNotFound, "there is no alert of that number", std::to_string(number));
  ASSIGN_OR_RETURN(alert, DecodeAlert(number, *row));
  alert.read = true;
  RETURN_IF_ERROR(txn.Put(kAlerts, BigEndianKey(number), Encode(alert)));
  RETURN_IF_ERROR(txn.Commit());
  return true;
}

Result<std::vector<Delivery>> WatchStore::Due(const std::string& sink, UtcTime now, std::size_t most) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kOutbox));
  ASSIGN_OR_RETURN(auto row, cursor.Seek(OutboxPrefix(sink)));
  std::vector<Delivery> due;
  while (row && row->key.starts_with(OutboxPrefix(sink)) && due.size() < most) {
    ASSIGN_OR_RETURN(Delivery delivery, DecodeDelivery(row->key, row->value));
    if (delivery.due > now) break;
    due.push_back(std::move(delivery));
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  return due;
}

Status WatchStore::Delivered(const Delivery& delivery) {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  RETURN_IF_ERROR(txn.Delete(kOutbox, OutboxKey(delivery)));
  return txn.Commit();
}

Status WatchStore::Failed(const Delivery& delivery, UtcTime next, const std::string& error) {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  ASSIGN_OR_RETURN(const bool waited, txn.Delete(kOutbox, OutboxKey(delivery)));
  if (!waited) return {};
  Delivery again = delivery;
  again.tries = delivery.tries + 1;
  again.due = next;
  again.last_error = error;
  RETURN_IF_ERROR(txn.Put(kOutbox, OutboxKey(again), Encode(again)));
  return txn.Commit();
}

Result<std::vector<Delivery>> WatchStore::Waiting(std::size_t most) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  std::vector<Delivery> waiting;
  RETURN_IF_ERROR(Each(txn, kOutbox, [&](const store::Cursor::Entry& row) -> Result<bool> {
    if (waiting.size() >= most) return false;
    ASSIGN_OR_RETURN(Delivery delivery, DecodeDelivery(row.key, row.value));
    waiting.push_back(std::move(delivery));
    return true;
  }));
  return waiting;
}

Result<std::uint64_t> WatchStore::WaitingCount() const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  return txn.Count(kOutbox);
}

Result<std::uint64_t> WatchStore::Forget(const std::function<bool(CaptureNumber)>& gone) {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  std::vector<Alert> touched;
  RETURN_IF_ERROR(Each(txn, kAlerts, [&](const store::Cursor::Entry& row) -> Result<bool> {
    ASSIGN_OR_RETURN(Alert alert, DecodeAlert(FromBigEndianKey(row.key), row.value));
    if (gone(alert.capture) && alert.title != kErased) touched.push_back(std::move(alert));
    return true;
  }));
  for (Alert& alert : touched) {
    alert.url.clear();
    alert.item.clear();
    alert.title = kErased;
    RETURN_IF_ERROR(txn.Put(kAlerts, BigEndianKey(alert.number), Encode(alert)));
  }
  // Items are told again without what is gone: their log begins anew.
  RETURN_IF_ERROR(txn.Put(kMeta, kEventsKey, BigEndianKey(0)));
  RETURN_IF_ERROR(txn.Commit());
  return touched.size();
}

}  // namespace nightjar::watch
