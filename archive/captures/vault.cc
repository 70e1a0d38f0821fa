// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/vault.h"

namespace nightjar::captures {
namespace {

constexpr std::size_t kMostLoaded = 64;  // dictionaries in memory, about 300 KB each

Bytes KeyOf(keyring::ScopeNumber scope, Kind kind, std::uint32_t version) {
  return BigEndian32(scope.value) + static_cast<char>(kind) + BigEndian32(version);
}

Bytes PlaceOf(ByteView key) { return "dictionary " + Bytes(key); }

}  // namespace

Result<Vault::DictionaryPtr> Vault::DictionaryOf(const store::ReadTxn& txn, const keyring::Scope& scope,
                                                 Kind kind, std::uint32_t version) {
  if (version == 0) return nullptr;
  const Bytes key = KeyOf(scope.number, kind, version);
  const std::scoped_lock lock(mutex_);
  if (const auto loaded = dictionaries_.find(key); loaded != dictionaries_.end()) return loaded->second;
  ASSIGN_OR_RETURN(const auto sealed, Require(txn, kDictionaries, key, "a dictionary of its captures"));
  ASSIGN_OR_RETURN(const Bytes bytes, scope.key.Open(sealed, PlaceOf(key)));
  ASSIGN_OR_RETURN(DictionaryPtr dictionary, store::Dictionary::Load(bytes));
  if (dictionaries_.size() >= kMostLoaded) dictionaries_.clear();  // rather rarely than cleverly
  dictionaries_.emplace(key, dictionary);
  return dictionary;
}

Result<Bytes> Vault::Seal(const store::ReadTxn& txn, const OpenScope& scope, Kind kind, ByteView plain,
                          ByteView place) {
  const std::uint32_t version = kind == Kind::kBody ? scope.row.body_dictionary : scope.row.text_dictionary;
  ASSIGN_OR_RETURN(const auto dictionary, DictionaryOf(txn, scope.scope, kind, version));
  const Bytes packed = Encoder().U32(version).Take() + compressor_.Pack(plain, dictionary.get());
  return scope.scope.key.Seal(packed, place, random_);
}

Result<Bytes> Vault::Open(const store::ReadTxn& txn, const keyring::Scope& scope, Kind kind, ByteView sealed,
                          ByteView place, std::size_t max_bytes) {
  ASSIGN_OR_RETURN(const Bytes packed, scope.key.Open(sealed, place));
  Decoder in(packed);
  const std::uint32_t version = in.U32();
  if (!in.ok()) return Fail(Code::kCorrupt, "a sealed value is cut short");
  ASSIGN_OR_RETURN(const auto dictionary, DictionaryOf(txn, scope, kind, version));
  return store::Unpack(ByteView(packed).substr(sizeof version), max_bytes, dictionary.get());
}

Status Vault::PutDictionary(store::WriteTxn& txn, const keyring::Scope& scope, Kind kind,
                            std::uint32_t version, ByteView bytes) {
  const Bytes key = KeyOf(scope.number, kind, version);
  return txn.Put(kDictionaries, key, scope.key.Seal(bytes, PlaceOf(key), random_));
}

void Vault::Forget() {
  const std::scoped_lock lock(mutex_);
  dictionaries_.clear();
}

}  // namespace nightjar::captures
