// SPDX-License-Identifier: Apache-2.0
#include "archive/store/environment.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <optional>

#include "archive/store/lmdb_error.h"
#include "base/file.h"
#include "base/log.h"

namespace nightjar::store {
namespace {

constexpr MDB_dbi kMaxTables = 64;  // LMDB fixes it at open; every transaction pays a few bytes for each
constexpr mode_t kFileMode = 0640;
constexpr auto kReaderCheckEvery = std::chrono::minutes(1);

struct Registry {
  std::mutex mutex;  // held while environments open and close; nobody waits for a write transaction under it
  std::vector<std::unique_ptr<Environment>> living;
};

Registry& TheRegistry() {
  static auto* registry = new Registry;  // never destroyed: environments may be released at exit
  return *registry;
}

Environment* FindLiving(Registry& registry, const std::string& folder) {
  struct stat info {};
  if (::stat((folder + "/data.mdb").c_str(), &info) != 0) return nullptr;
  const auto same = [&](const auto& e) { return e->device == info.st_dev && e->inode == info.st_ino; };
  const auto found = std::ranges::find_if(registry.living, same);
  return found == registry.living.end() ? nullptr : found->get();
}

std::uint64_t WholePages(std::uint64_t bytes) {
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return std::max(page, bytes / page * page);
}

// LMDB makes lock.mdb sparse and writes reader slots through a map of it: on a full disk the first use of a
// page would be a SIGBUS. So its pages are allocated now, where a failure is an error.
Status AllocateReaderTable(Environment& environment) {
  const std::string path = environment.folder + "/lock.mdb";
  environment.reader_table.Reset(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  struct stat info {};
  if (!environment.reader_table || ::fstat(environment.reader_table.get(), &info) != 0)
    return FailErrno("cannot open the reader table", path);
  errno = ::posix_fallocate(environment.reader_table.get(), 0, info.st_size);
  if (errno != 0) return FailErrno("cannot allocate the reader table", path);
  return {};
}

// LMDB aborts after this: it gives no other way out of a page that cannot be right.
void SayDamaged(MDB_env* env, const char* message) {
  const char* path = "";
  mdb_env_get_path(env, &path);
  log::error(
      "the pages of the store {} are damaged, and reading cannot go on: `nightjar archive scrub` says which "
      "({})",
      path, message);
}

int Configure(Environment& environment, const Options& options) {
  int code = mdb_env_create(&environment.handle);
  if (code == 0) code = mdb_env_set_assert(environment.handle, &SayDamaged);
  if (code == 0) code = mdb_env_set_mapsize(environment.handle, WholePages(options.map_size));
  if (code == 0) code = mdb_env_set_maxdbs(environment.handle, kMaxTables);
  if (code == 0) code = mdb_env_set_maxreaders(environment.handle, options.max_readers);
  return code;
}

// An empty store under a name of its own, gone again at the end.
Status MakeEmpty(const Options& options, const std::string& name) {
  Environment empty;
  int code = Configure(empty, options);
  if (code == 0) code = mdb_env_open(empty.handle, name.c_str(), MDB_NOSUBDIR | MDB_NOLOCK, kFileMode);
  if (code != 0) return FailLmdb(code, "cannot make the store", options.folder);
  int descriptor = -1;
  mdb_env_get_fd(empty.handle, &descriptor);
  if (::fsync(descriptor) != 0) return FailErrno("cannot fsync", name);
  return {};
}

// LMDB writes the first pages of a new data.mdb without fsync and never makes its name durable: a power cut
// could leave a file of zeros, which is no store, or take a store away in which much was committed. So it
// gets its name when it is whole, and its name is durable before anything is committed. Of several processes
// that make the same store one succeeds, and all go on with that.
Status MakeDurably(const Options& options) {
  const std::string path = options.folder + "/data.mdb";
  if (::access(path.c_str(), F_OK) != 0) {
    const std::string name = path + ".new" + std::to_string(::getpid());
    ::unlink(name.c_str());  // left by a process of the same number that died before
    const Status made = MakeEmpty(options, name);
    const bool named = made && (::link(name.c_str(), path.c_str()) == 0 || errno == EEXIST);
    const Status result = made && !named ? Status(FailErrno("cannot create", path)) : made;
    ::unlink(name.c_str());
    RETURN_IF_ERROR(result);
  }
  return SyncFolder(options.folder);  // also for a maker that died before it came here
}

Result<std::unique_ptr<Environment>> OpenAnew(const Options& options) {
  if (!options.read_only) {
    RETURN_IF_ERROR(MakeFolders(options.folder));
    RETURN_IF_ERROR(MakeDurably(options));
  }
  auto environment = std::make_unique<Environment>();
  environment->folder = options.folder;
  environment->read_only = options.read_only;
  int code = Configure(*environment, options);
  // MDB_NOTLS ties a reader slot to its transaction instead of its thread: snapshots may be handed about.
  const unsigned flags = MDB_NOTLS | (options.read_only ? static_cast<unsigned>(MDB_RDONLY) : 0U);
  if (code == 0) code = mdb_env_open(environment->handle, options.folder.c_str(), flags, kFileMode);
  if (code == ENOENT) return Fail(Code::kNotFound, "there is no store here yet", options.folder);
  if (code != 0) return FailLmdb(code, "cannot open the store", options.folder);

  RETURN_IF_ERROR(AllocateReaderTable(*environment));
  int descriptor = -1;
  struct stat info {};
  mdb_env_get_fd(environment->handle, &descriptor);
  if (::fstat(descriptor, &info) != 0) return FailErrno("cannot stat data.mdb", options.folder);
  environment->device = info.st_dev;
  environment->inode = info.st_ino;
  return environment;
}

// Opens the tables that are not open yet, in one transaction. Nothing, if one is missing from the store.
Result<std::optional<std::map<std::string, MDB_dbi>>> OpenTablesIn(const Environment& environment,
                                                                   const std::vector<std::string>& missing,
                                                                   bool create) {
  MDB_txn* transaction = nullptr;
  const unsigned mode = create ? 0U : static_cast<unsigned>(MDB_RDONLY);
  int code = mdb_txn_begin(environment.handle, nullptr, mode, &transaction);
  if (code != 0) return FailLmdb(code, "cannot begin the opening of tables", environment.folder);
  std::map<std::string, MDB_dbi> opened;
  for (const std::string& name : missing) {
    code = mdb_dbi_open(transaction, name.c_str(), create ? static_cast<unsigned>(MDB_CREATE) : 0U,
                        &opened[name]);
    if (code == 0) continue;
    mdb_txn_abort(transaction);
    if (code == MDB_NOTFOUND) return std::nullopt;
    return FailLmdb(code, "cannot open table " + name, environment.folder);
  }
  code = mdb_txn_commit(transaction);  // an abort would close the handles again
  if (code != 0) return FailLmdb(code, "cannot create tables", environment.folder);
  return opened;
}

// The handles of options.tables, after opening those that are not open yet.
Result<std::vector<MDB_dbi>> TablesOf(Environment& environment, const Options& options) {
  if (environment.writer.load() == std::this_thread::get_id())
    return Fail(Code::kInternal, "cannot be opened inside a write transaction on it", options.folder);
  const std::scoped_lock lock(environment.tables_mutex);
  std::vector<std::string> missing;
  for (const std::string& name : options.tables)
    if (!environment.tables.contains(name)) missing.push_back(name);
  if (!missing.empty()) {
    // First without the write lock, which another process may be holding for long.
    ASSIGN_OR_RETURN(auto opened, OpenTablesIn(environment, missing, false));
    if (!opened && options.read_only)
      return Fail(Code::kNotFound, "the writer has not made all tables of this store yet", options.folder);
    if (!opened) {
      ASSIGN_OR_RETURN(opened, OpenTablesIn(environment, missing, true));
    }
    environment.tables.merge(*opened);
  }
  std::vector<MDB_dbi> handles;
  for (const std::string& name : options.tables) handles.push_back(environment.tables.at(name));
  return handles;
}

Result<Environment*> FindOrOpen(Registry& registry, const Options& options) {
  if (Environment* living = FindLiving(registry, options.folder)) {
    if (living->read_only && !options.read_only) {
      return Fail(Code::kUnavailable,
                  "this process has the store open read-only; open it for writing before any reader",
                  options.folder);
    }
    return living;
  }
  ASSIGN_OR_RETURN(auto opened, OpenAnew(options));
  registry.living.push_back(std::move(opened));
  return registry.living.back().get();
}

Result<EnvironmentHold> Hold(const Options& options) {
  Registry& registry = TheRegistry();
  const std::scoped_lock lock(registry.mutex);
  ASSIGN_OR_RETURN(Environment * environment, FindOrOpen(registry, options));
  ++environment->users;
  return EnvironmentHold(environment);
}

}  // namespace

Environment::~Environment() {
  if (handle != nullptr) mdb_env_close(handle);
}

void Environment::ClearStaleReaders(const Clock& clock) {
  const std::int64_t now = clock.Mono().time_since_epoch().count();
  std::int64_t due = next_reader_check.load();
  const std::int64_t next = now + Micros(kReaderCheckEvery).count();
  if (now < due || !next_reader_check.compare_exchange_strong(due, next)) return;
  int dead = 0;
  mdb_reader_check(handle, &dead);  // a failure is met again, with its code, by the transaction that follows
}

void EnvironmentReleaser::operator()(Environment* environment) const {
  Registry& registry = TheRegistry();
  const std::scoped_lock lock(registry.mutex);
  if (--environment->users > 0) return;
  std::erase_if(registry.living, [&](const auto& e) { return e.get() == environment; });
}

bool IsOpenHere(const std::string& folder) {
  Registry& registry = TheRegistry();
  const std::scoped_lock lock(registry.mutex);
  return FindLiving(registry, folder) != nullptr;
}

Result<OpenedTables> OpenEnvironment(const Options& options) {
  ASSIGN_OR_RETURN(auto environment, Hold(options));
  ASSIGN_OR_RETURN(auto tables, TablesOf(*environment, options));
  return OpenedTables{std::move(environment), std::move(tables)};
}

}  // namespace nightjar::store
