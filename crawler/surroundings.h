// SPDX-License-Identifier: Apache-2.0
// What a record says about the time it was made in: the state of this machine's clock, and Tor's consensus,
// which nobody could know before its "valid-after" (the lower bound of the capture's time).
#pragma once

#include <string>

#include "base/clock.h"

namespace nightjar::crawler {

// "synchronised", "unsynchronised" or "unknown" (adjtimex(2)).
[[nodiscard]] std::string ReadClockState();

// "sha256=<hex> valid-after=<utc>" of a consensus document; "unknown" if it holds no valid-after line.
[[nodiscard]] std::string DescribeConsensus(const std::string& document);

// The same, and keeps the document in `folder` (archive/consensus) for exports. That it could not be kept is
// logged: the record, which has its digest, is as good. Nothing is kept when `folder` is empty.
[[nodiscard]] std::string NoteConsensus(const std::string& document, const std::string& folder);

// Reads the file again when asked a minute or more after the last time: Tor replaces it about hourly.
class ConsensusFile final {
 public:
  // Each document that is read is kept in `folder`, as NoteConsensus does.
  explicit ConsensusFile(std::string path, std::string folder = {})
      : path_(std::move(path)), folder_(std::move(folder)) {}
  [[nodiscard]] const std::string& Describe(MonoTime now);  // "unknown" when it cannot be read

 private:
  std::string path_;
  std::string folder_;
  std::string description_;
  MonoTime read_at_;
};

}  // namespace nightjar::crawler
