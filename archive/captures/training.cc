// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/training.h"

#include <algorithm>

#include "archive/captures/capture_row.h"

namespace nightjar::captures {
namespace {

struct Samples {
  std::vector<Bytes> bodies;
  std::vector<Bytes> texts;
};

Status TakeSample(const store::ReadTxn& txn, Vault& vault, const keyring::Scope& scope, ByteView row,
                  Samples& samples) {
  ASSIGN_OR_RETURN(const BodyPlace place, DecodeBodyPlace(row));
  ASSIGN_OR_RETURN(Bytes body, LoadBody(txn, vault, scope, place, SIZE_MAX));
  samples.bodies.push_back(body.substr(0, kMostOfASample));
  ASSIGN_OR_RETURN(const auto capture, txn.Get(kCaptures, BigEndianKey(place.first.value)));
  if (!capture) return {};  // the capture that is being added
  ASSIGN_OR_RETURN(const OpenedRow opened, DecodeRow(txn, vault, *capture, place.first));
  samples.texts.push_back(opened.row.record + opened.row.request + opened.row.head);
  return {};
}

// The names are as good as random, so the first of them are a fair sample.
Result<Samples> TakeSamples(const store::ReadTxn& txn, Vault& vault, const keyring::Scope& scope) {
  const Bytes prefix = BigEndian32(scope.number.value);
  Samples samples;
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kBodyNames));
  ASSIGN_OR_RETURN(auto entry, cursor.Seek(prefix));
  while (entry && entry->key.starts_with(prefix) && samples.bodies.size() < kMostSamples) {
    RETURN_IF_ERROR(TakeSample(txn, vault, scope, entry->value, samples));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return samples;
}

Status Train(store::WriteTxn& txn, Vault& vault, const keyring::Scope& scope, Kind kind,
             const std::vector<Bytes>& samples, std::size_t most_bytes, std::uint32_t& version) {
  const Bytes dictionary = store::Dictionary::Train(samples, most_bytes);
  if (dictionary.empty()) return {};  // too little in common
  RETURN_IF_ERROR(vault.PutDictionary(txn, scope, kind, version + 1, dictionary));
  ++version;
  return {};
}

}  // namespace

Status TrainWhenDue(store::WriteTxn& txn, Vault& vault, OpenScope& scope) {
  if (std::ranges::find(kTrainAt, scope.row.bodies) == std::end(kTrainAt)) return {};
  ASSIGN_OR_RETURN(const Samples samples, TakeSamples(txn, vault, scope.scope));
  RETURN_IF_ERROR(Train(txn, vault, scope.scope, Kind::kBody, samples.bodies, kBodyDictionary,
                        scope.row.body_dictionary));
  return Train(txn, vault, scope.scope, Kind::kText, samples.texts, kTextDictionary,
               scope.row.text_dictionary);
}

}  // namespace nightjar::captures
