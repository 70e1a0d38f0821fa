// SPDX-License-Identifier: Apache-2.0
// What an export will hold, settled before its first byte is written.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "archive/bundle/bundle.h"
#include "archive/bundle/custody.h"
#include "archive/bundle/selection.h"
#include "archive/consensus/consensus.h"
#include "archive/evidence/checkpoint.h"

namespace nightjar::bundle {

struct ExportPlan {
  std::vector<CaptureNumber> captures;  // ascending, each once
  evidence::SignedCheckpoint checkpoint;
  evidence::NoteKey log;                                              // the key it is signed by
  std::vector<evidence::RotationLeaf> rotations;                      // those in the checkpoint's tree
  std::vector<std::pair<std::uint64_t, evidence::Erasure>> erasures;  // of the case, by leaf; in the tree too
  std::vector<CaptureNumber> erased;  // that were asked for and are gone by rule
  Attestation attestation;            // of the checkpoint
  Selection selection;
  UtcTime first_started;                              // of the first capture
  UtcTime latest_ended;                               // of any of them
  std::optional<evidence::SignedCheckpoint> earlier;  // of the export that consistency is proved from
  std::set<consensus::Name> consensuses;              // that the records name
  std::vector<CustodyEntry> custody;                  // custody.jsonl
  std::uint64_t left_out = 0;                         // of the captures: nothing was asked for (custody.h)
};

// Reads the rows of the whole log below the newest checkpoint (no bodies) to count what the case holds.
// Errors as Export.
[[nodiscard]] Result<ExportPlan> PlanExport(const captures::Reader& archive, const ExportRequest& request);

}  // namespace nightjar::bundle
