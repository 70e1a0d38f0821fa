// SPDX-License-Identifier: Apache-2.0
// The only writer of the index: a folder with the shards (shard.h), each a Xapian database, and the columns
// (columns/), which hold the cursor.
//
// Commit() makes the shards durable first, all at once, then the columns with the cursor. After a kill in
// between, the next Open() drops the documents that the columns do not know, so that the index holds exactly
// the captures below its cursor.
//
// A full disk or any other database error kills the handle: every later call fails, the last commit stays
// good on disk. Drop the writer, make room, open another one, and go on from its cursor.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "indexer/observation.h"

namespace nightjar::indexer {

inline constexpr unsigned kDefaultShards = 2;
inline constexpr unsigned kMostShards = 64;

// One thread, the same from the first Add() to Commit().
class IndexWriter final {
 public:
  // Makes the index if there is none, with so many shards; one that is there keeps its number of them.
  // kUnavailable: somebody else writes it. kRefused: other schema version.
  [[nodiscard]] static Result<std::unique_ptr<IndexWriter>> Open(const std::string& folder,
                                                                 unsigned shards = kDefaultShards);
  ~IndexWriter();

  // The committed cursor: captures below it are searchable.
  [[nodiscard]] std::uint64_t cursor() const;
  // Numbers given out so far, to documents that are gone as well.
  [[nodiscard]] std::uint64_t Documents() const;

  // Marks which of the page's lines its site repeats: in `repeated`, and as furniture of its facts. True
  // where that changed the facts. Learns from the page first, unless it is below the cursor and so was
  // learned from before. Call once for each capture, in capture order, before Add().
  [[nodiscard]] bool MarkRepeated(Observation& observation);

  // A new document for a version not seen before, else one small update. Repeats change nothing.
  //
  // What is known of a site grows, so a page may have been indexed with its menu and be seen again without.
  // With `earlier`, the facts of earlier captures, the URL's newest version is looked at in the light of what
  // is known now: where both captures then say the same they are one version, and its document is made anew.
  // So the first pages of a site lose its menu when they are seen again.
  using EarlierFacts = std::function<Result<wire::Facts>(CaptureNumber)>;
  [[nodiscard]] Status Add(Observation observation, const EarlierFacts& earlier = {});

  // The erasures of the archive that were carried out here: so many, in the order of their leaves.
  [[nodiscard]] std::uint64_t forgotten() const;
  void SetForgotten(std::uint64_t erasures);  // durable with the next Commit()

  // Documents lose the captures that are `gone`, and go where none is left, with their words in the spelling
  // dictionary; what was learned of their sites goes as well. `ended`: when a capture was made, asked for
  // those that stay. Returns how many documents changed. Reads all rows. Old blocks keep what was deleted
  // until the index is compacted.
  [[nodiscard]] Result<std::uint64_t> Forget(const std::function<bool(CaptureNumber)>& gone,
                                             const std::function<Result<UtcTime>(CaptureNumber)>& ended);

  // Everything added so far, and the cursor, become durable. kFull, kIo: nothing of it did.
  [[nodiscard]] Status Commit(std::uint64_t cursor);

 private:
  struct State;
  explicit IndexWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::indexer
