// SPDX-License-Identifier: Apache-2.0
#include "indexer/hunt/hunt_store.h"

#include "archive/store/store.h"
#include "base/codec.h"
#include "indexer/hunt/hunt_rows.h"

namespace nightjar::hunt {
namespace {

constexpr store::Table kHunts{0};    // id
constexpr store::Table kMatches{1};  // id, place among the hunt's matches: BE(capture) ‖ the match
constexpr std::size_t kNumber = sizeof(std::uint64_t);

Bytes KeyOf(std::uint64_t hunt, std::uint64_t place) { return BigEndianKey(hunt) + BigEndianKey(place); }

Result<std::vector<Hunt>> ReadAll(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kHunts));
  ASSIGN_OR_RETURN(auto row, cursor.First());
  std::vector<Hunt> hunts;
  while (row) {
    ASSIGN_OR_RETURN(Hunt hunt, DecodeHunt(FromBigEndianKey(row->key), row->value));
    hunts.push_back(std::move(hunt));
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  return hunts;
}

Result<Hunt> ReadOne(const store::ReadTxn& txn, const std::string& name) {
  ASSIGN_OR_RETURN(const auto hunts, ReadAll(txn));
  for (const Hunt& hunt : hunts)
    if (hunt.name == name) return hunt;
  return Fail(Code::kNotFound, "there is no hunt of that name; see `nightjar hunt status`", name);
}

// The keys of matches that `which` picks, of one hunt or (0) of all.
template <typename Which>
Result<std::vector<Bytes>> KeysOf(const store::ReadTxn& txn, std::uint64_t hunt, Which&& which) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kMatches));
  ASSIGN_OR_RETURN(auto row, cursor.Seek(KeyOf(hunt, 0)));
  std::vector<Bytes> keys;
  while (row && (hunt == 0 || row->key.starts_with(BigEndianKey(hunt)))) {
    if (which(CaptureNumber{FromBigEndianKey(row->value.substr(0, kNumber))})) keys.emplace_back(row->key);
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  return keys;
}

}  // namespace

struct HuntStore::Tables {
  std::shared_ptr<store::Env> env;
};

HuntStore::HuntStore(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
HuntStore::~HuntStore() = default;

Result<std::unique_ptr<HuntStore>> HuntStore::Open(const std::string& folder, Mode mode) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = folder,
                                               .tables = {"hunts", "matches"},
                                               .map_size = 1ULL << 36,
                                               .read_only = mode == Mode::kReadOnly}));
  return std::unique_ptr<HuntStore>(new HuntStore(std::make_unique<Tables>(Tables{std::move(env)})));
}

Result<Hunt> HuntStore::Add(Hunt hunt) {
  RETURN_IF_ERROR(CheckName("hunt", hunt.name));
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  ASSIGN_OR_RETURN(const auto hunts, ReadAll(txn));
  hunt.id = hunts.empty() ? 1 : hunts.back().id + 1;
  for (const Hunt& other : hunts)
    if (other.name == hunt.name)
      return Fail(Code::kAlreadyExists, "there is a hunt of that name; go on with `nightjar hunt run`",
                  hunt.name);
  RETURN_IF_ERROR(txn.Put(kHunts, BigEndianKey(hunt.id), Encode(hunt)));
  RETURN_IF_ERROR(txn.Commit());
  return hunt;
}

Result<Hunt> HuntStore::Find(const std::string& name) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  return ReadOne(txn, name);
}

Result<std::vector<Hunt>> HuntStore::All() const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  return ReadAll(txn);
}

Status HuntStore::SetState(const std::string& name, HuntState state) {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  ASSIGN_OR_RETURN(Hunt hunt, ReadOne(txn, name));
  hunt.state = state;
  RETURN_IF_ERROR(txn.Put(kHunts, BigEndianKey(hunt.id), Encode(hunt)));
  return txn.Commit();
}

Status HuntStore::Remove(const std::string& name) {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  ASSIGN_OR_RETURN(const Hunt hunt, ReadOne(txn, name));
  ASSIGN_OR_RETURN(const auto keys, KeysOf(txn, hunt.id, [](CaptureNumber) { return true; }));
  for (const Bytes& key : keys) RETURN_IF_ERROR(txn.Delete(kMatches, key));
  RETURN_IF_ERROR(txn.Delete(kHunts, BigEndianKey(hunt.id)));
  return txn.Commit();
}

Result<Hunt> HuntStore::Advance(const Hunt& hunt, std::uint64_t from, std::span<const Match> found) {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  ASSIGN_OR_RETURN(Hunt stored, ReadOne(txn, hunt.name));
  if (stored.id != hunt.id || stored.next != from)
    return Fail(Code::kUnavailable, "another process runs this hunt", hunt.name);
  const bool stopped = stored.state == HuntState::kStopped;
  std::uint64_t place = stored.matches;
  stored = hunt;
  for (const Match& match : found) {
    RETURN_IF_ERROR(
        txn.Put(kMatches, KeyOf(hunt.id, place++), BigEndianKey(match.capture.value) + Encode(match)));
  }
  stored.matches = place;
  if (stopped && stored.state == HuntState::kWaiting) stored.state = HuntState::kStopped;
  RETURN_IF_ERROR(txn.Put(kHunts, BigEndianKey(hunt.id), Encode(stored)));
  RETURN_IF_ERROR(txn.Commit());
  return stored;
}

Result<std::vector<Match>> HuntStore::Matches(std::uint64_t hunt, std::uint64_t skip,
                                              std::size_t most) const {
  ASSIGN_OR_RETURN(const auto txn, tables_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kMatches));
  ASSIGN_OR_RETURN(auto row, cursor.Seek(KeyOf(hunt, skip)));
  std::vector<Match> matches;
  while (row && row->key.starts_with(BigEndianKey(hunt)) && matches.size() < most) {
    const CaptureNumber capture{FromBigEndianKey(row->value.substr(0, kNumber))};
    if (row->value.size() < kNumber) return Fail(Code::kCorrupt, "a match is cut short");
    ASSIGN_OR_RETURN(Match match, DecodeMatch(capture, row->value.substr(kNumber)));
    matches.push_back(std::move(match));
    ASSIGN_OR_RETURN(row, cursor.Next());
  }
  return matches;
}

Result<std::uint64_t> HuntStore::Forget(const std::function<bool(CaptureNumber)>& gone) {
  ASSIGN_OR_RETURN(auto txn, tables_->env->Write());
  ASSIGN_OR_RETURN(const auto keys, KeysOf(txn, 0, gone));
  for (const Bytes& key : keys) RETURN_IF_ERROR(txn.Delete(kMatches, key));
  RETURN_IF_ERROR(txn.Commit());
  return keys.size();
}

}  // namespace nightjar::hunt
