// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/capture_row.h"

#include "archive/evidence/leaf.h"
#include "base/codec.h"

namespace nightjar::captures {
namespace {

constexpr std::uint8_t kSealed = 2;
constexpr std::uint8_t kOpen = 3;
constexpr std::size_t kMaxTexts = 256 << 20;  // record, request and head; far above any fetcher's limits

tl::unexpected<Error> Damaged(CaptureNumber number, std::string text) {
  return Fail(Code::kCorrupt, std::move(text), "capture " + std::to_string(number.value));
}

Status CheckCommitment(const StoredRow& row, CaptureNumber number) {
  const auto leaf = evidence::ParseLeaf(row.leaf);
  if (!leaf) return Damaged(number, "its stored leaf " + leaf.error().text);
  if (evidence::Commitment(row.salt, Sha256(row.record)) != leaf->commitment)
    return Damaged(number, "its record does not match the commitment in its leaf");
  const bool is_capture = leaf->kind == evidence::LeafKind::kCapture;
  if (is_capture != row.rejected.empty()) return Damaged(number, "its leaf is of another kind than its row");
  return {};
}

// Scope and leaf are bound too: neither can be changed without the row refusing to open.
Bytes PlaceOf(CaptureNumber number, keyring::ScopeNumber scope, ByteView leaf) {
  return Encoder().Str("capture").U64(number.value).U32(scope.value).Str(leaf).Take();
}

Bytes TextsOf(const StoredRow& row) {
  return Encoder()
      .Hash(row.salt)
      .Str(row.signature)
      .Str(row.rejected)
      .Str(row.record)
      .Str(row.request)
      .Str(row.head)
      .Take();
}

Result<StoredRow> ParseTexts(ByteView texts, Bytes leaf, CaptureNumber number) {
  Decoder in(texts);
  StoredRow row;
  row.salt = in.Hash();
  row.leaf = std::move(leaf);
  row.signature = in.Str();
  row.rejected = in.Str();
  row.record = in.Str();
  row.request = in.Str();
  row.head = in.Str();
  RETURN_IF_ERROR(in.Finish("the texts of a capture row"));
  RETURN_IF_ERROR(CheckCommitment(row, number));
  return row;
}

}  // namespace

Result<Bytes> EncodeRow(const store::ReadTxn& txn, Vault& vault, const OpenScope& scope, const StoredRow& row,
                        CaptureNumber number) {
  const keyring::ScopeNumber in = scope.scope.number;
  ASSIGN_OR_RETURN(const Bytes sealed,
                   vault.Seal(txn, scope, Kind::kText, TextsOf(row), PlaceOf(number, in, row.leaf)));
  return Encoder().U8(kSealed).U32(in.value).Str(row.leaf).Str(sealed).Take();
}

Result<OpenedRow> DecodeRow(const store::ReadTxn& txn, Vault& vault, ByteView bytes, CaptureNumber number) {
  if (!bytes.empty() && bytes[0] == kOpen) {
    ASSIGN_OR_RETURN(StoredRow row, DecodeOpenRow(bytes, number));
    return OpenedRow{std::nullopt, std::move(row)};
  }
  Decoder outer(bytes);
  if (outer.U8() != kSealed) return Damaged(number, "its row has an unknown version");
  const keyring::ScopeNumber in{outer.U32()};
  Bytes leaf = outer.Str();
  const ByteView sealed = outer.View();
  if (const Status whole = outer.Finish("its row"); !whole) return Damaged(number, whole.error().text);
  auto scope = vault.keys().Find(in);
  if (!scope) return Damaged(number, scope.error().Format());
  auto plain = vault.Open(txn, *scope, Kind::kText, sealed, PlaceOf(number, in, leaf), kMaxTexts);
  if (!plain) return Damaged(number, "its row: " + plain.error().text);
  ASSIGN_OR_RETURN(StoredRow row, ParseTexts(*plain, std::move(leaf), number));
  return OpenedRow{std::move(*scope), std::move(row)};
}

Bytes EncodeOpenRow(const StoredRow& row) {
  Bytes bytes = Encoder().U8(kOpen).Str(row.leaf).Str(TextsOf(row)).Take();
  bytes.append(Sha256(bytes).View());  // LMDB 0.9 has no checksums of its own
  return bytes;
}

Result<StoredRow> DecodeOpenRow(ByteView bytes, CaptureNumber number) {
  if (bytes.size() < Digest::kSize) return Damaged(number, "its row is cut short");
  const ByteView content = bytes.substr(0, bytes.size() - Digest::kSize);
  if (Sha256(content).View() != bytes.substr(content.size()))
    return Damaged(number, "its row does not match the row's digest");
  Decoder in(content);
  if (in.U8() != kOpen) return Damaged(number, "its row has an unknown version");
  Bytes leaf = in.Str();
  const ByteView texts = in.View();
  RETURN_IF_ERROR(in.Finish("a row of the log"));
  return ParseTexts(texts, std::move(leaf), number);
}

}  // namespace nightjar::captures
