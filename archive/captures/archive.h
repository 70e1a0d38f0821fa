// SPDX-License-Identifier: Apache-2.0
// The archive: the only place of record. One writer (the crawl role), any number of readers in any process.
//
// Life of a capture: Append() re-hashes the exchange, checks the fetcher's signature, and in ONE LMDB write
// transaction (default sync) stores the body once for its case and host, the record with signature and salt,
// both packed and sealed (archive/keyring), the leaf and the new tree nodes. Once Append() has returned,
// neither kill -9 nor a power cut loses it. Capture number N is leaf N.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "archive/captures/record.h"
#include "archive/evidence/checkpoint.h"
#include "archive/evidence/erasure.h"
#include "archive/evidence/proof.h"
#include "archive/evidence/rotation.h"
#include "archive/evidence/tiles.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/signature.h"

namespace nightjar::captures {

// Where things lie under the data folder: <data>/archive (LMDB and checkpoints.log), <data>/keys.
struct ArchivePaths {
  std::string folder;
  std::uint64_t map_size =
      1ULL << 40;  // LMDB's address space: sparse, so large costs nothing (hostile.md 4.1)
  // The second place of checkpoints; <folder>/checkpoints.log when empty. On another disk it also betrays a
  // roll-back of the whole folder.
  std::string checkpoint_log = {};
  // The data keys; <folder>/keyring when empty. Without them nothing stored can be read.
  std::string keyring = {};
};

// Single writer; not thread-safe: one thread owns it. A second process that opens a Writer gets kUnavailable.
class Writer final {
 public:
  struct Options {
    ArchivePaths paths;
    std::string origin;  // checkpoint origin and name of the log key, e.g. "unit.example/nightjar/2026a"
    SigningKey log_key;
    std::vector<VerifyKey> fetchers;  // keys whose exchanges are accepted
    // Checkpoints of this log that others attested (archive/notary): a third place to remember.
    std::vector<evidence::Checkpoint> attested = {};
    const Clock* clock = nullptr;  // for the time in leaves; the machine's when null
    Random* random = nullptr;      // for salts; the kernel's when null
  };

  // Refuses to start (kCorrupt) when the tree is smaller than, or inconsistent with, the newest checkpoint in
  // either of its two places (LMDB, checkpoints.log) or with what others attested, or one place is behind the
  // other by more than a crash explains: a roll-back or a fork must be looked into by a person.
  // kInvalidInput: the origin is no key name, or the archive belongs to another log key. kUnavailable:
  // another process is the writer (it is named).
  [[nodiscard]] static Result<std::unique_ptr<Writer>> Open(Options options);
  ~Writer();

  // Stores all exchanges in one durable transaction and returns their numbers, in order. An exchange whose
  // record is already stored gets its old number (no second leaf). An exchange that fails CheckExchange, or
  // names a fetcher not in Options, becomes a rejection leaf: only its record as handed over (at most
  // kMaxRecordSize of it), signature and the reason are stored, and its number is returned like any other.
  // kFull: disk or map full, nothing of the batch was stored; try again when there is space. kIo: close and
  // reopen, then append again; what had been stored after all is found and not stored twice.
  [[nodiscard]] Result<std::vector<CaptureNumber>> Append(std::span<const Exchange> exchanges);

  // Signs a checkpoint of the present tree, stores it durably in both places, then returns it; readers see it
  // no earlier. No-op returning the newest one when the tree has not grown since. After an error call again:
  // a checkpoint that was stopped on its way is completed before another is signed.
  [[nodiscard]] Result<evidence::SignedCheckpoint> SignCheckpoint();

  // Replaces the log's key by a leaf that both keys sign (evidence/rotation.h), after a last checkpoint by
  // the old key and before a first one by the new, in one transaction: after a crash either key is in force,
  // never both or none. kInvalidInput for a name the log had before. The leaf is read like a rejection's.
  [[nodiscard]] Status Rotate(const std::string& new_origin, const SigningKey& new_key);

  // Erases captures of one case for good, and takes those that are held as evidence out of sight, as
  // `erasure` says (its time becomes now): evidence/erasure.h. Returns the number of the leaf that says so,
  // like any leaf not in a checkpoint before the next. All or nothing; when it returns, the keys of what was
  // erased are destroyed, after a crash when a writer is opened next. kInvalidInput names what cannot be
  // erased: of another case, erased already, no capture. kCorrupt: a capture that stays under the same key is
  // damaged.
  [[nodiscard]] Result<CaptureNumber> Erase(evidence::Erasure erasure);

