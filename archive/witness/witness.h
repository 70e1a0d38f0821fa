// SPDX-License-Identifier: Apache-2.0
// A witness of other people's logs (C2SP tlog-witness): it remembers the newest checkpoint of each, and
// cosigns a newer one only when that proves to hold the old tree unchanged. So a log that rolls back, or
// shows different trees to different people, loses its cosignature.
//
// The protocol without HTTP: request text in, verdict and answer text out. State: one file for each log,
// <folder>/<SHA-256 of the origin>.checkpoint, the newest cosigned note, replaced atomically with fsync
// BEFORE the cosignature is given away. After a crash in between the log learns the new size by a conflict
// and asks again. Signed checkpoints that do not fit are kept in <folder>/disputes.log, as evidence against
// the log.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/witness/log_list.h"
#include "archive/witness/request.h"
#include "base/clock.h"
#include "base/signature.h"

namespace nightjar::witness {

enum class Verdict : std::uint8_t {
  kCosigned,    // the text holds the cosignature line
  kMalformed,   // not a request, or an old size above the checkpoint's
  kUnknownLog,  // the origin is not on the list
  kUntrusted,   // no signature by the origin's key is good, or that key was rotated away
  kConflict,    // the old size is not ours, or a second tree of one size: the text is our size
  kBadProof,    // the old tree is not proved to be in the new one
  kFailed,      // the state could not be stored; nothing was cosigned
};

struct Answer {
  Verdict verdict = Verdict::kFailed;
  std::string text;
};

// Thread-safe: requests are answered one after the other.
class Witness final {
 public:
  struct Options {
    std::string folder;
    std::string name;  // of the witness's key
    SigningKey key;
    std::vector<KnownLog> logs;
    const Clock* clock = nullptr;  // for the time in cosignatures; the machine's when null
  };

  // kUnavailable when another process is this witness. kCorrupt when a state file is damaged or belongs to no
  // log on the list: a witness that forgot what it saw would help a fork, so a person must decide.
  [[nodiscard]] static Result<std::unique_ptr<Witness>> Open(Options options);
  ~Witness();

  // Takes anything. The answer to a good request is durable before it is returned.
  [[nodiscard]] Answer AddCheckpoint(std::string_view untrusted_body);

  [[nodiscard]] std::string vkey() const;

 private:
  struct State;
  explicit Witness(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::witness
