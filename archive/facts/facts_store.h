// SPDX-License-Identifier: Apache-2.0
// Facts by capture number and extractor version. Rebuildable: the folder may be deleted at any time.
// One writer (the index role), readers in any process.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"
#include "sandbox/wire/facts.h"

namespace nightjar::facts {

// Thread-safe for reading; Put() from one thread.
class FactsStore final {
 public:
  enum class Mode { kReadOnly, kWrite };
  // kNotFound when opened read-only before the writer has made it. Rows: archive/FORMAT.md.
  [[nodiscard]] static Result<std::unique_ptr<FactsStore>> Open(const std::string& folder, Mode mode);
  ~FactsStore();

  // One durable transaction: all of the batch or nothing. Facts of the same capture and extractor are
  // replaced. kFull when disk or map are.
  // `readings`: what was read in such captures; see FindAlike().
  [[nodiscard]] Status Put(std::span<const std::pair<CaptureNumber, wire::Facts>> batch,
                           std::span<const std::pair<Digest, CaptureNumber>> readings = {});

  // The facts of an earlier capture in which the very same was read: the digest is over all that reading goes
  // by. Nothing where there is none, or where its facts are gone.
  [[nodiscard]] Result<std::optional<wire::Facts>> FindAlike(const Digest& reading) const;

  // The facts of the newest extractor, by the number behind the last '/' of its name; kNotFound where the
  // capture was not read yet, kCorrupt where the stored bytes are no facts of this build's format.
  [[nodiscard]] Result<wire::Facts> Get(CaptureNumber number) const;

  // One past the highest capture number that has facts: how far followers of facts may read.
  [[nodiscard]] Result<std::uint64_t> End() const;

  // Forgets what was read out of these captures, and that anything was; durable. The bytes are gone from the
  // file only after store::Compact(). Returns how many entries there were.
  [[nodiscard]] Result<std::uint64_t> Erase(std::span<const CaptureNumber> numbers);

  [[nodiscard]] Status Clear();  // durable

 private:
  struct State;
  explicit FactsStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::facts
