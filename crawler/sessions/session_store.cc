// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/session_store.h"

#include <filesystem>

#include "archive/store/store.h"
#include "base/cipher.h"
#include "base/codec.h"
#include "base/file.h"

namespace nightjar::sessions {
namespace {

constexpr store::Table kPersonas{0};
constexpr store::Table kJars{1};
constexpr store::Table kSessions{2};
constexpr store::Table kWalls{3};
constexpr store::Table kResumes{4};
constexpr mode_t kSecretsMode = 0700;

void Close(Wall& wall, const std::string& note, UtcTime now) {
  wall.state = WallState::kClosed;
  wall.note = note;
  wall.changed = now;
  wall.answers.clear();
  for (WallPicture& picture : wall.pictures) picture.bytes.clear();
}

bool SameSession(const Wall& a, const Wall& b) {
  return KeyOf(a.persona, a.job, a.host) == KeyOf(b.persona, b.job, b.host);
}

}  // namespace

struct SessionStore::State {
  std::shared_ptr<store::Env> env;
  SealingKey key;
  const Clock* clock;
  Random* random;

  static std::string Place(store::Table table, std::string_view row) {
    return std::to_string(table.index) + "/" + std::string(row);
  }
  Status Put(store::WriteTxn& txn, store::Table table, std::string_view row, ByteView plain) const {
    return txn.Put(table, row, key.Seal(plain, Place(table, row), *random));
  }
  Result<std::optional<Bytes>> Get(const store::ReadTxn& txn, store::Table table,
                                   std::string_view row) const {
    ASSIGN_OR_RETURN(const auto sealed, txn.Get(table, row));
    if (!sealed) return std::nullopt;
    ASSIGN_OR_RETURN(Bytes plain, key.Open(*sealed, Place(table, row)));
    return plain;
  }
  // Every row of a sealed table, decoded.
  template <typename T, typename Decode>
  Result<std::vector<T>> List(const store::ReadTxn& txn, store::Table table, Decode decode) const {
    std::vector<T> list;
    ASSIGN_OR_RETURN(auto cursor, txn.Open(table));
    ASSIGN_OR_RETURN(auto entry, cursor.First());
    while (entry) {
      ASSIGN_OR_RETURN(const Bytes plain, key.Open(entry->value, Place(table, entry->key)));
      ASSIGN_OR_RETURN(T value, decode(plain));
      list.push_back(std::move(value));
      ASSIGN_OR_RETURN(entry, cursor.Next());
    }
    return list;
  }
  Result<std::vector<Wall>> Walls(const store::ReadTxn& txn) const {
    return List<Wall>(txn, kWalls, DecodeWall);
  }
  Status PutWall(store::WriteTxn& txn, const Wall& wall) const {
    return Put(txn, kWalls, BigEndianKey(wall.id.value), Encode(wall));
  }
};

SessionStore::SessionStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
SessionStore::~SessionStore() = default;

Result<std::unique_ptr<SessionStore>> SessionStore::Open(const Options& options) {
  Random& random = options.random != nullptr ? *options.random : SystemRandom();
  const Clock& clock = options.clock != nullptr ? *options.clock : SystemClock();
  RETURN_IF_ERROR(MakeFolders(std::filesystem::path(options.key_path).parent_path().string(), kSecretsMode));
  ASSIGN_OR_RETURN(const SealingKey key, SealingKey::LoadOrCreate(options.key_path, random));
  store::Options store;
  store.folder = options.folder;
  store.tables = {"personas", "jars", "sessions", "walls", "resumes"};
  ASSIGN_OR_RETURN(auto env, store::Env::Open(store));
  return std::unique_ptr<SessionStore>(
      new SessionStore(std::make_unique<State>(State{std::move(env), key, &clock, &random})));
}

Status SessionStore::AddPersona(const Persona& persona) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(const auto there, txn.Get(kPersonas, persona.id));
  if (there) return Fail(Code::kAlreadyExists, "a persona of this name exists already", persona.id);
  RETURN_IF_ERROR(state_->Put(txn, kPersonas, persona.id, Encode(persona)));
  return txn.Commit();
}

Result<Persona> SessionStore::GetPersona(const std::string& id) const {
  RETURN_IF_ERROR(CheckName("persona", id));
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto row, state_->Get(txn, kPersonas, id));
  if (!row) return Fail(Code::kNotFound, "there is no such persona; `nightjar session list` shows them", id);
  return DecodePersona(*row);
}

Result<std::vector<Persona>> SessionStore::ListPersonas() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  return state_->List<Persona>(txn, kPersonas, DecodePersona);
}

Status SessionStore::ChangePersona(const std::string& id, const std::function<void(Persona&)>& change) {
  RETURN_IF_ERROR(CheckName("persona", id));
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(const auto row, state_->Get(txn, kPersonas, id));
  if (!row) return Fail(Code::kNotFound, "there is no such persona; `nightjar session list` shows them", id);
  ASSIGN_OR_RETURN(Persona persona, DecodePersona(*row));
  change(persona);
  RETURN_IF_ERROR(state_->Put(txn, kPersonas, id, Encode(persona)));
  return txn.Commit();
}

