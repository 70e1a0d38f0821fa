// SPDX-License-Identifier: Apache-2.0
// Follows the archive: captures in order -> facts stored -> documents added -> committed with the cursor.
//
//   archive.Size()  --numbers-->  ReadAhead (jail, parallel)  --in order-->  FactsStore.Put  -->  ItemKeeper
//                                                                                           -->  IndexWriter
//
// In between, and in order, each page teaches what its site repeats and is marked with what is known by then.
// Facts are durable before the documents made of them, and documents together with the cursor. So a kill
// between any two steps costs at most repeated work: the next start finds the facts, and adding a document
// twice changes nothing.
#pragma once

#include <chrono>
#include <stop_token>

#include "archive/masks/masks.h"
#include "base/clock.h"
#include "indexer/index_writer.h"
#include "indexer/item_keeper.h"
#include "indexer/own_words.h"
#include "indexer/read_ahead.h"

namespace nightjar::indexer {

// Everything it uses is lent and outlives it. One thread calls Run().
class Follower final {
 public:
  struct Options {
    const captures::Reader* archive = nullptr;
    facts::FactsStore* facts = nullptr;
    IndexWriter* index = nullptr;
    ItemKeeper* items = nullptr;         // none: pages stand for themselves
    masks::MaskFinder* masks = nullptr;  // none: nothing is hidden
    const OwnWords* words = nullptr;     // none: pages get no more than their own
    const Clock* clock = nullptr;
    ReadInJail read = {};
    std::string reader = {};  // see ReadAhead
    unsigned threads = 1;
    bool reread = false;
    bool until_caught_up = false;
    std::chrono::milliseconds commit_interval{1000};
    std::uint32_t commit_documents = 1000;
    query::HostRule leave_out = {};   // hosts of which nothing is indexed
    std::function<bool()> hold = {};  // nothing more is read while it says so
    // Told at the start and after each commit: captures below are searchable. Must not block.
    std::function<void(std::uint64_t)> searchable = {};
  };
  explicit Follower(Options options);

  // Ends with OK when stopped (what was done is committed) or, with until_caught_up, when all captures of the
  // archive are searchable; with the error of a store or of the jail otherwise.
  [[nodiscard]] Status Run(const std::stop_token& stop);

 private:
  [[nodiscard]] Status Start();
  [[nodiscard]] Status AskForMore();
  [[nodiscard]] Status Store(std::vector<Reading> readings);
  [[nodiscard]] Status Commit();
  [[nodiscard]] bool CommitIsDue() const;

  const Options options_;
  ReadAhead ahead_;
  std::uint64_t size_ = 0;         // of the archive, when last looked at
  std::uint64_t asked_ = 0;        // captures below were asked for
  std::uint64_t added_ = 0;        // captures below are in the writer
  std::uint64_t committed_ = 0;    // captures below are in the index
  std::uint64_t uncommitted_ = 0;  // readings added since the last commit
  MonoTime last_commit_{};
};

}  // namespace nightjar::indexer
