// SPDX-License-Identifier: Apache-2.0
// custody.jsonl: who did what with the exhibits, as far as the system itself records it. One JSON object a
// line, all with the same keys in the same order, so that it loads as a table; what does not apply is "" or
// 0.
//
// What an entry is called follows the logs that Directive (EU) 2016/680, Article 25, asks for: collection,
// alteration, consultation, disclosure, combination, erasure; each with time, person and justification.
//
// `source` says where an entry was taken from, and so how far it can be believed:
//   records      from the signed records in the bundle: verifiers make these lines again and compare
//   log          from the rotations of the log's key in the bundle, then from erasures of this case: likewise
//   exports      from the control store's list of earlier exports: the exporter's words, but for the tree
//   that
//                consistency is proved from
//   this-export  from selection.json and the checkpoint: likewise made again
// Entries stand in this order of sources, within one by capture, leaf or time. The log of who consulted what
// (the search service's) becomes a source of its own, before "this-export".
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "archive/bundle/selection.h"
#include "archive/captures/record.h"
#include "archive/cases/exports.h"
#include "archive/evidence/checkpoint.h"
#include "archive/evidence/erasure.h"
#include "archive/evidence/rotation.h"

namespace nightjar::bundle {

struct CustodyEntry {
  std::string source;
  std::string operation;  // "collection", "key-rotation", "erasure", "disclosure"
  std::string at;      // UTC as records write it; of a collection the beginning of its first capture, but of
                       // an import "", for only the foreign file says it; the file's own entry has our time
  std::string until;   // of a collection: the end of its last capture; likewise
  std::string by;      // a person, or a program's key
  std::string reason;  // of a collection: its legal basis
  std::string job;
  std::uint64_t captures = 0;
  std::string numbers;          // "<lowest>-<highest>" of those captures; of an erasure, exactly which
  std::uint64_t tree_size = 0;  // of a disclosure: the checkpoint that it proves against
  std::string root;             // ... and its root in hex
  std::string sha256;           // ... and of the file handed out; unknown of this one
  std::string detail;
  friend bool operator==(const CustodyEntry&, const CustodyEntry&) = default;
};

// A record of a URL that was left out by rule, nothing being sent (crawler/refusal.h): not an import's record
// of a file, which has the same outcome.
[[nodiscard]] bool WasLeftOut(const captures::Record& record);

// Gathers the collections: one entry for each key, tool, job, legal basis and kind of capture.
class Collections final {
 public:
  void Add(CaptureNumber number, const captures::Record& record, bool rejected);
  [[nodiscard]] std::vector<CustodyEntry> Entries() const;  // by first capture

 private:
  struct Key {
    std::string by, reason, job, detail;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Span {
    std::uint64_t captures = 0;
    CaptureNumber first, last;
    UtcTime at, until;
    bool dated = true;  // those times are ours
  };
  std::map<Key, Span> spans_;
};

[[nodiscard]] CustodyEntry EntryOf(const evidence::RotationLeaf& step);
[[nodiscard]] CustodyEntry EntryOf(std::uint64_t leaf, const evidence::Erasure& erasure);
// `tree`: of the checkpoint that it led to.
[[nodiscard]] CustodyEntry EntryOf(const cases::ExportEntry& made, const evidence::Checkpoint& tree);
[[nodiscard]] CustodyEntry ThisExport(const Selection& selection, const evidence::Checkpoint& checkpoint);

[[nodiscard]] Bytes FormatCustody(std::span<const CustodyEntry> entries);
// Strict inverse, else kCorrupt.
[[nodiscard]] Result<std::vector<CustodyEntry>> ParseCustody(ByteView text);

// Compares what a bundle says with what can be made again: `records` and `log` are its own entries of these
// sources, `last` that of this export. `earlier`: the checkpoint that consistency is proved from, or null.
// kCorrupt in one sentence.
struct CustodyFacts {
  std::vector<CustodyEntry> first;  // records, then log
  CustodyEntry last;
  const evidence::Checkpoint* earlier = nullptr;
};
[[nodiscard]] Status CheckCustody(std::span<const CustodyEntry> entries, const CustodyFacts& facts);

}  // namespace nightjar::bundle
