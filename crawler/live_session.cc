// SPDX-License-Identifier: Apache-2.0
#include "crawler/live_session.h"

namespace nightjar::crawler {

std::string LiveSession::ReasonToHold(UtcTime now) const {
  if (session.state() != sessions::State::kAlive)
    return "session: " + std::string(sessions::StateName(session.state()));
  if (!persona) return {};
  if (persona->paused) return "session: paused";
  if (!sessions::IsAtWork(persona->hours, now)) return "session: outside working hours";
  if (persona->per_hour > 0 && session.usage.InHour(now) >= persona->per_hour)
    return "session: quota of the hour is used up";
  if (persona->per_day > 0 && session.usage.InDay(now) >= persona->per_day)
    return "session: quota of the day is used up";
  return {};
}

}  // namespace nightjar::crawler