  [[nodiscard]] std::uint64_t size() const;  // captures stored = leaves in the tree

 private:
  struct State;
  explicit Writer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// One capture read back. Every digest was checked on the way out. A rejection has no request, head and body,
// and a `record` only as far as its text could be read.
struct StoredCapture {
  CaptureNumber number;
  Bytes leaf;   // leaf bytes, see archive/evidence/leaf.h
  Digest salt;  // 32 random bytes that blind the commitment
  Bytes record_text;
  Record record;
  Bytes signature;
  Bytes request;
  Bytes head;
  Bytes body;
  std::string rejected;  // reason, for a rejection leaf; else empty
  // Erased by that leaf: there is nothing but `leaf`, and `rejected` says so too.
  std::optional<CaptureNumber> erased_by = {};
  std::optional<CaptureNumber> restricted_by = {};
};

// A summary row without bodies, for lists and followers that filter first.
struct CaptureRow {
  CaptureNumber number;
  Record record;
  std::string rejected;
  std::optional<CaptureNumber> erased_by = {};
  std::optional<CaptureNumber> restricted_by = {};
};

// Captures that were due for erasure but are held as evidence are out of sight of all but those who act on
// the hold.
enum class Restricted : std::uint8_t { kHide, kShow };

// Thread-safe; each call is its own short read transaction and sees the newest commit.
class Reader final {
 public:
  // kNotFound when no archive exists there yet.
  [[nodiscard]] static Result<std::unique_ptr<Reader>> Open(const ArchivePaths& paths);
  ~Reader();

  [[nodiscard]] Result<std::uint64_t> Size() const;
  // kNotFound, kCorrupt (which digest), kRefused: restricted, and not to be shown.
  [[nodiscard]] Result<StoredCapture> Get(CaptureNumber number,
                                          Restricted restricted = Restricted::kHide) const;
  // Of a hidden one only its number, and `rejected` says that it is restricted.
  [[nodiscard]] Result<CaptureRow> GetRow(CaptureNumber number,
                                          Restricted restricted = Restricted::kHide) const;

  // The newest stored checkpoint; kNotFound before the first.
  [[nodiscard]] Result<evidence::SignedCheckpoint> LatestCheckpoint() const;
  // The nodes of one tile of the tree, and the leaf at an index, as static files want them
  // (evidence/tiles.h).
  [[nodiscard]] Result<Bytes> TileContent(const evidence::Tile& tile) const;
  [[nodiscard]] Result<Bytes> Leaf(std::uint64_t index) const;
  // Proof of inclusion of a capture's leaf in the tree of `tree_size` leaves, verified before it is returned:
  // kCorrupt when stored nodes do not fit together, kInvalidInput when the number or size lies outside.
  [[nodiscard]] Result<evidence::InclusionProof> Prove(CaptureNumber number, std::uint64_t tree_size) const;
  [[nodiscard]] Result<std::vector<Digest>> ProveConsistency(std::uint64_t old_size,
                                                             std::uint64_t new_size) const;

  // All erasures there were, oldest first, with their leaves.
  [[nodiscard]] Result<std::vector<std::pair<CaptureNumber, evidence::Erasure>>> Erasures() const;
  // The erasure that this leaf is; nothing where it is another leaf.
  [[nodiscard]] Result<std::optional<evidence::Erasure>> ErasureAt(CaptureNumber leaf) const;

  // The fetcher's public key that signed a record, by its KeyId: kept in the archive from first use.
  [[nodiscard]] Result<VerifyKey> FetcherKey(const std::string& key_id) const;
  [[nodiscard]] Result<VerifyKey> LogKey() const;
  [[nodiscard]] Result<evidence::KeyChain> LogKeys() const;    // all the log ever had, rotations verified
  [[nodiscard]] Result<evidence::NoteKey> LogNoteKey() const;  // with its name, the log's origin

  struct Stats {
    std::uint64_t captures = 0;         // rejections too
    std::uint64_t distinct_bodies = 0;  // not counting the empty one
    std::uint64_t body_bytes = 0;       // raw, distinct
    std::uint64_t stored_bytes = 0;     // packed and sealed
  };
  [[nodiscard]] Result<Stats> ReadStats() const;

  // What was added in each of the last days in which anything was, oldest first.
  struct Day {
    UtcTime begin;
    Stats added;
  };
  [[nodiscard]] Result<std::vector<Day>> Growth(std::size_t most_days) const;

 private:
  struct State;
  explicit Reader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::captures
