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

// Reads the file again when asked a minute or more after the last time: Tor replaces it about hourly.
class ConsensusFile final {
 public:
  explicit ConsensusFile(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] const std::string& Describe(MonoTime now);  // "unknown" when it cannot be read

 private:
  std::string path_;
  std::string description_;
  MonoTime read_at_;
};

}  // namespace nightjar::crawler
