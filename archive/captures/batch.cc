// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/batch.h"

#include "archive/captures/stored_nodes.h"
#include "archive/evidence/leaf.h"

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

Result<CaptureNumber> Batch::AddNew(Examined examined) {
  const Exchange& exchange = examined.exchange;
  const bool accepted = examined.rejected.empty();
  StoredRow row;
  row.salt = *Digest::FromBytes(context_.random.Take(Digest::kSize));
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
    RETURN_IF_ERROR(PutBody(exchange.body, examined.record.body_sha256));
    RETURN_IF_ERROR(PutFetcher(examined.record.fetcher_key));
  }
  const CaptureNumber number{frontier_.size()};
  RETURN_IF_ERROR(txn_.PutLast(kCaptures, BigEndianKey(number.value), EncodeRow(row, context_.compressor)));
  RETURN_IF_ERROR(AppendLeaf(txn_, frontier_, row.leaf));
  return number;
}

Status Batch::PutBody(ByteView body, const Digest& digest) {
  if (body.empty()) return {};
  ASSIGN_OR_RETURN(const auto known, txn_.Get(kBodies, digest.View()));
  if (known) return {};
  const Bytes packed = context_.compressor.Pack(body);
  totals_.body_bytes += body.size();
  totals_.stored_bytes += packed.size();
  return txn_.Put(kBodies, digest.View(), packed);
}

Status Batch::PutFetcher(const std::string& key_id) {
  RETURN_IF_ERROR(txn_.PutNew(kFetchers, key_id, context_.fetchers.at(key_id).View()));
  return {};
}

}  // namespace nightjar::captures