Status SessionStore::RemovePersona(const std::string& id) {
  ASSIGN_OR_RETURN(const Persona persona, GetPersona(id));
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  RETURN_IF_ERROR(txn.Delete(kPersonas, id));
  for (const std::string& host : persona.hosts) {
    const std::string key = KeyOf(id, {}, host);
    RETURN_IF_ERROR(txn.Delete(kJars, key));
    RETURN_IF_ERROR(txn.Delete(kSessions, key));
  }
  ASSIGN_OR_RETURN(auto walls, state_->Walls(txn));
  for (Wall& wall : walls) {
    if (wall.persona != id || wall.state == WallState::kClosed) continue;
    Close(wall, "the persona was removed", state_->clock->Utc());
    RETURN_IF_ERROR(state_->PutWall(txn, wall));
  }
  return txn.Commit();
}

Result<Jar> SessionStore::GetJar(const std::string& key, const std::string& host) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto row, state_->Get(txn, kJars, key));
  return row ? Jar::Decode(*row) : Jar(host);
}

Status SessionStore::PutJar(const std::string& key, const Jar& jar) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  RETURN_IF_ERROR(state_->Put(txn, kJars, key, jar.Encode()));
  return txn.Commit();
}

Result<std::optional<Session>> SessionStore::GetSession(const std::string& key) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kSessions, key));
  if (!row) return std::nullopt;
  ASSIGN_OR_RETURN(Session session, DecodeSession(*row));
  return session;
}

Status SessionStore::PutSession(const Session& session) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  RETURN_IF_ERROR(txn.Put(kSessions, KeyOf(session), Encode(session)));
  return txn.Commit();
}

Result<std::vector<Session>> SessionStore::ListSessions() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  std::vector<Session> list;
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kSessions));
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    ASSIGN_OR_RETURN(Session session, DecodeSession(entry->value));
    list.push_back(std::move(session));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return list;
}

Result<WallId> SessionStore::OpenWall(Wall wall) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(auto walls, state_->Walls(txn));
  wall.id.value = walls.empty() ? 1 : walls.back().id.value + 1;
  wall.opened = wall.changed = state_->clock->Utc();
  std::size_t closed = 0;
  for (Wall& old : walls) {
    if (old.state != WallState::kClosed && SameSession(old, wall)) {
      Close(old, "another wall took its place", wall.opened);
      RETURN_IF_ERROR(state_->PutWall(txn, old));
    }
    closed += old.state == WallState::kClosed ? 1 : 0;
  }
  for (const Wall& old : walls) {
    if (closed <= kMaxClosedWalls) break;
    if (old.state != WallState::kClosed) continue;
    RETURN_IF_ERROR(txn.Delete(kWalls, BigEndianKey(old.id.value)));
    --closed;
  }
  RETURN_IF_ERROR(state_->PutWall(txn, wall));
  RETURN_IF_ERROR(txn.Commit());
  return wall.id;
}

Result<Wall> SessionStore::GetWall(WallId id) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto row, state_->Get(txn, kWalls, BigEndianKey(id.value)));
  if (!row)
    return Fail(Code::kNotFound, "there is no such wall; `nightjar session list` shows them",
                "wall " + std::to_string(id.value));
  return DecodeWall(*row);
}

Result<std::vector<Wall>> SessionStore::ListWalls() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  return state_->Walls(txn);
}

Status SessionStore::ChangeWall(WallId id, const std::function<Status(Wall&)>& change) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(const auto row, state_->Get(txn, kWalls, BigEndianKey(id.value)));
  if (!row)
    return Fail(Code::kNotFound, "there is no such wall; `nightjar session list` shows them",
                "wall " + std::to_string(id.value));
  ASSIGN_OR_RETURN(Wall wall, DecodeWall(*row));
  RETURN_IF_ERROR(change(wall));
  wall.changed = state_->clock->Utc();
  if (wall.state == WallState::kClosed) Close(wall, wall.note, wall.changed);
  RETURN_IF_ERROR(state_->PutWall(txn, wall));
  return txn.Commit();
}

Status SessionStore::AskToResume(const std::string& key) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  RETURN_IF_ERROR(txn.Put(kResumes, key, ""));
  return txn.Commit();
}

Result<std::vector<std::string>> SessionStore::TakeResumes() {
  std::vector<std::string> keys;
  {
    ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
    ASSIGN_OR_RETURN(auto cursor, txn.Open(kResumes));
    ASSIGN_OR_RETURN(auto entry, cursor.First());
    while (entry) {
      keys.emplace_back(entry->key);
      ASSIGN_OR_RETURN(entry, cursor.Next());
    }
  }
  if (keys.empty()) return keys;
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  for (const std::string& key : keys) RETURN_IF_ERROR(txn.Delete(kResumes, key));
  RETURN_IF_ERROR(txn.Commit());
  return keys;
}

Status SessionStore::ForgetHost(const std::string& host) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  std::vector<std::pair<store::Table, Bytes>> gone;
  for (const store::Table table : {kJars, kSessions, kResumes}) {
    ASSIGN_OR_RETURN(auto cursor, txn.Open(table));
    ASSIGN_OR_RETURN(auto entry, cursor.First());
    while (entry) {
      if (entry->key.ends_with("/" + host)) gone.emplace_back(table, entry->key);
      ASSIGN_OR_RETURN(entry, cursor.Next());
    }
  }
  ASSIGN_OR_RETURN(const auto walls, state_->Walls(txn));
  for (const Wall& wall : walls)
    if (wall.host == host) gone.emplace_back(kWalls, BigEndianKey(wall.id.value));
  for (const auto& [table, key] : gone) RETURN_IF_ERROR(txn.Delete(table, key));
  return txn.Commit();
}

}  // namespace nightjar::sessions
