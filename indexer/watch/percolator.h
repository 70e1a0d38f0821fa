// SPDX-License-Identifier: Apache-2.0
// Asks every saved search of what has become searchable, and raises the alerts. (Percolation: the questions
// are stored and the documents come by.)
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "indexer/query/query.h"
#include "indexer/watch/watch_store.h"

namespace nightjar::watch {

// What happened to an item with one capture, from the log of changes (items::Event).
struct ItemEvent {
  std::uint64_t number = 0;  // in the log, from 0, dense
  CaptureNumber capture{};
  std::string item{};  // hex id
  std::string case_id{};
  std::string url{};
  std::string title{};
  UtcTime when{};
  std::vector<std::string> changes{};  // as items::ChangeKindName says; not "first-seen"
  bool gone = false;
};
// Events from number `first` on, at most `most`, in the order of captures. Those of captures that are
// searchable must be there. Given by whoever keeps the items; none: every version is simply new.
using EventsFrom = std::function<Result<std::vector<ItemEvent>>(std::uint64_t first, std::size_t most)>;

// One thread. All that it uses is lent and outlives it.
class Percolator final {
 public:
  struct Options {
    WatchStore* store = nullptr;
    const query::Searcher* searcher = nullptr;  // its hidden hosts raise nothing
    EventsFrom events = {};
    const Clock* clock = nullptr;
  };
  explicit Percolator(Options options) : options_(std::move(options)) {}

  // Captures below `searchable` are in the index: looks at those from the store's cursor on, piece by piece,
  // each piece one transaction. A query that can no longer be read is logged and passed over; any other error
  // ends it, and the next call goes on from there. Stops between pieces.
  [[nodiscard]] Status CatchUp(std::uint64_t searchable, const std::stop_token& stop);

 private:
  struct Piece;
  [[nodiscard]] Result<std::vector<ItemEvent>> EventsBelow(std::uint64_t end, Progress& cursor) const;
  [[nodiscard]] Alert AlertOf(const SavedSearch& search, const query::Hit& hit, std::string key) const;
  [[nodiscard]] Status AskOne(const SavedSearch& search, Piece& piece) const;
  [[nodiscard]] Status AskAgain(const SavedSearch& search, const ItemEvent& event, Piece& piece) const;
  [[nodiscard]] Status AskGone(const SavedSearch& search, Piece& piece) const;

  const Options options_;
};

}  // namespace nightjar::watch
