// SPDX-License-Identifier: Apache-2.0
// Personas, their cookies, sessions and open walls on disk: LMDB in <data>/sessions, key in <data>/secrets.
// The command line and the service write personas and answers, the crawl role the rest; LMDB lets all of them
// in at once. Each call is one transaction, durable when it returns.
//
// Tables: personas (by id), jars and sessions (by session key), walls (by number); all but sessions are
// sealed (base/cipher.h), bound to table and key. README.md has the rows.
#pragma once

#include <functional>
#include <memory>

#include "base/random.h"
#include "crawler/sessions/jar.h"
#include "crawler/sessions/persona.h"
#include "crawler/sessions/session.h"
#include "crawler/sessions/wall.h"

namespace nightjar::sessions {

inline constexpr std::size_t kMaxClosedWalls = 200;  // older ones are forgotten

// Thread-safe.
class SessionStore final {
 public:
  struct Options {
    std::string folder;
    std::string key_path;          // made, mode 0600, where there is none
    const Clock* clock = nullptr;  // default: the machine's
    Random* random = nullptr;      // default: the kernel's
  };
  [[nodiscard]] static Result<std::unique_ptr<SessionStore>> Open(const Options& options);
  ~SessionStore();

  [[nodiscard]] Status AddPersona(const Persona& persona);                // kAlreadyExists
  [[nodiscard]] Result<Persona> GetPersona(const std::string& id) const;  // kNotFound
  [[nodiscard]] Result<std::vector<Persona>> ListPersonas() const;
  // What `change` makes of the stored persona, in one transaction.
  [[nodiscard]] Status ChangePersona(const std::string& id, const std::function<void(Persona&)>& change);
  // With its jars and sessions; its walls are closed.
  [[nodiscard]] Status RemovePersona(const std::string& id);

  // An empty jar where none is stored.
  [[nodiscard]] Result<Jar> GetJar(const std::string& key, const std::string& host) const;
  [[nodiscard]] Status PutJar(const std::string& key, const Jar& jar);

  [[nodiscard]] Result<std::optional<Session>> GetSession(const std::string& key) const;
  [[nodiscard]] Status PutSession(const Session& session);
  [[nodiscard]] Result<std::vector<Session>> ListSessions() const;

  // Gives the wall its number and stores it; open walls of the same session are closed, for only the newest
  // form can still be sent.
  [[nodiscard]] Result<WallId> OpenWall(Wall wall);
  [[nodiscard]] Result<Wall> GetWall(WallId id) const;        // kNotFound
  [[nodiscard]] Result<std::vector<Wall>> ListWalls() const;  // closed ones too, oldest first
  [[nodiscard]] Status ChangeWall(WallId id, const std::function<Status(Wall&)>& change);

  // Jars, sessions and walls of the host are gone; durable, but old pages keep them until store::Compact().
  [[nodiscard]] Status ForgetHost(const std::string& host);

  // What `nightjar session resume` leaves for the crawl role: the session may be tried again now.
  [[nodiscard]] Status AskToResume(const std::string& key);
  [[nodiscard]] Result<std::vector<std::string>> TakeResumes();

 private:
  struct State;
  explicit SessionStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::sessions
