// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/batch.h"

#include "archive/captures/stored_nodes.h"
#include "archive/captures/training.h"
#include "archive/evidence/leaf.h"
#include "base/site_host.h"

namespace nightjar::captures {
namespace {

// What makes an exchange the same as one stored before. A good one is its record, which the fetch id makes
// unique; a bad one is all its bytes, so that it can never stand in the way of the good one.
Bytes IdentityOf(const Exchange& exchange, bool rejected) {
  if (!rejected) return 'c' + Bytes(Sha256(exchange.record).View());
  const Bytes all = Encoder()
                        .Str(exchange.record)
                        .Str(exchange.signature)
                        .Str(exchange.request)
                        .Str(exchange.head)
                        .Str(exchange.body)
                        .Take();
  return 'x' + Bytes(Sha256(all).View());
}

}  // namespace

Batch::Examined Batch::Examine(const Exchange& exchange) const {
  auto record = ParseRecord(exchange.record);
  if (!record) return {exchange, Record{}, record.error().text};
  const auto fetcher = context_.fetchers.find(record->fetcher_key);
  if (fetcher == context_.fetchers.end())
    return {exchange, std::move(*record), "the record names a fetcher key that is not known here"};
  const auto checked = CheckExchange(exchange, *record, fetcher->second);
  return {exchange, std::move(*record), checked ? std::string() : checked.error().text};
}

Result<CaptureNumber> Batch::Add(const Exchange& exchange) {
  Examined examined = Examine(exchange);
  const Bytes identity = IdentityOf(exchange, !examined.rejected.empty());
  ASSIGN_OR_RETURN(const auto known, txn_.Get(kIdentities, identity));
  if (known) return CaptureNumber{FromBigEndianKey(*known)};
  ASSIGN_OR_RETURN(const CaptureNumber number, AddNew(std::move(examined)));
  RETURN_IF_ERROR(txn_.Put(kIdentities, identity, BigEndianKey(number.value)));
  return number;
}

// A rejected hand-over may speak of anything: all of them share a scope that is nobody's.
Result<OpenScope*> Batch::ScopeOf(const Examined& examined) {
  keyring::ScopeName name{CaseId{std::string(kRejectedCase)}, "-"};
  if (examined.rejected.empty()) {
    const auto site = SiteHost::OfUrl(examined.record.url);
    name = {examined.record.case_id, site ? site->name() : "-"};
  }
  if (const auto open = scopes_.find(name); open != scopes_.end()) return &open->second;
  ASSIGN_OR_RETURN(auto scope, context_.vault.keys().FindOrMake(name, context_.least_scope));
  ScopeRow row;
  ASSIGN_OR_RETURN(const auto stored, txn_.Get(kScopes, BigEndian32(scope.number.value)));
  if (stored) {
    ASSIGN_OR_RETURN(row, DecodeScopeRow(*stored));
  }
  return &scopes_.emplace(std::move(name), OpenScope{std::move(scope), row}).first->second;
}

Result<CaptureNumber> Batch::AddNew(Examined examined) {
  const Exchange& exchange = examined.exchange;
  const bool accepted = examined.rejected.empty();
  ASSIGN_OR_RETURN(OpenScope * scope, ScopeOf(examined));
  const CaptureNumber number{frontier_.size()};
  StoredRow row;
  row.salt = *Digest::FromBytes(context_.vault.random().Take(Digest::kSize));
  row.record = exchange.record.substr(0, kMaxRecordSize);
  row.signature = exchange.signature.substr(0, kMaxRecordSize);
  row.rejected = std::move(examined.rejected);
  row.leaf =
      evidence::FormatLeaf({.kind = accepted ? evidence::LeafKind::kCapture : evidence::LeafKind::kRejected,
                            .unix_time = UnixSeconds(context_.clock.Utc()),
                            .commitment = evidence::Commitment(row.salt, Sha256(row.record))});
  if (accepted) {
    row.request = exchange.request;
    row.head = exchange.head;
    RETURN_IF_ERROR(PutFetcher(examined.record.fetcher_key));
  }
  ASSIGN_OR_RETURN(const Bytes sealed, EncodeRow(txn_, context_.vault, *scope, row, number));
  RETURN_IF_ERROR(txn_.PutLast(kCaptures, BigEndianKey(number.value), sealed));
  RETURN_IF_ERROR(AppendLeaf(txn_, frontier_, row.leaf));
  Count({.captures = 1});
  if (accepted) RETURN_IF_ERROR(AddBody(*scope, exchange.body, examined.record.body_sha256, number));
  return number;
}

Status Batch::AddBody(OpenScope& scope, ByteView body, const Digest& digest, CaptureNumber number) {
  if (body.empty()) return {};
  ASSIGN_OR_RETURN(const auto known, FindBody(txn_, scope.scope, digest));
  if (known) return {};
  if (!next_body_) {
    ASSIGN_OR_RETURN(next_body_, NextBody(txn_));
  }
  ASSIGN_OR_RETURN(const std::size_t stored,
                   PutBody(txn_, context_.vault, scope, (*next_body_)++, number, body, digest));
  Count({.bodies = 1, .body_bytes = body.size(), .stored_bytes = stored});
  ++scope.row.bodies;
  return TrainWhenDue(txn_, context_.vault, scope);
}

void Batch::Count(const Totals& more) {
  constexpr std::uint64_t kDay = 86'400;
  const auto day = static_cast<std::uint64_t>(UnixSeconds(context_.clock.Utc())) / kDay;
  for (Totals* sum : {&totals_, &days_[day]}) *sum += more;
}

Status Batch::Finish() {
  for (const auto& [name, open] : scopes_)
    RETURN_IF_ERROR(txn_.Put(kScopes, BigEndian32(open.scope.number.value), Encode(open.row)));
  for (const auto& [day, more] : days_) {
    Totals sum;
    ASSIGN_OR_RETURN(const auto row, txn_.Get(kGrowth, BigEndianKey(day)));
    if (row) {
      ASSIGN_OR_RETURN(sum, DecodeTotals(*row));
    }
    sum += more;
    RETURN_IF_ERROR(txn_.Put(kGrowth, BigEndianKey(day), Encode(sum)));
  }
  RETURN_IF_ERROR(WriteTotals(txn_, totals_));
  return context_.vault.keys().Sync();
}

Status Batch::PutFetcher(const std::string& key_id) {
  RETURN_IF_ERROR(txn_.PutNew(kFetchers, key_id, context_.fetchers.at(key_id).View()));
  return {};
}

}  // namespace nightjar::captures
