// SPDX-License-Identifier: Apache-2.0
// What others attested of a bundle's checkpoint: the keys the log had before, the witness's cosignature, the
// time stamp; and the bracket of time that follows for each capture. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "archive/bundle/bundle.h"
#include "archive/bundle/layout.h"
#include "archive/captures/record.h"
#include "archive/evidence/rotation.h"

namespace nightjar::bundle {

// Contents of the members named in RotationMembers. Untrusted.
struct RotationFiles {
  std::uint64_t leaf_index = 0;
  Bytes text{};
  Bytes signatures{};
  Bytes leaf{};
  Bytes salt{};
  Bytes proof{};
};

struct OutsideFiles {
  evidence::NoteKey log;                  // of keys/log.vkey; the checkpoint is verified with it
  evidence::SignedCheckpoint checkpoint;  // verified
  std::vector<RotationFiles> rotations{};
  Bytes witness_pem{}, witness_vkey{};  // untrusted, where Attested says that they are there
  Bytes response{}, certificates{};     // likewise
};

// When the captures were made: not before the Tor consensus their records name (a document that nobody can
// know before it is published), not after the time stamp over the tree that holds them.
class TimeBracket final {
 public:
  TimeBracket() = default;
  explicit TimeBracket(std::optional<UtcTime> not_after) : not_after_(not_after) {}

  // kCorrupt, naming `member`, for a consensus that became valid after the time stamp, or a line that is no
  // consensus line.
  [[nodiscard]] Status Add(const std::string& member, const captures::Record& record);

  // Says what was found, among the report's checked or unchecked things.
  void Conclude(VerifyReport& report) const;

 private:
  std::optional<UtcTime> not_after_;
  std::optional<UtcTime> earliest_, latest_;  // valid-after of the consensuses
  std::uint64_t dated_ = 0;
  std::uint64_t undated_ = 0;
};

// Checks everything in `files`, fills cosigned_at, stamped_at and the sentences of `report`, and gives the
// bracket for the captures. kCorrupt with the member's name. kInvalidInput for a `trusted` that is malformed.
[[nodiscard]] Result<TimeBracket> CheckOutside(const OutsideFiles& files, const Attested& attested,
                                               const Trusted& trusted, VerifyReport& report);

}  // namespace nightjar::bundle
