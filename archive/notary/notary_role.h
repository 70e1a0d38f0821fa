// SPDX-License-Identifier: Apache-2.0
// The notary as a role: steps of the Notary at their pace, until it is told to stop. Needs the archive for
// reading only, and a network way that no fetcher has: so it is a process of its own.
#pragma once

#include "archive/notary/notary.h"
#include "base/stop.h"

namespace nightjar::notary {

struct RoleOptions {
  bool once = false;  // one step with a token, whatever the time; its failure is returned
};

// Runs until `stop`. What fails is tried again with a growing pause, and told by `nightjar status`. kCorrupt,
// with an alert raised, when the archive is not the one that others have attested. kInvalidInput when the
// settings name neither a witness nor a time stamp authority.
[[nodiscard]] Status RunNotary(const config::Settings& settings, const Doors& doors,
                               const RoleOptions& options, StopSignal& stop);

// The newest checkpoints that others attested, for the sequencer to compare its tree with before it starts.
[[nodiscard]] Result<std::vector<evidence::Checkpoint>> AttestedCheckpoints(const config::Settings& settings);

// One step now, for an export. As RunNotary with `once`, but OK where the settings name nobody.
[[nodiscard]] Status NotarizeNow(const config::Settings& settings, const Doors& doors);

// For `nightjar status`: what is stored, whether or not the role runs. Ages are the reader's to judge.
struct NotaryStatus {
  std::optional<std::int64_t> cosigned_at;  // Unix seconds, by the witness's clock
  std::uint64_t cosigned_size = 0;
  std::optional<UtcTime> stamped_at;
  std::uint64_t stamped_size = 0;
  std::optional<Trouble> trouble;
};
[[nodiscard]] Result<NotaryStatus> ReadNotaryStatus(const config::Settings& settings);

}  // namespace nightjar::notary
