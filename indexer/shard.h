// SPDX-License-Identifier: Apache-2.0
// One Xapian database of the index and the thread that writes it. Making a document of a page (cutting words,
// stemming) is the work of its shard's thread, so that two shards use two processors.
//
// A document's number is its docid, given by who calls and unique over all shards. What was queued since the
// last Commit() becomes durable with the next, together; Xapian cancels the rest.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "indexer/columns/column.h"
#include "indexer/observation.h"

namespace nightjar::indexer {

// Calls from one thread; they queue work and return, waiting only where the queue is full.
class Shard final {
 public:
  // Makes the database if there is none and drops documents above `last`: a kill may have come between this
  // shard's commit and that of the index. kUnavailable: somebody else writes it.
  [[nodiscard]] static Result<std::unique_ptr<Shard>> Open(const std::string& folder, unsigned number,
                                                           columns::DocumentNumber last);
  ~Shard();  // lets the job under way end, drops the rest; nobody may wait for a Commit() then

  // Makes the document, or, `anew`, in place of one that is there. `labels`: terms it has beside those of the
  // observation.
  void Write(columns::DocumentNumber document, const std::string& version_id, Observation observation,
             std::vector<std::string> labels, bool anew);
  // More terms for a document that is there.
  void AddLabels(columns::DocumentNumber document, std::vector<std::string> labels);
  // Takes it away, with its title's words in the spelling dictionary.
  void Delete(columns::DocumentNumber document);

  // Done when all of it is durable. The first error of any job since the last commit: the shard is dead then.
  [[nodiscard]] std::future<Status> Commit();

 private:
  struct State;
  explicit Shard(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::indexer
