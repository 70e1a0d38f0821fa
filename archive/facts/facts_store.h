// SPDX-License-Identifier: Apache-2.0
// Facts by capture number and extractor version. Rebuildable: the folder may be deleted at any time.
// One writer (the index role), readers in any process.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>

#include "base/ids.h"
#include "base/result.h"
#include "sandbox/wire/facts.h"

namespace nightjar::facts {

// Thread-safe for reading; Put() from one thread.
class FactsStore final {
 public:
  enum class Mode { kReadOnly, kWrite };
  [[nodiscard]] static Result<std::unique_ptr<FactsStore>> Open(const std::string& folder, Mode mode);
  ~FactsStore();

  // Durable when it returns. Facts of the same capture and extractor are replaced.
  [[nodiscard]] Status Put(std::span<const std::pair<CaptureNumber, wire::Facts>> batch);

  // The facts of the newest extractor version; kNotFound where the capture was not read yet.
  [[nodiscard]] Result<wire::Facts> Get(CaptureNumber number) const;

  // One past the highest capture number that has facts: how far followers of facts may read.
  [[nodiscard]] Result<std::uint64_t> End() const;

  [[nodiscard]] Status Clear();

 private:
  struct State;
  explicit FactsStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::facts
