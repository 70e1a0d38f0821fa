// SPDX-License-Identifier: Apache-2.0
// The LMDB environments of this process, each open once and shared by all its users. For the files of this
// folder only.
//
// Why once: LMDB keeps its reader slots with fcntl locks, and POSIX drops all of a process's locks on a file
// as soon as the process closes any descriptor of it (lmdb.h, "Caveats").
#pragma once

#include <lmdb.h>
#include <sys/types.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "archive/store/store.h"
#include "base/unique_fd.h"

namespace nightjar::store {

struct Environment {
  MDB_env* handle = nullptr;
  UniqueFd reader_table;  // of lock.mdb, closed after `handle`: closing it earlier would drop LMDB's locks
  std::string folder;
  bool read_only = false;
  dev_t device = 0;  // of data.mdb: what "the same environment" means
  ino_t inode = 0;
  std::size_t users = 0;  // guarded by the registry's mutex

  std::mutex tables_mutex;  // held while tables are opened: LMDB wants one opener at a time
  std::map<std::string, MDB_dbi> tables;

  std::atomic<std::int64_t> next_reader_check{0};  // Clock::Mono(), microseconds
  std::atomic<std::thread::id> writer{};           // the thread of this process that holds the write lock

  Environment() = default;
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment();

  // Frees the reader slots of dead processes if a minute has passed since the last time.
  void ClearStaleReaders(const Clock& clock);
};

struct EnvironmentReleaser {
  void operator()(Environment* environment) const;
};
// One user's hold; the last one closes the environment.
using EnvironmentHold = std::unique_ptr<Environment, EnvironmentReleaser>;

struct OpenedTables {
  EnvironmentHold environment;
  std::vector<MDB_dbi> tables;  // in the order of Options::tables
};
[[nodiscard]] Result<OpenedTables> OpenEnvironment(const Options& options);

// Whether this process has the store in `folder` open.
[[nodiscard]] bool IsOpenHere(const std::string& folder);

}  // namespace nightjar::store
