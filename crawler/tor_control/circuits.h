// SPDX-License-Identifier: Apache-2.0
// Which circuit carries which SOCKS user, from Tor's events. Source: control-spec 4.1.1 (CIRC), 4.1.2
// (STREAM), 4.1.20 (CIRC_MINOR); SOCKS_USERNAME stands in CIRC events since Tor 0.4.3.1 and in STREAM events
// since 0.4.5.
//
// The text of a circuit, as a record has it:
//   id=28 purpose=HS_CLIENT_REND created=2026-11-23T07:32:28.812673Z built=2026-11-23T07:33:07.507000Z
//   length=3 hops=$5DCC...,$FA7F...,$316C...          (one line)
// `created` is Tor's, `built` the moment this process read that the circuit stood ("-" where it was built
// before this process listened); hops from our guard to the rendezvous point.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "crawler/tor_control/words.h"

namespace nightjar::tor_control {

struct CircuitNote {
  std::string socks_user;
  std::string text;
};

// One thread. Memory is bounded: at most kMostCircuits, the oldest go first.
class CircuitBook final {
 public:
  static constexpr std::size_t kMostCircuits = 8192;

  // The words behind "CIRC", "CIRC_MINOR" or "STREAM", or a line of `circuit-status`.
  void TakeCircuit(const Words& words, UtcTime now);
  void TakeMinor(const Words& words);
  void TakeStream(const Words& words);
  void TakeStatus(const std::string& circuit_status);
  void Clear();

  // What is new or different since the last call, one for each SOCKS user.
  [[nodiscard]] std::vector<CircuitNote> TakeNotes();

  [[nodiscard]] std::size_t size() const { return circuits_.size(); }

 private:
  using CircuitId = std::uint64_t;
  struct Circuit {
    std::string purpose;
    std::string created;  // RFC 3339, or empty
    std::string built;
    std::string hops;  // "$A,$B,$C"
    std::size_t length = 0;
    std::string user;   // whose streams it carries
    std::string noted;  // the text last given out
  };
  Circuit* Keep(CircuitId id);
  void Describe(CircuitId id, const Words& words);
  void Note(CircuitId id, Circuit& circuit);

  std::map<CircuitId, Circuit> circuits_;  // Tor numbers them upwards
  std::map<std::string, std::string> notes_;
};

}  // namespace nightjar::tor_control
