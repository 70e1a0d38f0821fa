// SPDX-License-Identifier: Apache-2.0
// One Tor, watched over its control socket: whether it may be used, which circuits carry our streams, which
// consensus it follows; and told the keys of onion services that ask for client authorisation.
//
//   connect -> PROTOCOLINFO -> [AUTHCHALLENGE] -> AUTHENTICATE -> SETEVENTS, circuit-status -> watching
//
// Whatever goes wrong ends the connection, and another is tried after 1 s to 30 s. A Tor that does not answer
// for ten seconds counts as lost.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "crawler/tor_control/authentication.h"
#include "crawler/tor_control/circuits.h"
#include "crawler/tor_control/client_auth.h"
#include "crawler/tor_control/connection.h"

namespace nightjar::tor_control {

struct Health {
  bool watched = false;   // the control connection stands, and Tor has said how it is
  int progress = 0;       // bootstrap, per cent
  std::string tag;        // the phase, a word of Tor's: "done", "conn_or"
  std::string summary;    // the same for people
  bool circuits = false;  // Tor says that circuits can be built
  std::string version;
  std::string trouble;  // why `watched` is false, with what to do; empty before the first try

  [[nodiscard]] bool Bootstrapped() const { return watched && progress == 100; }
  // One line for people: "bootstrapped 45 % (Loading relay descriptors)".
  [[nodiscard]] std::string Describe() const;
};

// One thread.
class TorWatch final {
 public:
  struct Options {
    std::string control_socket;
    bool consensus = false;  // ask Tor for its consensus, where its file cannot be read
    const Clock* clock = nullptr;
    Random* random = nullptr;
  };
  explicit TorWatch(Options options) : options_(std::move(options)) {}

  // Does whatever can be done without waiting. Call it when fd() is ready, and at least once a second.
  void Step();
  [[nodiscard]] int fd() const { return connection_ ? connection_->fd() : -1; }  // -1 while there is none
  [[nodiscard]] bool has_unsent() const { return connection_ && connection_->has_unsent(); }

  [[nodiscard]] const Health& health() const { return health_; }

  // What became known of circuits since the last call.
  [[nodiscard]] std::vector<CircuitNote> TakeNotes() { return circuits_.TakeNotes(); }

  // The newest consensus document, once after each change; nothing else of it is kept.
  [[nodiscard]] std::optional<std::string> TakeConsensus() { return std::exchange(consensus_, std::nullopt); }

  // The keys that Tor is to have, all of them. Given to Tor now, and again whenever it was away.
  void SetClientKeys(ClientKeys keys);

 private:
  enum class Asked {
    kProtocolInfo,
    kChallenge,
    kAuthenticate,
    kEvents,
    kHealth,
    kCircuits,
    kConsensus,
    kKey
  };
  struct Question {
    Asked asked;
    std::string host;  // of kKey
  };
  void Connect();
  [[nodiscard]] Status Converse();
  [[nodiscard]] Status Ask(Asked asked, const std::string& command, std::string host = {});
  [[nodiscard]] Status AskWhatIsDue();
  [[nodiscard]] Status Take(const Reply& reply);
  [[nodiscard]] Status TakeAnswer(const Question& question, const Reply& reply);
  [[nodiscard]] Status Authenticate(const Reply& protocol_info);
  [[nodiscard]] Status BeginWatching();
  void TakeHealth(const Reply& reply);
  void TakeEvent(const Reply& event);
  void TakeClientStatus(const Words& words);
  [[nodiscard]] Status TellKeys();
  void Lose(const Error& why);

  const Options options_;
  std::optional<Connection> connection_;
  std::deque<Question> questions_;  // in the order of their answers
  MonoTime asked_at_;               // the last question
  MonoTime next_try_;
  MonoTime next_health_;
  MonoTime next_consensus_;
  std::chrono::seconds wait_{0};
  bool watching_ = false;
  Bytes cookie_;
  Bytes nonce_;

  Health health_;
  CircuitBook circuits_;
  std::optional<std::string> consensus_;
  ClientKeys keys_;   // wanted
  ClientKeys given_;  // what Tor has
};

}  // namespace nightjar::tor_control
