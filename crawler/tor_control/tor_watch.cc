// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/tor_watch.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/decimal.h"
#include "base/log.h"

namespace nightjar::tor_control {
namespace {

using std::chrono::seconds;

constexpr seconds kFirstWait(1);
constexpr seconds kLongestWait(30);
constexpr seconds kAnswerWithin(10);
constexpr seconds kHealthEvery(2);
constexpr auto kConsensusEvery = std::chrono::minutes(10);
constexpr auto kConsensusAtMostEvery = std::chrono::minutes(1);  // a private network makes one every 10 s
constexpr std::string_view kOnion = ".onion";

std::string HexUpper(ByteView bytes) {
  std::string hex = HexEncode(bytes);
  for (char& c : hex) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  return hex;
}

std::string NameOf(const std::string& host) { return host.substr(0, host.size() - kOnion.size()); }

void ReadBootstrap(const Words& words, Health& health) {
  if (const auto progress = ParseDecimal(words.Of("PROGRESS"), 100))
    health.progress = static_cast<int>(*progress);
  health.tag = words.Of("TAG");
  health.summary = words.Of("SUMMARY");
}

}  // namespace

std::string Health::Describe() const {
  if (!watched) return trouble.empty() ? "not asked yet" : trouble;
  std::string text = fmt::format("bootstrapped {} % ({})", progress, summary.empty() ? tag : summary);
  if (progress == 100) text += circuits ? ", circuits stand" : ", no circuit can be built just now";
  return text;
}

void TorWatch::Step() {
  if (!connection_) Connect();
  if (!connection_) return;
  if (const Status talked = Converse(); !talked) Lose(talked.error());
}

void TorWatch::Connect() {
  const MonoTime now = options_.clock->Mono();
  if (now < next_try_) return;
  auto opened = Connection::Open(options_.control_socket);
  if (!opened) return Lose(opened.error());
  connection_.emplace(std::move(*opened));
  if (const Status asked = Ask(Asked::kProtocolInfo, "PROTOCOLINFO 1"); !asked) Lose(asked.error());
}

Status TorWatch::Converse() {
  RETURN_IF_ERROR(connection_->Flush());
  ASSIGN_OR_RETURN(const auto replies, connection_->Receive());
  for (const Reply& reply : replies) RETURN_IF_ERROR(Take(reply));
  if (!questions_.empty() && options_.clock->Mono() - asked_at_ > kAnswerWithin)
    return Fail(Code::kTimeout, "Tor does not answer on its control socket", options_.control_socket);
  return AskWhatIsDue();
}

Status TorWatch::Ask(Asked asked, const std::string& command, std::string host) {
  questions_.push_back({asked, std::move(host)});
  asked_at_ = options_.clock->Mono();
  return connection_->Send(command);
}

Status TorWatch::AskWhatIsDue() {
  if (!watching_ || !questions_.empty()) return {};
  const MonoTime now = options_.clock->Mono();
  if (now >= next_health_) {
    next_health_ = now + kHealthEvery;
    RETURN_IF_ERROR(Ask(Asked::kHealth, "GETINFO status/bootstrap-phase status/circuit-established version"));
  }
  if (options_.consensus && health_.Bootstrapped() && now >= next_consensus_) {
    next_consensus_ = now + kConsensusEvery;
    RETURN_IF_ERROR(Ask(Asked::kConsensus, "GETINFO dir/status-vote/current/consensus-microdesc"));
  }
  return TellKeys();
}

Status TorWatch::Take(const Reply& reply) {
  if (reply.IsEvent()) {
    TakeEvent(reply);
    return {};
  }
  if (questions_.empty()) return Fail(Code::kCorrupt, "Tor answered what it was not asked");
  const Question question = std::move(questions_.front());
  questions_.pop_front();
  return TakeAnswer(question, reply);
}

Status TorWatch::TakeAnswer(const Question& question, const Reply& reply) {
  switch (question.asked) {
    case Asked::kProtocolInfo:
      return Authenticate(reply);
    case Asked::kChallenge: {
      ASSIGN_OR_RETURN(const std::string proof, AnswerChallenge(reply, cookie_, nonce_));
      return Ask(Asked::kAuthenticate, "AUTHENTICATE " + proof);
    }
    case Asked::kAuthenticate:
      cookie_.clear();
      if (!reply.Ok())
        return Fail(Code::kRefused, "Tor refused the control connection: " + reply.lines.back().text);
      return BeginWatching();
    case Asked::kEvents:
      if (!reply.Ok())
        return Fail(Code::kUnavailable, "Tor does not tell of circuits; it is older than 0.4.5");
      return {};
    case Asked::kHealth:
      TakeHealth(reply);
      return {};
    case Asked::kCircuits:
      if (reply.Ok()) circuits_.TakeStatus(reply.lines.front().data);
      return {};
    case Asked::kConsensus:
      if (reply.Ok()) consensus_ = reply.lines.front().data;
      return {};
    case Asked::kKey:
      if (!reply.Ok())
        log::warn("Tor did not take the client authorisation of {}: {}", question.host,
                  log::Safe(reply.lines.back().text));
      return {};
  }
  return {};
}

Status TorWatch::Authenticate(const Reply& protocol_info) {
  ASSIGN_OR_RETURN(const ProtocolInfo info, ReadProtocolInfo(protocol_info));
  if (info.null) return Ask(Asked::kAuthenticate, "AUTHENTICATE");
  if (!info.cookie && !info.safe_cookie)
    return Fail(Code::kUnavailable, "Tor takes no cookie; run it with 'CookieAuthentication 1'",
                options_.control_socket);
  ASSIGN_OR_RETURN(cookie_, ReadCookie(info));
  if (!info.safe_cookie) return Ask(Asked::kAuthenticate, "AUTHENTICATE " + HexUpper(cookie_));
  nonce_ = options_.random->Take(kNonceSize);
  return Ask(Asked::kChallenge, "AUTHCHALLENGE SAFECOOKIE " + HexUpper(nonce_));
}

Status TorWatch::BeginWatching() {
  watching_ = true;
  next_health_ = next_consensus_ = {};
  RETURN_IF_ERROR(Ask(Asked::kEvents, "SETEVENTS CIRC CIRC_MINOR STREAM HS_DESC STATUS_CLIENT"));
  return Ask(Asked::kCircuits, "GETINFO circuit-status");
}

void TorWatch::TakeHealth(const Reply& reply) {
  constexpr std::string_view kPhase = "status/bootstrap-phase=";
  for (const ReplyLine& line : reply.lines) {
    if (line.text.starts_with(kPhase)) ReadBootstrap(SplitWords(line.text.substr(kPhase.size())), health_);
    const Words words = SplitWords(line.text);
    if (words.named.contains("status/circuit-established"))
      health_.circuits = words.Of("status/circuit-established") == "1";
    if (words.named.contains("version")) health_.version = words.Of("version");
  }
  health_.watched = true;
  health_.trouble.clear();
  wait_ = seconds(0);
}

void TorWatch::TakeEvent(const Reply& event) {
  Words words = SplitWords(event.lines.front().text);
  if (words.plain.empty()) return;
  const std::string kind = std::move(words.plain.front());
  words.plain.erase(words.plain.begin());
  if (kind == "CIRC") circuits_.TakeCircuit(words, options_.clock->Utc());
  if (kind == "CIRC_MINOR") circuits_.TakeMinor(words);
  if (kind == "STREAM") circuits_.TakeStream(words);
  if (kind == "STATUS_CLIENT") TakeClientStatus(words);
  if (kind == "HS_DESC" && words.At(0) == "FAILED")
    log::debug("Tor has no descriptor of {}: {}", log::Safe(words.At(1)), log::Safe(words.Of("REASON")));
}

// The plain words are severity and action (control-spec 4.1.10).
void TorWatch::TakeClientStatus(const Words& words) {
  if (words.At(1) == "BOOTSTRAP") ReadBootstrap(words, health_);
  if (words.At(1) == "CIRCUIT_ESTABLISHED") health_.circuits = true;
  if (words.At(1) == "CIRCUIT_NOT_ESTABLISHED") health_.circuits = false;
  if (words.At(1) == "CONSENSUS_ARRIVED")
    next_consensus_ = std::min(next_consensus_, options_.clock->Mono() + Micros(kConsensusAtMostEvery));
}

void TorWatch::SetClientKeys(ClientKeys keys) { keys_ = std::move(keys); }

// control-spec 3.30 to 3.32: 250 added, 251 replaced, 252 added and a descriptor could be read with it.
Status TorWatch::TellKeys() {
  for (const auto& [host, key] : keys_) {
    const auto given = given_.find(host);
    if (given != given_.end() && given->second == key) continue;
    RETURN_IF_ERROR(Ask(
        Asked::kKey, "ONION_CLIENT_AUTH_ADD " + NameOf(host) + " x25519:" + Base64Encode(key.bytes), host));
  }
  for (const auto& [host, key] : given_) {
    if (!keys_.contains(host))
      RETURN_IF_ERROR(Ask(Asked::kKey, "ONION_CLIENT_AUTH_REMOVE " + NameOf(host), host));
  }
  given_ = keys_;
  return {};
}

void TorWatch::Lose(const Error& why) {
  wait_ = std::clamp(wait_ * 2, kFirstWait, kLongestWait);
  next_try_ = options_.clock->Mono() + wait_;
  if (health_.watched)  // else it never was there, and health() says so
    log::warn("Tor's control socket {} is lost: {}", options_.control_socket, log::Safe(why.Format()));
  connection_.reset();
  questions_.clear();
  watching_ = false;
  cookie_.clear();
  circuits_.Clear();  // another Tor numbers its circuits anew
  given_.clear();
  health_ = {};
  health_.trouble = why.Format();
}

}  // namespace nightjar::tor_control
