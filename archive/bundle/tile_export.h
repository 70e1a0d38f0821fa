// SPDX-License-Identifier: Apache-2.0
// The log as a folder of static files (C2SP tlog-tiles), which a monitor can read over any web server or from
// a stick: checkpoint, tile/<L>/<N>, tile/entries/<N>. Leaves name nothing, so the folder says how much was
// captured and when, and not what.
#pragma once

#include <cstdint>
#include <string>

#include "archive/captures/archive.h"

namespace nightjar::bundle {

struct TileSummary {
  evidence::Checkpoint checkpoint;
  std::uint64_t written = 0;  // files that were not there yet, beside the checkpoint
};

// Brings `folder` (made if missing) up to `checkpoint`. Full tiles never change, so what is there stays; the
// checkpoint is written last, so at every moment it names only tiles that are there. A damaged folder is for
// its reader to notice: nothing is read back.
[[nodiscard]] Result<TileSummary> WriteTiles(const captures::Reader& archive,
                                             const evidence::SignedCheckpoint& checkpoint,
                                             const std::string& folder);

}  // namespace nightjar::bundle
