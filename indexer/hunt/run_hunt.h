// SPDX-License-Identifier: Apache-2.0
// Runs a hunt over the archive, piece by piece, in the caller's thread.
#pragma once

#include <functional>
#include <stop_token>

#include "archive/captures/archive.h"
#include "archive/facts/facts_store.h"
#include "indexer/hunt/hunt_store.h"

namespace nightjar::hunt {

// Everything is lent.
struct Grounds {
  const captures::Reader* archive = nullptr;
  const facts::FactsStore* facts = nullptr;  // none: bodies only
  // Whether a host must not be shown; an error ends the hunt.
  std::function<Result<bool>(const std::string& host)> hidden = {};
};

// From where the hunt stands to its end: the captures there were when it first ran. What was found and how
// far it is are durable together, so a kill costs at most one piece, which is then done again and found once.
// `progress` is told after each piece. Returns the hunt as stored; its state is kDone, kFull, kStopped (a
// person said so, from any process) or kWaiting (`stop`). Erased, restricted and rejected captures have
// nothing to be found in. kInvalidInput: a pattern; kUnavailable: another process runs it.
//
// Looked at are title, text and hidden text, as the jail read them, and with Hunt::bodies the body as it came
// where no coding was applied to it: packed bodies are unpacked in the jail only.
[[nodiscard]] Result<Hunt> RunHunt(HuntStore& store, const std::string& name, const Grounds& grounds,
                                   const std::function<void(const Hunt&)>& progress,
                                   const std::stop_token& stop);

// Whether a response head says that its body is there as it is: no transfer coding, no content coding.
[[nodiscard]] bool BodyIsPlain(ByteView head);

}  // namespace nightjar::hunt
