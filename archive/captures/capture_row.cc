// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/capture_row.h"

#include "archive/evidence/leaf.h"
#include "base/codec.h"

namespace nightjar::captures {
namespace {

constexpr std::uint8_t kVersion = 2;
constexpr std::size_t kMaxTexts = 256 << 20;  // record, request and head; far above any fetcher's limits

tl::unexpected<Error> Damaged(CaptureNumber number, std::string text) {
  return Fail(Code::kCorrupt, std::move(text), "capture " + std::to_string(number.value));
}

Status CheckCommitment(const StoredRow& row, CaptureNumber number) {
  const auto leaf = evidence::ParseLeaf(row.leaf);
  if (!leaf) return Damaged(number, "its stored leaf " + leaf.error().text);
  if (evidence::Commitment(row.salt, Sha256(row.record)) != leaf->commitment)
    return Damaged(number, "its record does not match the commitment in its leaf");
  const bool rejection = leaf->kind == evidence::LeafKind::kRejected;
  if (rejection == row.rejected.empty()) return Damaged(number, "its leaf is of another kind than its row");
  return {};
}

// Scope and leaf are bound too: neither can be changed without the row refusing to open.
Bytes PlaceOf(CaptureNumber number, keyring::ScopeNumber scope, ByteView leaf) {
  return Encoder().Str("capture").U64(number.value).U32(scope.value).Str(leaf).Take();
}

}  // namespace

Result<Bytes> EncodeRow(const store::ReadTxn& txn, Vault& vault, const OpenScope& scope, const StoredRow& row,
                        CaptureNumber number) {
  const keyring::ScopeNumber in = scope.scope.number;
  const Bytes plain = Encoder()
                          .Hash(row.salt)
                          .Str(row.signature)
                          .Str(row.rejected)
                          .Str(row.record)
                          .Str(row.request)
                          .Str(row.head)
                          .Take();
  ASSIGN_OR_RETURN(const Bytes sealed,
                   vault.Seal(txn, scope, Kind::kText, plain, PlaceOf(number, in, row.leaf)));
  return Encoder().U8(kVersion).U32(in.value).Str(row.leaf).Str(sealed).Take();
}

Result<OpenedRow> DecodeRow(const store::ReadTxn& txn, Vault& vault, ByteView bytes, CaptureNumber number) {
  Decoder outer(bytes);
  if (outer.U8() != kVersion) return Damaged(number, "its row has an unknown version");
  const keyring::ScopeNumber in{outer.U32()};
  Bytes leaf = outer.Str();
  const ByteView sealed = outer.View();
  if (const Status whole = outer.Finish("its row"); !whole) return Damaged(number, whole.error().text);
  auto scope = vault.keys().Find(in);
  if (!scope) return Damaged(number, scope.error().Format());
  auto plain = vault.Open(txn, *scope, Kind::kText, sealed, PlaceOf(number, in, leaf), kMaxTexts);
  if (!plain) return Damaged(number, "its row: " + plain.error().text);
  Decoder inner(*plain);
  OpenedRow opened{std::move(*scope), {}};
  StoredRow& row = opened.row;
  row.salt = inner.Hash();
  row.leaf = std::move(leaf);
  row.signature = inner.Str();
  row.rejected = inner.Str();
  row.record = inner.Str();
  row.request = inner.Str();
  row.head = inner.Str();
  RETURN_IF_ERROR(inner.Finish("the texts of a capture row"));
  RETURN_IF_ERROR(CheckCommitment(row, number));
  return opened;
}

}  // namespace nightjar::captures
