// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "archive/captures/archive.h"
#include "archive/captures/body_store.h"
#include "archive/captures/capture_row.h"
#include "archive/captures/erase.h"
#include "archive/captures/log_keys.h"
#include "archive/captures/log_leaf.h"
#include "archive/captures/stored_nodes.h"
#include "archive/captures/tables.h"
#include "archive/evidence/leaf.h"

namespace nightjar::captures {
namespace {

tl::unexpected<Error> Damaged(CaptureNumber number, std::string text) {
  return Fail(Code::kCorrupt, std::move(text), "capture " + std::to_string(number.value));
}

// Whoever replaces a row by an erased one must also have the log say so.
Status CheckErased(const store::ReadTxn& txn, CaptureNumber number, CaptureNumber erased_by) {
  const auto erasure = ReadErasure(txn, erased_by);
  if (erasure && erasure->erased.Contains(number.value)) return {};
  return Damaged(number, "is gone, and leaf " + std::to_string(erased_by.value) +
                             (erasure ? " does not say that it was erased"
                                      : ", which should say why: " + erasure.error().text));
}

// The row of a capture: its seal, the record's commitment and the leaf's place in the tree all checked.
Result<OpenedRow> LoadRow(const store::ReadTxn& txn, Vault& vault, CaptureNumber number) {
  ASSIGN_OR_RETURN(const auto bytes, txn.Get(kCaptures, BigEndianKey(number.value)));
  if (!bytes)
    return Fail(Code::kNotFound, "there is no capture of this number", std::to_string(number.value));
  ASSIGN_OR_RETURN(auto opened, DecodeRow(txn, vault, *bytes, number));
  ASSIGN_OR_RETURN(const Digest hash, StoredNodes(txn).Get({0, number.value}));
  if (evidence::LeafHash(opened.row.leaf) != hash)
    return Damaged(number, "its leaf is not the one in the tree");
  if (opened.erased_by) RETURN_IF_ERROR(CheckErased(txn, number, *opened.erased_by));
  return opened;
}

// The record of a row. A rejection may hold anything, so there it is read as far as it goes.
Result<Record> RecordOf(const StoredRow& row) {
  auto record = ParseRecord(row.record);
  return !record && !row.rejected.empty() ? Record{} : std::move(record);
}

Result<Bytes> BodyOf(const store::ReadTxn& txn, Vault& vault, const keyring::Scope& scope,
                     const Record& record, CaptureNumber number) {
  const std::uint64_t size = record.response_size - record.head_size;  // Append() has seen that they agree
  if (size == 0) return Bytes();
  ASSIGN_OR_RETURN(const auto place, FindBody(txn, scope, record.body_sha256));
  if (!place) return Damaged(number, "its body is missing from the archive");
  auto body = LoadBody(txn, vault, scope, *place, size);
  if (!body) return Damaged(number, "its body: " + body.error().text);
  return body;
}

std::string RestrictedText(CaptureNumber by) {
  return "is restricted: it was due for erasure but is held as evidence (leaf " + std::to_string(by.value) +
         ")";
}

Reader::Stats StatsOf(const Totals& totals) {
  return {.captures = totals.captures,
          .distinct_bodies = totals.bodies,
          .body_bytes = totals.body_bytes,
          .stored_bytes = totals.stored_bytes};
}

Status CheckInside(const store::ReadTxn& txn, std::uint64_t tree_size) {
  ASSIGN_OR_RETURN(const std::uint64_t size, txn.Count(kCaptures));
  if (tree_size <= size) return {};
  return Fail(Code::kInvalidInput, "the tree has only " + std::to_string(size) + " leaves");
}

}  // namespace

struct Reader::State {
  std::shared_ptr<store::Env> env;
  std::unique_ptr<Vault> vault;
};

Reader::Reader(std::unique_ptr<State> state) : state_(std::move(state)) {}
Reader::~Reader() = default;

Result<std::unique_ptr<Reader>> Reader::Open(const ArchivePaths& paths) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open(StoreOptions(paths, true)));
  ASSIGN_OR_RETURN(const auto txn, env->Read());
  RETURN_IF_ERROR(CheckFormat(txn));
  ASSIGN_OR_RETURN(
      auto keys, keyring::KeyRing::Open(KeyringFolder(paths), keyring::KeyRing::Mode::kRead, SystemRandom()));
  auto vault = std::make_unique<Vault>(std::move(keys), SystemRandom());
  return std::unique_ptr<Reader>(new Reader(std::make_unique<State>(State{env, std::move(vault)})));
}

Result<std::uint64_t> Reader::Size() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  return txn.Count(kCaptures);
}

Result<StoredCapture> Reader::Get(CaptureNumber number, Restricted restricted) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto opened, LoadRow(txn, *state_->vault, number));
  if (opened.restricted_by && restricted == Restricted::kHide)
    return Fail(Code::kRefused, RestrictedText(*opened.restricted_by),
                "capture " + std::to_string(number.value));
  StoredRow& row = opened.row;
  StoredCapture capture;
  capture.number = number;
  capture.erased_by = opened.erased_by;
  capture.restricted_by = opened.restricted_by;
  ASSIGN_OR_RETURN(capture.record, RecordOf(row));
  capture.leaf = std::move(row.leaf);
  capture.salt = row.salt;
  capture.record_text = std::move(row.record);
  capture.signature = std::move(row.signature);
  capture.rejected = std::move(row.rejected);
  if (!capture.rejected.empty()) return capture;
  capture.request = std::move(row.request);
  capture.head = std::move(row.head);
  ASSIGN_OR_RETURN(capture.body, BodyOf(txn, *state_->vault, *opened.scope, capture.record, number));
  const auto checked = CheckBytes(capture.record, capture.request, capture.head, capture.body);
  if (!checked) return Damaged(number, checked.error().text);
  return capture;
}

