// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/body_store.h"

namespace nightjar::captures {
namespace {

constexpr std::size_t kNameSize = 16;  // of a MAC: no two bodies of a scope will ever share one

Bytes PieceKey(std::uint64_t number, std::uint32_t piece) {
  return BigEndianKey(number) + BigEndian32(piece);
}

Bytes PlaceName(std::uint64_t number) { return "body " + std::to_string(number); }

}  // namespace

Bytes BodyName(const keyring::Scope& scope, const Digest& sha256) {
  const Digest mac = scope.key.Mac("nightjar body name" + Bytes(sha256.View()));
  return BigEndian32(scope.number.value) + Bytes(mac.View().substr(0, kNameSize));
}

Result<BodyPlace> DecodeBodyPlace(ByteView row) {
  Decoder in(row);
  BodyPlace place;
  place.number = in.U64();
  place.pieces = in.U32();
  place.first.value = in.U64();
  RETURN_IF_ERROR(in.Finish("where a body lies"));
  return place;
}

Result<std::optional<BodyPlace>> FindBody(const store::ReadTxn& txn, const keyring::Scope& scope,
                                          const Digest& sha256) {
  ASSIGN_OR_RETURN(const auto row, txn.Get(kBodyNames, BodyName(scope, sha256)));
  if (!row) return std::nullopt;
  ASSIGN_OR_RETURN(const BodyPlace place, DecodeBodyPlace(*row));
  return place;
}

Result<std::size_t> PutBody(store::WriteTxn& txn, Vault& vault, const OpenScope& scope, std::uint64_t number,
                            CaptureNumber first, ByteView body, const Digest& sha256) {
  ASSIGN_OR_RETURN(const Bytes sealed, vault.Seal(txn, scope, Kind::kBody, body, PlaceName(number)));
  const std::size_t piece = sealed.size() > kMostInPieces ? sealed.size() : kPiece;
  std::uint32_t pieces = 0;
  for (std::size_t at = 0; at < sealed.size(); at += piece)
    RETURN_IF_ERROR(txn.PutLast(kBodies, PieceKey(number, pieces++), ByteView(sealed).substr(at, piece)));
  const Bytes place = Encoder().U64(number).U32(pieces).U64(first.value).Take();
  RETURN_IF_ERROR(txn.Put(kBodyNames, BodyName(scope.scope, sha256), place));
  return sealed.size();
}

Result<Bytes> LoadBody(const store::ReadTxn& txn, Vault& vault, const keyring::Scope& scope,
                       const BodyPlace& place, std::size_t max_bytes) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kBodies));
  ASSIGN_OR_RETURN(auto entry, cursor.Seek(PieceKey(place.number, 0)));
  Bytes sealed;
  for (std::uint32_t piece = 0; piece < place.pieces; ++piece) {
    if (!entry || entry->key != PieceKey(place.number, piece))
      return Fail(Code::kCorrupt, "a piece of it is missing from the archive");
    sealed += entry->value;
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return vault.Open(txn, scope, Kind::kBody, sealed, PlaceName(place.number), max_bytes);
}

Result<DroppedBody> DropBody(store::WriteTxn& txn, Vault& vault, const keyring::Scope& scope,
                             const BodyPlace& place) {
  DroppedBody dropped;
  if (const auto body = LoadBody(txn, vault, scope, place, SIZE_MAX)) dropped.bytes = body->size();
  for (std::uint32_t piece = 0; piece < place.pieces; ++piece) {
    const Bytes key = PieceKey(place.number, piece);
    ASSIGN_OR_RETURN(const auto sealed, txn.Get(kBodies, key));
    if (sealed) dropped.stored += sealed->size();
    RETURN_IF_ERROR(txn.Delete(kBodies, key));
  }
  return dropped;
}

Result<std::uint64_t> NextBody(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kBodies));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  return last ? FromBigEndianKey(last->key.substr(0, sizeof(std::uint64_t))) + 1 : 0;
}

}  // namespace nightjar::captures
