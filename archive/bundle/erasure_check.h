// SPDX-License-Identifier: Apache-2.0
// What a bundle says of captures of its case that were erased by rule, or are restricted: each is a leaf of
// the log, so that what is missing is not a matter of the exporter's word. Pure functions.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "archive/bundle/bundle.h"
#include "archive/bundle/custody.h"
#include "archive/evidence/erasure.h"

namespace nightjar::bundle {

// Contents of the members named in ErasureMembers. Untrusted.
struct ErasureFiles {
  std::uint64_t leaf_index = 0;
  Bytes text{};
  Bytes leaf{};
  Bytes salt{};
  Bytes proof{};
};

[[nodiscard]] Result<std::vector<ErasureFiles>> ReadErasures(
    std::span<const std::uint64_t> leaves,
    const std::function<Result<Bytes>(const std::string& member)>& read);

// Checks them all (salt, commitment, leaf and proof; of this case; of captures before their own leaf; none of
// an exported one) and adds a sentence for each to the report's checks. Returns their lines of custody.jsonl.
// kCorrupt with the member's name.
[[nodiscard]] Result<std::vector<CustodyEntry>> CheckErasures(std::span<const ErasureFiles> erasures,
                                                              const CaseId& case_id,
                                                              std::span<const CaptureNumber> exported,
                                                              const evidence::SignedCheckpoint& checkpoint,
                                                              VerifyReport& report);

}  // namespace nightjar::bundle
