// SPDX-License-Identifier: Apache-2.0
// Everything a person is shown about one capture: the evidence, what the jail read out of it, and what was
// checked just now. Gathered here once; search/web and ToJson() only lay it out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "archive/captures/archive.h"
#include "archive/facts/facts_store.h"

namespace nightjar::api {

// One thing checked while the page was made, in a sentence that holds when `passed`.
struct Check {
  std::string statement;
  bool passed = false;
  std::string problem;  // why not, where it did not
};

struct CaptureView {
  captures::StoredCapture capture;
  std::optional<evidence::Erasure> erasure;  // by which it was erased: then only its leaf is left
  std::optional<wire::Facts>
      facts;  // nothing while the index role has not read it, or there is nothing to read
  std::optional<evidence::SignedCheckpoint> checkpoint;  // the newest one, if it covers this capture
  std::string proof_file;                                // C2SP tlog-proof; empty without checkpoint
  std::vector<Check> checks;
};

// Checks digests, signature, commitment, inclusion and checkpoint signature anew. `facts` may be null.
// kNotFound: no such capture. kRefused: restricted, held as evidence. kCorrupt: its bytes do not match their
// digests.
[[nodiscard]] Result<CaptureView> ReadCapture(const captures::Reader& archive, const facts::FactsStore* facts,
                                              CaptureNumber number);

}  // namespace nightjar::api
