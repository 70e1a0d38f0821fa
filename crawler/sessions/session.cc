// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/session.h"

#include <array>

#include "base/codec.h"

namespace nightjar::sessions {
namespace {

constexpr std::uint8_t kFormat = 2;
constexpr std::array<std::string_view, 7> kNames = {"logged-out", "logging-in",  "alive", "expired",
                                                    "waiting",    "needs-human", "banned"};

std::int64_t HourOf(UtcTime now) { return UnixSeconds(now) / 3600; }
std::int64_t DayOf(UtcTime now) { return UnixSeconds(now) / 86400; }

}  // namespace

std::string_view StateName(State state) { return kNames.at(static_cast<std::size_t>(state)); }

void Usage::Count(UtcTime now) {
  in_hour = InHour(now) + 1;
  in_day = InDay(now) + 1;
  hour = HourOf(now);
  day = DayOf(now);
}

std::uint32_t Usage::InHour(UtcTime now) const { return hour == HourOf(now) ? in_hour : 0; }
std::uint32_t Usage::InDay(UtcTime now) const { return day == DayOf(now) ? in_day : 0; }

void Session::Enter(State state, std::string cause, UtcTime now) {
  if (history.size() == kMaxHistory) history.erase(history.begin());
  history.push_back({now, state, std::move(cause)});
  if (state == State::kAlive) pages = 0;
}

void Session::Remember(std::string url) {
  if (trail.size() == kMaxTrail) trail.erase(trail.begin());
  trail.push_back(std::move(url));
}

std::string KeyOf(const std::string& persona, const JobId& job, const std::string& host) {
  return (persona.empty() ? "j/" + job.value : "p/" + persona) + "/" + host;
}

Bytes Encode(const Session& session) {
  Encoder row;
  row.U8(kFormat).Str(session.persona).Str(session.job.value).Str(session.host);
  row.U32(static_cast<std::uint32_t>(session.history.size()));
  for (const Change& change : session.history)
    row.I64(UnixMicros(change.at)).U8(static_cast<std::uint8_t>(change.state)).Str(change.cause);
  const Usage& usage = session.usage;
  row.I64(usage.hour).U32(usage.in_hour).I64(usage.day).U32(usage.in_day);
  row.U64(session.pages).U8(session.content_seen ? 1 : 0).U32(session.failed_logins).U32(session.waits);
  row.U32(session.turned_away);
  row.U32(static_cast<std::uint32_t>(session.trail.size()));
  for (const std::string& url : session.trail) row.Str(url);
  return row.Take();
}

Result<Session> DecodeSession(ByteView bytes) {
  Decoder row(bytes);
  if (row.U8() != kFormat) return Fail(Code::kCorrupt, "a session is stored in an unknown format");
  Session session;
  session.persona = row.Str();
  session.job.value = row.Str();
  session.host = row.Str();
  session.history.resize(row.Count(kMaxHistory, 1));
  bool known = true;
  for (Change& change : session.history) {
    change.at = FromUnixMicros(row.I64());
    const std::uint8_t state = row.U8();
    known = known && state < kNames.size();
    change.state = known ? static_cast<State>(state) : State::kLoggedOut;
    change.cause = row.Str();
  }
  session.usage.hour = row.I64();
  session.usage.in_hour = row.U32();
  session.usage.day = row.I64();
  session.usage.in_day = row.U32();
  session.pages = row.U64();
  session.content_seen = row.U8() != 0;
  session.failed_logins = row.U32();
  session.waits = row.U32();
  session.turned_away = row.U32();
  session.trail.resize(row.Count(kMaxTrail, sizeof(std::uint32_t)));
  for (std::string& url : session.trail) url = row.Str();
  RETURN_IF_ERROR(row.Finish("a stored session"));
  if (!known) return Fail(Code::kCorrupt, "a stored session has an unknown state");
  return session;
}

}  // namespace nightjar::sessions
