// SPDX-License-Identifier: Apache-2.0
// One batch of exchanges on its way into the archive. For the files of this folder.
#pragma once

#include <map>
#include <string>

#include "archive/captures/body_store.h"
#include "archive/captures/capture_row.h"
#include "archive/evidence/tree.h"

namespace nightjar::captures {

// What a batch needs of its writer; all of it outlives the batch.
struct BatchContext {
  const std::map<std::string, VerifyKey>& fetchers;  // by key id
  const Clock& clock;
  Vault& vault;
  keyring::ScopeNumber least_scope;  // numbers below were given before
};

// Adds to a write transaction it does not own; Finish() comes last. frontier() and totals() are those of the
// archive once that transaction is committed; until then the writer keeps its own.
class Batch final {
 public:
  Batch(const BatchContext& context, store::WriteTxn& txn, evidence::Frontier frontier, Totals totals)
      : context_(context), txn_(txn), frontier_(std::move(frontier)), totals_(totals) {}

  // The number of the exchange: a new one, or its old one.
  [[nodiscard]] Result<CaptureNumber> Add(const Exchange& exchange);

  // The rows that many captures change, and the keys they are sealed with, which must be durable before the
  // transaction is.
  [[nodiscard]] Status Finish();

  [[nodiscard]] const evidence::Frontier& frontier() const { return frontier_; }
  [[nodiscard]] const Totals& totals() const { return totals_; }

 private:
  // An exchange whose bytes fit its record, or the reason why it is no evidence of what it says.
  struct Examined {
    const Exchange& exchange;
    Record record;         // as far as it could be read
    std::string rejected;  // empty for a good one
  };
  [[nodiscard]] Examined Examine(const Exchange& exchange) const;
  [[nodiscard]] Result<CaptureNumber> AddNew(Examined examined);
  [[nodiscard]] Result<OpenScope*> ScopeOf(const Examined& examined);
  [[nodiscard]] Status AddBody(OpenScope& scope, ByteView body, const Digest& digest, CaptureNumber number);
  void Count(const Totals& more);
  [[nodiscard]] Status PutFetcher(const std::string& key_id);

  const BatchContext& context_;
  store::WriteTxn& txn_;
  evidence::Frontier frontier_;
  Totals totals_;
  std::map<std::uint64_t, Totals> days_;            // what this batch adds, by day
  std::map<keyring::ScopeName, OpenScope> scopes_;  // that this batch touched
  std::optional<std::uint64_t> next_body_;          // once it was needed
};

}  // namespace nightjar::captures
