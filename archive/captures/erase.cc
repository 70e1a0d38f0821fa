// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/erase.h"

#include <map>

#include "archive/captures/body_store.h"
#include "archive/captures/log_leaf.h"
#include "archive/captures/record.h"
#include "archive/captures/training.h"
#include "archive/store/prefix.h"

namespace nightjar::captures {
namespace {

constexpr std::size_t kScopeKeySize = 4;  // of BE32(scope)

// One erasure on its way.
class Eraser final {
 public:
  Eraser(store::WriteTxn& txn, const EraseContext& context, const evidence::Erasure& erasure,
         CaptureNumber leaf, Totals& totals)
      : txn_(txn), context_(context), erasure_(erasure), leaf_(leaf), totals_(totals) {}

  Status Run() {
    RETURN_IF_ERROR(FindScopes());
    for (const auto& [scope, captures] : captures_) RETURN_IF_ERROR(EraseIn(scope, captures));
    RETURN_IF_ERROR(DeleteIdentities());
    Bytes former;
    ASSIGN_OR_RETURN(const auto waiting, txn_.Get(kMeta, kMetaErasing));
    if (waiting) former = *waiting;
    for (const auto& [scope, captures] : captures_) former += BigEndian32(scope.value);
    RETURN_IF_ERROR(txn_.Put(kMeta, kMetaErasing, former));
    return context_.vault.keys().Sync();
  }

 private:
  using Numbers = std::vector<CaptureNumber>;

  Status FindScopes();
  Status CheckAsked(CaptureNumber number, ByteView row) const;
  Status EraseIn(keyring::ScopeNumber scope, const Numbers& captures);
  Status EraseOne(CaptureNumber number);
  Status SealAnew(CaptureNumber number, OpenScope& fresh);
  Status MoveBody(const OpenedRow& opened, CaptureNumber number, OpenScope& fresh);
  Status DropBodies(const keyring::Scope& former);
  Status DeleteIdentities();
  [[nodiscard]] Result<Bytes> RowOf(CaptureNumber number) const;