Result<CaptureRow> Reader::GetRow(CaptureNumber number, Restricted restricted) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto opened, LoadRow(txn, *state_->vault, number));
  if (opened.restricted_by && restricted == Restricted::kHide)
    return CaptureRow{number, {}, RestrictedText(*opened.restricted_by), {}, opened.restricted_by};
  ASSIGN_OR_RETURN(auto record, RecordOf(opened.row));
  return CaptureRow{number, std::move(record), std::move(opened.row.rejected), opened.erased_by,
                    opened.restricted_by};
}

Result<std::vector<std::pair<CaptureNumber, evidence::Erasure>>> Reader::Erasures() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto leaves, LogLeaves(txn, kMetaErasures));
  std::vector<std::pair<CaptureNumber, evidence::Erasure>> erasures;
  for (const CaptureNumber leaf : leaves) {
    ASSIGN_OR_RETURN(auto erasure, ReadErasure(txn, leaf));
    erasures.emplace_back(leaf, std::move(erasure));
  }
  return erasures;
}

Result<std::optional<evidence::Erasure>> Reader::ErasureAt(CaptureNumber leaf) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto leaves, LogLeaves(txn, kMetaErasures));
  if (!std::ranges::binary_search(leaves, leaf)) return std::nullopt;
  ASSIGN_OR_RETURN(auto erasure, ReadErasure(txn, leaf));
  return erasure;
}

Result<evidence::NoteKey> Reader::LogNoteKey() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto vkey, Require(txn, kMeta, kMetaLogKey, "the key of its log"));
  return evidence::ParseVkey(vkey);
}

Result<VerifyKey> Reader::LogKey() const {
  ASSIGN_OR_RETURN(const auto key, LogNoteKey());
  return key.key;
}

Result<VerifyKey> Reader::FetcherKey(const std::string& key_id) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto bytes, txn.Get(kFetchers, key_id));
  if (!bytes) return Fail(Code::kNotFound, "no stored capture was signed by this fetcher key", key_id);
  ASSIGN_OR_RETURN(const auto key, VerifyKey::FromBytes(*bytes));
  if (KeyId(key) != key_id) return Fail(Code::kCorrupt, "the stored fetcher key is another one", key_id);
  return key;
}

Result<evidence::SignedCheckpoint> Reader::LatestCheckpoint() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto keys, ReadKeyChain(txn));
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kCheckpoints));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  if (!last) return Fail(Code::kNotFound, "no checkpoint has been signed yet");
  return evidence::VerifyNote(last->value, keys);
}

Result<evidence::KeyChain> Reader::LogKeys() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  return ReadKeyChain(txn);
}

Result<Bytes> Reader::TileContent(const evidence::Tile& tile) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  return evidence::TileContent(tile, StoredNodes(txn));
}

Result<Bytes> Reader::Leaf(std::uint64_t index) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto opened, LoadRow(txn, *state_->vault, CaptureNumber{index}));
  return std::move(opened.row.leaf);
}

Result<evidence::InclusionProof> Reader::Prove(CaptureNumber number, std::uint64_t tree_size) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  RETURN_IF_ERROR(CheckInside(txn, tree_size));
  const StoredNodes nodes(txn);
  ASSIGN_OR_RETURN(auto proof, evidence::ProveInclusion(number.value, tree_size, nodes));
  ASSIGN_OR_RETURN(const Digest root, evidence::RootAt(tree_size, nodes));
  ASSIGN_OR_RETURN(const Digest leaf_hash, nodes.Get({0, number.value}));
  RETURN_IF_ERROR(evidence::VerifyInclusion(proof, leaf_hash, root));
  return proof;
}

Result<std::vector<Digest>> Reader::ProveConsistency(std::uint64_t old_size, std::uint64_t new_size) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  RETURN_IF_ERROR(CheckInside(txn, new_size));
  const StoredNodes nodes(txn);
  ASSIGN_OR_RETURN(auto hashes, evidence::ProveConsistency(old_size, new_size, nodes));
  ASSIGN_OR_RETURN(const Digest old_root, evidence::RootAt(old_size, nodes));
  ASSIGN_OR_RETURN(const Digest new_root, evidence::RootAt(new_size, nodes));
  RETURN_IF_ERROR(evidence::VerifyConsistency(old_size, new_size, hashes, old_root, new_root));
  return hashes;
}

Result<Reader::Stats> Reader::ReadStats() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto totals, ReadTotals(txn));
  Stats stats = StatsOf(totals);
  ASSIGN_OR_RETURN(stats.captures, txn.Count(kCaptures));  // leaves of the log itself too
  return stats;
}

Result<std::vector<Reader::Day>> Reader::Growth(std::size_t most_days) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kGrowth));
  std::vector<Day> days;
  ASSIGN_OR_RETURN(auto entry, cursor.Last());
  while (entry && days.size() < most_days) {
    const std::chrono::days since_epoch(FromBigEndianKey(entry->key));
    ASSIGN_OR_RETURN(const Totals added, DecodeTotals(entry->value));
    days.push_back({UtcTime(since_epoch), StatsOf(added)});
    ASSIGN_OR_RETURN(entry, cursor.Previous());
  }
  std::ranges::reverse(days);
  return days;
}

}  // namespace nightjar::captures
