// SPDX-License-Identifier: Apache-2.0
// Personas, sessions and walls as tables and JSON for `nightjar session`. Shows no secret: of an account only
// whether it has a user name, a password, cookies.
#pragma once

#include "base/json.h"
#include "crawler/sessions/session_store.h"

namespace nightjar::cli {

// Everything of one store at one time.
struct SessionOverview {
  std::vector<sessions::Persona> personas;
  std::vector<sessions::Session> sessions;
  std::vector<sessions::Wall> walls;
};
[[nodiscard]] Result<SessionOverview> ReadSessions(const sessions::SessionStore& store);

void PrintOverview(const SessionOverview& overview);  // open walls only
[[nodiscard]] json::object ToJson(const SessionOverview& overview);

void PrintWall(const sessions::Wall& wall);
void PrintPersona(const sessions::Persona& persona, const SessionOverview& overview);

}  // namespace nightjar::cli