  store::WriteTxn& txn_;
  const EraseContext& context_;
  const evidence::Erasure& erasure_;
  const CaptureNumber leaf_;
  Totals& totals_;
  std::map<keyring::ScopeNumber, Numbers> captures_;  // of each scope concerned: all, ascending
};

Result<Bytes> Eraser::RowOf(CaptureNumber number) const {
  ASSIGN_OR_RETURN(const auto row, txn_.Get(kCaptures, BigEndianKey(number.value)));
  if (row) return Bytes(*row);
  return Fail(Code::kInvalidInput, "there is no capture of this number", std::to_string(number.value));
}

Status Eraser::CheckAsked(CaptureNumber number, ByteView row) const {
  const auto refuse = [&](std::string text) {
    return Fail(Code::kInvalidInput, std::move(text), "capture " + std::to_string(number.value));
  };
  const auto scope = ScopeOfRow(row);
  if (!scope) return refuse("is erased already, or is a leaf of the log itself");
  ASSIGN_OR_RETURN(const auto open, context_.vault.keys().Find(*scope));
  if (open.name.case_id == erasure_.case_id || open.name.case_id.value == kRejectedCase) return {};
  return refuse("belongs to the case " + open.name.case_id.value + ", not to " + erasure_.case_id.value);
}

// The keys of what is asked for, then one look at all rows: which captures share them?
Status Eraser::FindScopes() {
  for (const auto* ranges : {&erasure_.erased, &erasure_.restricted}) {
    for (const evidence::NumberRange& range : ranges->ranges()) {
      for (std::uint64_t n = range.first;; ++n) {
        ASSIGN_OR_RETURN(const Bytes row, RowOf({n}));
        RETURN_IF_ERROR(CheckAsked({n}, row));
        captures_[*ScopeOfRow(row)];
        if (n == range.last) break;
      }
    }
  }
  ASSIGN_OR_RETURN(auto cursor, txn_.Open(kCaptures));
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    const auto scope = ScopeOfRow(entry->value);
    const auto found = scope ? captures_.find(*scope) : captures_.end();
    if (found != captures_.end()) found->second.push_back({FromBigEndianKey(entry->key)});
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return {};
}

Status Eraser::EraseIn(keyring::ScopeNumber scope, const Numbers& captures) {
  ASSIGN_OR_RETURN(const keyring::Scope former, context_.vault.keys().Find(scope));
  std::optional<OpenScope> fresh;
  for (const CaptureNumber number : captures) {
    if (erasure_.erased.Contains(number.value)) continue;
    if (!fresh) {
      ASSIGN_OR_RETURN(auto renewed, context_.vault.keys().Renew(former.name, context_.least_scope));
      fresh = OpenScope{std::move(renewed), {}};
    }
    RETURN_IF_ERROR(SealAnew(number, *fresh));
  }
  for (const CaptureNumber number : captures)
    if (erasure_.erased.Contains(number.value)) RETURN_IF_ERROR(EraseOne(number));
  RETURN_IF_ERROR(DropBodies(former));
  RETURN_IF_ERROR(store::DeletePrefix(txn_, kDictionaries, BigEndian32(scope.value)));
  // The row stays: numbers of scopes are given once.
  RETURN_IF_ERROR(txn_.Put(kScopes, BigEndian32(scope.value), Encode(ScopeRow{})));
  if (!fresh) return {};
  return txn_.Put(kScopes, BigEndian32(fresh->scope.number.value), Encode(fresh->row));
}

Status Eraser::SealAnew(CaptureNumber number, OpenScope& fresh) {
  ASSIGN_OR_RETURN(const Bytes bytes, RowOf(number));
  ASSIGN_OR_RETURN(const OpenedRow opened, DecodeRow(txn_, context_.vault, bytes, number));
  auto restricted_by = opened.restricted_by;
  if (erasure_.restricted.Contains(number.value)) restricted_by = leaf_;
  ASSIGN_OR_RETURN(const Bytes sealed,
                   EncodeRow(txn_, context_.vault, fresh, opened.row, number, restricted_by));
  RETURN_IF_ERROR(txn_.Put(kCaptures, BigEndianKey(number.value), sealed));
  if (!opened.row.rejected.empty()) return {};
  return MoveBody(opened, number, fresh);
}

Status Eraser::MoveBody(const OpenedRow& opened, CaptureNumber number, OpenScope& fresh) {
  ASSIGN_OR_RETURN(const Record record, ParseRecord(opened.row.record));
  const std::uint64_t size = record.response_size - record.head_size;
  if (size == 0) return {};
  ASSIGN_OR_RETURN(const auto moved, FindBody(txn_, fresh.scope, record.body_sha256));
  if (moved) return {};
  ASSIGN_OR_RETURN(const auto place, FindBody(txn_, *opened.scope, record.body_sha256));
  if (!place)
    return Fail(Code::kCorrupt, "its body is missing from the archive",
                "capture " + std::to_string(number.value));
  ASSIGN_OR_RETURN(const Bytes body, LoadBody(txn_, context_.vault, *opened.scope, *place, size));
  ASSIGN_OR_RETURN(const std::uint64_t next, NextBody(txn_));
  ASSIGN_OR_RETURN(const std::size_t stored,
                   PutBody(txn_, context_.vault, fresh, next, number, body, record.body_sha256));
  totals_ += {.captures = 0, .bodies = 1, .body_bytes = size, .stored_bytes = stored};
  ++fresh.row.bodies;
  return TrainWhenDue(txn_, context_.vault, fresh);
}

// A damaged row can be erased too: only its leaf is needed, and that lies open before what is sealed.
Status Eraser::EraseOne(CaptureNumber number) {
  ASSIGN_OR_RETURN(const Bytes bytes, RowOf(number));
  ASSIGN_OR_RETURN(const Bytes leaf, LeafOfRow(bytes, number));
  return txn_.Put(kCaptures, BigEndianKey(number.value), EncodeErasedRow(leaf, leaf_));
}

Status Eraser::DropBodies(const keyring::Scope& former) {
  const auto drop = [&](ByteView row) -> Status {
    ASSIGN_OR_RETURN(const BodyPlace place, DecodeBodyPlace(row));
    ASSIGN_OR_RETURN(const DroppedBody dropped, DropBody(txn_, context_.vault, former, place));
    totals_ -= {.captures = 0, .bodies = 1, .body_bytes = dropped.bytes, .stored_bytes = dropped.stored};
    return {};
  };
  RETURN_IF_ERROR(store::DeletePrefix(txn_, kBodyNames, BigEndian32(former.number.value), drop));
  return {};
}

// An identity is a plain hash of a record: whoever guesses the record could ask for it.
Status Eraser::DeleteIdentities() {
  std::vector<Bytes> keys;
  {
    ASSIGN_OR_RETURN(auto cursor, txn_.Open(kIdentities));
    ASSIGN_OR_RETURN(auto entry, cursor.First());
    while (entry) {
      if (erasure_.erased.Contains(FromBigEndianKey(entry->value))) keys.emplace_back(entry->key);
      ASSIGN_OR_RETURN(entry, cursor.Next());
    }
  }
  for (const Bytes& key : keys) RETURN_IF_ERROR(txn_.Delete(kIdentities, key));
  return {};
}

}  // namespace

Status Erase(store::WriteTxn& txn, const EraseContext& context, const evidence::Erasure& erasure,
             evidence::Frontier& frontier, Totals& totals) {
  RETURN_IF_ERROR(evidence::CheckErasure(erasure));
  RETURN_IF_ERROR(Eraser(txn, context, erasure, CaptureNumber{frontier.size()}, totals).Run());
  RETURN_IF_ERROR(PutLogLeaf(txn, frontier,
                             {.kind = evidence::LeafKind::kErasure,
                              .time = erasure.time,
                              .salt = context.salt,
                              .text = evidence::FormatErasure(erasure),
                              .signature = {},
                              .rejected = std::string(kErasureReason)},
                             kMetaErasures));
  return WriteTotals(txn, totals);
}

Status FinishErasing(store::Env& env, keyring::KeyRing& keys) {
  Bytes former;
  {
    ASSIGN_OR_RETURN(const auto txn, env.Read());
    ASSIGN_OR_RETURN(const auto row, txn.Get(kMeta, kMetaErasing));
    if (!row) return {};
    former = *row;
  }
  for (ByteView rest = former; rest.size() >= kScopeKeySize; rest.remove_prefix(kScopeKeySize)) {
    const Bytes key =
        Bytes(sizeof(std::uint64_t) - kScopeKeySize, '\0') + Bytes(rest.substr(0, kScopeKeySize));
    Status destroyed = keys.Destroy({static_cast<std::uint32_t>(FromBigEndianKey(key))});
    if (!destroyed && destroyed.error().code != Code::kNotFound) return destroyed;
  }
  ASSIGN_OR_RETURN(auto txn, env.Write());
  RETURN_IF_ERROR(txn.Delete(kMeta, kMetaErasing));
  return txn.Commit();
}

Result<evidence::Erasure> ReadErasure(const store::ReadTxn& txn, CaptureNumber number) {
  ASSIGN_OR_RETURN(const ReadLogLeaf leaf, GetLogLeaf(txn, number, evidence::LeafKind::kErasure));
  return evidence::ParseErasure(leaf.text);
}

}  // namespace nightjar::captures
