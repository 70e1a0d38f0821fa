// SPDX-License-Identifier: Apache-2.0
// Packed and sealed: how anything of a capture lies on the disk. What belongs to a scope (one host in one
// case, archive/keyring) is compressed with the scope's dictionary and sealed with the scope's key, bound to
// its place. For the files of this folder.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "archive/captures/tables.h"
#include "archive/keyring/keyring.h"
#include "archive/store/compression.h"

namespace nightjar::captures {

enum class Kind : std::uint8_t { kBody = 'b', kText = 't' };

// A scope as a batch or a reader uses it, with the dictionaries in force.
struct OpenScope {
  keyring::Scope scope;
  ScopeRow row;
};

// Thread-safe, but for Seal().
class Vault final {
 public:
  Vault(std::unique_ptr<keyring::KeyRing> keys, Random& random) : keys_(std::move(keys)), random_(random) {}

  [[nodiscard]] keyring::KeyRing& keys() { return *keys_; }
  [[nodiscard]] Random& random() { return random_; }

  // With the newest dictionary of its kind, if the scope has one. `place`: names table and key. One thread.
  [[nodiscard]] Result<Bytes> Seal(const store::ReadTxn& txn, const OpenScope& scope, Kind kind,
                                   ByteView plain, ByteView place);
  // kCorrupt: damaged, moved or of another key; or it would be longer than `max_bytes`.
  [[nodiscard]] Result<Bytes> Open(const store::ReadTxn& txn, const keyring::Scope& scope, Kind kind,
                                   ByteView sealed, ByteView place, std::size_t max_bytes);

  // Stores a dictionary as the scope's version `version`.
  [[nodiscard]] Status PutDictionary(store::WriteTxn& txn, const keyring::Scope& scope, Kind kind,
                                     std::uint32_t version, ByteView bytes);

  // Forgets all dictionaries: those of a transaction that failed are none.
  void Forget();

 private:
  using DictionaryPtr = std::shared_ptr<const store::Dictionary>;
  [[nodiscard]] Result<DictionaryPtr> DictionaryOf(const store::ReadTxn& txn, const keyring::Scope& scope,
                                                   Kind kind, std::uint32_t version);

  const std::unique_ptr<keyring::KeyRing> keys_;
  Random& random_;
  store::Compressor compressor_;
  std::mutex mutex_;                             // guards what follows
  std::map<Bytes, DictionaryPtr> dictionaries_;  // by key in kDictionaries; at most kMostLoaded
};

}  // namespace nightjar::captures
