// SPDX-License-Identifier: Apache-2.0
// What others attested of our log: cosigned checkpoints and time stamps, in an LMDB store of its own
// (<data>/notary). Tables: archive/FORMAT.md. Kept apart from the archive, whose only writer is the crawl.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "archive/evidence/checkpoint.h"
#include "base/clock.h"
#include "base/result.h"

namespace nightjar::notary {

// A time stamp with all that is needed to check it.
struct Stamp {
  evidence::SignedCheckpoint checkpoint;  // the note is what was stamped, byte for byte
  Bytes response;                         // base/timestamp.h
  std::string certificates;               // in the one PEM spelling
  UtcTime time;                           // the token's
};

// What went wrong last, until it goes right again.
struct Trouble {
  UtcTime since;
  std::string text;
};

// Thread-safe; each call is one transaction. Several processes may write (the notary role, and an export).
class NotaryStore final {
 public:
  enum class Mode { kReadOnly, kWrite };
  // kNotFound when read only and there is none yet.
  [[nodiscard]] static Result<std::unique_ptr<NotaryStore>> Open(const std::string& folder, Mode mode);
  ~NotaryStore();

  // Of the two newest cosigned checkpoints that no stamp is on, the older one is forgotten.
  [[nodiscard]] Status PutCosigned(const evidence::SignedCheckpoint& cosigned);
  [[nodiscard]] Status PutStamp(const Stamp& stamp);
  [[nodiscard]] Status SetTrouble(const std::optional<Trouble>& trouble);

  // As stored: signatures are for the caller to check.
  [[nodiscard]] Result<std::optional<evidence::SignedCheckpoint>> NewestCosigned() const;
  [[nodiscard]] Result<std::optional<Stamp>> NewestStamp() const;
  [[nodiscard]] Result<std::optional<Trouble>> ReadTrouble() const;

 private:
  struct State;
  explicit NotaryStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::notary
