// SPDX-License-Identifier: Apache-2.0
// A session: how an identity stands with one onion service. The identity is a persona, or a job without one.
// Every change has a time and a cause; the newest kMaxHistory are kept. Holds no secret.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::sessions {

inline constexpr std::size_t kMaxHistory = 32;
inline constexpr std::size_t kMaxTrail = 16;

// Stored: append only.
enum class State : std::uint8_t {
  kLoggedOut,
  kLoggingIn,
  kAlive,  // pages come; for a job without a persona also the beginning
  kExpired,
  kWaiting,  // in a waiting room, asking again when it says
  kNeedsHuman,
  kBanned,
};
[[nodiscard]] std::string_view StateName(State state);  // "logged-out", "needs-human", ...

struct Change {
  UtcTime at;
  State state = State::kLoggedOut;
  std::string cause;  // a sentence of ours
  friend bool operator==(const Change&, const Change&) = default;
};

// Requests in the present hour and day (UTC, by the clock's own hours and days).
struct Usage {
  std::int64_t hour = 0;
  std::uint32_t in_hour = 0;
  std::int64_t day = 0;
  std::uint32_t in_day = 0;
  void Count(UtcTime now);
  [[nodiscard]] std::uint32_t InHour(UtcTime now) const;
  [[nodiscard]] std::uint32_t InDay(UtcTime now) const;
  friend bool operator==(const Usage&, const Usage&) = default;
};

struct Session {
  std::string persona;  // empty: the job's own, anonymous
  JobId job;            // the job that uses it now
  std::string host;
  std::vector<Change> history;  // newest last; never empty after Enter()
  Usage usage;
  std::uint64_t pages = 0;    // of content since it became alive
  bool content_seen = false;  // ever, by this identity
  std::uint32_t failed_logins = 0;
  std::uint32_t waits = 0;
  std::uint32_t turned_away = 0;  // times in a row that the site would not serve its circuit
  // Pages since the last content that looked like a wall, newest last, at most kMaxTrail.
  std::vector<std::string> trail;
  friend bool operator==(const Session&, const Session&) = default;

  [[nodiscard]] State state() const { return history.empty() ? State::kAlive : history.back().state; }
  [[nodiscard]] UtcTime since() const { return history.empty() ? UtcTime{} : history.back().at; }
  void Enter(State state, std::string cause, UtcTime now);
  void Remember(std::string url);
};

// Its key in the store: "p/<persona>/<host>" or "j/<job>/<host>".
[[nodiscard]] std::string KeyOf(const std::string& persona, const JobId& job, const std::string& host);
[[nodiscard]] inline std::string KeyOf(const Session& session) {
  return KeyOf(session.persona, session.job, session.host);
}

// A row: base/codec.h, format byte 2.
[[nodiscard]] Bytes Encode(const Session& session);
[[nodiscard]] Result<Session> DecodeSession(ByteView row);  // kCorrupt

}  // namespace nightjar::sessions
