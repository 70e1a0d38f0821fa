// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/capture_row.h"

#include "archive/evidence/leaf.h"
#include "base/codec.h"

namespace nightjar::captures {
namespace {

constexpr std::uint8_t kSealed = 2;
constexpr std::uint8_t kOpen = 3;
constexpr std::uint8_t kErased = 4;
constexpr std::uint8_t kRestricted = 5;       // sealed too
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

// What lies open in a sealed row.
struct Opening {
  CaptureNumber number;
  keyring::ScopeNumber scope;
  Bytes leaf;
  std::optional<CaptureNumber> restricted_by;
};

// All of it is bound: none can be changed without the row refusing to open.
Bytes PlaceOf(const Opening& open) {
  Encoder place;
  place.Str("capture").U64(open.number.value).U32(open.scope.value).Str(open.leaf);
  if (open.restricted_by) place.Str("restricted").U64(open.restricted_by->value);
  return place.Take();
}

// LMDB 0.9 has no checksums of its own.
Bytes WithDigest(Bytes bytes) {
  bytes.append(Sha256(bytes).View());
  return bytes;
}

Result<ByteView> WithoutDigest(ByteView bytes, CaptureNumber number) {
  if (bytes.size() < Digest::kSize) return Damaged(number, "its row is cut short");
  const ByteView content = bytes.substr(0, bytes.size() - Digest::kSize);
  if (Sha256(content).View() == bytes.substr(content.size())) return content;
  return Damaged(number, "its row does not match the row's digest");
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

Result<OpenedRow> DecodeErasedRow(ByteView bytes, CaptureNumber number) {
  ASSIGN_OR_RETURN(const ByteView content, WithoutDigest(bytes, number));
  Decoder in(content);
  in.U8();
  OpenedRow opened;
  opened.erased_by = CaptureNumber{in.U64()};
  opened.row.leaf = in.Str();
  opened.row.rejected = "erased: leaf " + std::to_string(opened.erased_by->value) + " says why";
  RETURN_IF_ERROR(in.Finish("the row of an erased capture"));
  const auto leaf = evidence::ParseLeaf(opened.row.leaf);
  if (!leaf) return Damaged(number, "its stored leaf " + leaf.error().text);
  return opened;
}

Result<OpenedRow> DecodeSealedRow(const store::ReadTxn& txn, Vault& vault, ByteView bytes,
                                  CaptureNumber number) {
  Decoder outer(bytes);
  const bool restricted = outer.U8() == kRestricted;
  Opening open{.number = number, .scope = {outer.U32()}, .leaf = {}, .restricted_by = {}};
  if (restricted) open.restricted_by = CaptureNumber{outer.U64()};
  open.leaf = outer.Str();
  const ByteView sealed = outer.View();
  if (const Status whole = outer.Finish("its row"); !whole) return Damaged(number, whole.error().text);
  auto scope = vault.keys().Find(open.scope);
  if (!scope) return Damaged(number, scope.error().Format());
  auto plain = vault.Open(txn, *scope, Kind::kText, sealed, PlaceOf(open), kMaxTexts);
  if (!plain) return Damaged(number, "its row: " + plain.error().text);
  ASSIGN_OR_RETURN(StoredRow row, ParseTexts(*plain, std::move(open.leaf), number));
  return OpenedRow{std::move(*scope), std::move(row), std::nullopt, open.restricted_by};
}

}  // namespace

Result<Bytes> EncodeRow(const store::ReadTxn& txn, Vault& vault, const OpenScope& scope, const StoredRow& row,
                        CaptureNumber number, std::optional<CaptureNumber> restricted_by) {
  const Opening open{number, scope.scope.number, row.leaf, restricted_by};
  ASSIGN_OR_RETURN(const Bytes sealed, vault.Seal(txn, scope, Kind::kText, TextsOf(row), PlaceOf(open)));
  Encoder bytes;
  bytes.U8(restricted_by ? kRestricted : kSealed).U32(open.scope.value);
  if (restricted_by) bytes.U64(restricted_by->value);
  return bytes.Str(row.leaf).Str(sealed).Take();
}

Bytes EncodeErasedRow(ByteView leaf, CaptureNumber erased_by) {
  return WithDigest(Encoder().U8(kErased).U64(erased_by.value).Str(leaf).Take());
}

Result<OpenedRow> DecodeRow(const store::ReadTxn& txn, Vault& vault, ByteView bytes, CaptureNumber number) {
  switch (bytes.empty() ? 0 : bytes[0]) {
    case kSealed:
    case kRestricted:
      return DecodeSealedRow(txn, vault, bytes, number);
    case kErased:
      return DecodeErasedRow(bytes, number);
    case kOpen: {
      ASSIGN_OR_RETURN(StoredRow row, DecodeOpenRow(bytes, number));
      return OpenedRow{std::nullopt, std::move(row)};
    }
    default:
      return Damaged(number, "its row has an unknown version");
  }
}

Result<Bytes> LeafOfRow(ByteView bytes, CaptureNumber number) {
  Decoder in(bytes);
  const std::uint8_t version = in.U8();
  if (version == kSealed || version == kRestricted) in.U32();
  if (version == kRestricted || version == kErased) in.U64();
  Bytes leaf = in.Str();
  const auto parsed = evidence::ParseLeaf(leaf);
  if (!in.ok() || !parsed) return Damaged(number, "its leaf cannot be read");
  return leaf;
}

std::optional<keyring::ScopeNumber> ScopeOfRow(ByteView bytes) {
  Decoder in(bytes);
  const std::uint8_t version = in.U8();
  const keyring::ScopeNumber scope{in.U32()};
  if (!in.ok() || (version != kSealed && version != kRestricted)) return std::nullopt;
  return scope;
}

Bytes EncodeOpenRow(const StoredRow& row) {
  return WithDigest(Encoder().U8(kOpen).Str(row.leaf).Str(TextsOf(row)).Take());
}

Result<StoredRow> DecodeOpenRow(ByteView bytes, CaptureNumber number) {
  ASSIGN_OR_RETURN(const ByteView content, WithoutDigest(bytes, number));
  Decoder in(content);
  if (in.U8() != kOpen) return Damaged(number, "its row has an unknown version");
  Bytes leaf = in.Str();
  const ByteView texts = in.View();
  RETURN_IF_ERROR(in.Finish("a row of the log"));
  return ParseTexts(texts, std::move(leaf), number);
}

}  // namespace nightjar::captures
