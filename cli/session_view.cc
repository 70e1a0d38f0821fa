// SPDX-License-Identifier: Apache-2.0
#include "cli/session_view.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/terminal.h"
#include "crawler/sessions/handoff.h"

namespace nightjar::cli {
namespace {

using sessions::Persona;
using sessions::Session;
using sessions::Wall;
using sessions::WallState;

constexpr std::size_t kHostShown = 16;

std::string Who(const std::string& persona, const JobId& job) {
  return persona.empty() ? "job " + job.value : persona;
}

json::object PersonaJson(const Persona& persona) {
  json::array hosts;
  for (const std::string& host : persona.hosts) hosts.emplace_back(host);
  return {{"persona", persona.id},
          {"hosts", std::move(hosts)},
          {"has_user", !persona.username.empty()},
          {"has_password", !persona.password.empty()},
          {"per_hour", persona.per_hour},
          {"per_day", persona.per_day},
          {"hours", sessions::FormatHours(persona.hours)},
          {"paused", persona.paused},
          {"created", FormatUtc(persona.created)}};
}

json::object SessionJson(const Session& session) {
  json::array history;
  for (const auto& change : session.history)
    history.emplace_back(json::object{
        {"at", FormatUtc(change.at)}, {"state", sessions::StateName(change.state)}, {"cause", change.cause}});
  return {{"persona", session.persona},
          {"job", session.job.value},
          {"host", session.host},
          {"state", sessions::StateName(session.state())},
          {"since", FormatUtc(session.since())},
          {"history", std::move(history)}};
}

void PrintPictures(const Wall& wall) {
  for (std::size_t i = 0; i < wall.pictures.size(); ++i) {
    const auto& picture = wall.pictures[i];
    fmt::print("picture {}    {}\n", i + 1,
               picture.bytes.empty() ? "not here (yet)"
                                     : fmt::format("{} bytes, sha256 {}; write it with --image FILE",
                                                   picture.bytes.size(), picture.sha256.Hex()));
  }
}

}  // namespace

Result<SessionOverview> ReadSessions(const sessions::SessionStore& store) {
  SessionOverview overview;
  ASSIGN_OR_RETURN(overview.personas, store.ListPersonas());
  ASSIGN_OR_RETURN(overview.sessions, store.ListSessions());
  ASSIGN_OR_RETURN(overview.walls, store.ListWalls());
  return overview;
}

void PrintOverview(const SessionOverview& overview) {
  fmt::print("{:<20} {:<7} {:<8} {:>8} {:>8}  {}\n", "PERSONA", "PAUSED", "SECRETS", "PER HOUR", "PER DAY",
             "HOURS (UTC)");
  for (const Persona& persona : overview.personas) {
    const bool secrets = !persona.username.empty() && !persona.password.empty();
    const std::string hours = sessions::FormatHours(persona.hours);
    fmt::print("{:<20} {:<7} {:<8} {:>8} {:>8}  {}\n", persona.id, persona.paused ? "yes" : "no",
               secrets ? "yes" : "no", persona.per_hour, persona.per_day, hours.empty() ? "always" : hours);
  }
  fmt::print("\n{:<20} {:<16} {:<12} {:<20} {}\n", "SESSION", "HOST", "STATE", "SINCE", "CAUSE");
  for (const Session& session : overview.sessions) {
    fmt::print("{:<20} {:<16} {:<12} {:<20} {}\n", Who(session.persona, session.job),
               session.host.substr(0, kHostShown), sessions::StateName(session.state()),
               FormatUtc(session.since()).substr(0, 19) + "Z",
               session.history.empty() ? "" : session.history.back().cause);
  }
  fmt::print("\n{:<6} {:<20} {:<12} {:<10} {:<20} {}\n", "WALL", "SESSION", "CLASS", "STATE", "OPENED",
             "WHY");
  for (const Wall& wall : overview.walls) {
    if (wall.state == WallState::kClosed) continue;
    fmt::print("{:<6} {:<20} {:<12} {:<10} {:<20} {}\n", wall.id.value, Who(wall.persona, wall.job),
               wall.page_class, sessions::WallStateName(wall.state),
               FormatUtc(wall.opened).substr(0, 19) + "Z", ForTerminal(wall.note));
  }
}

json::object ToJson(const SessionOverview& overview) {
  json::array personas;
  json::array all;
  json::array walls;
  for (const Persona& persona : overview.personas) personas.emplace_back(PersonaJson(persona));
  for (const Session& session : overview.sessions) all.emplace_back(SessionJson(session));
  for (const Wall& wall : overview.walls) walls.emplace_back(sessions::ToJson(wall));
  return {{"personas", std::move(personas)}, {"sessions", std::move(all)}, {"walls", std::move(walls)}};
}

void PrintWall(const Wall& wall) {
  fmt::print("wall         {}: {}, {}\nsession      {} at {}\npage         {} (capture {})\n", wall.id.value,
             wall.page_class, sessions::WallStateName(wall.state), Who(wall.persona, wall.job), wall.host,
             ForTerminal(wall.url), wall.capture.value);
  fmt::print("opened       {}\nwhy          {}\ntitle        {}\n", FormatUtc(wall.opened),
             ForTerminal(wall.note), ForTerminal(wall.title));
  PrintPictures(wall);
  if (wall.form.action.empty())
    fmt::print("form         none; bring cookies with `nightjar session import-cookies`\n");
  else
    fmt::print("form         {} {}\n", wall.form.method, ForTerminal(wall.form.action));
  for (const std::string& field : sessions::FieldsToFill(wall.form))
    fmt::print("  fill in    {}\n", ForTerminal(field));
  for (const auto& input : wall.form.inputs)
    if (input.type == "hidden")
      fmt::print("  hidden     {} = {}\n", ForTerminal(input.name), ForTerminal(input.value));
  std::string_view text = wall.text;
  fmt::print("text\n");
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    fmt::print("  {}\n", ForTerminal(line));
  }
}

void PrintPersona(const Persona& persona, const SessionOverview& overview) {
  fmt::print("persona      {}\nhosts        {}\nsecrets      {}\n", persona.id,
             fmt::join(persona.hosts, "\n             "),
             persona.username.empty() || persona.password.empty() ? "not complete; see `session set-secret`"
                                                                  : "user name and password are stored");
  fmt::print("quota        {} an hour, {} a day (0: no bound)\nhours        {}\npaused       {}\n",
             persona.per_hour, persona.per_day,
             persona.hours.empty() ? "always" : sessions::FormatHours(persona.hours) + " UTC",
             persona.paused ? "yes" : "no");
  for (const Session& session : overview.sessions) {
    if (session.persona != persona.id) continue;
    fmt::print("\nsession at {} (job {})\n", session.host, session.job.value);
    for (const auto& change : session.history)
      fmt::print("  {}  {:<12} {}\n", FormatUtc(change.at), sessions::StateName(change.state), change.cause);
  }
}

}  // namespace nightjar::cli
