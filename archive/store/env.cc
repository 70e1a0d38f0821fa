// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include "archive/store/lmdb_error.h"
#include "archive/store/store.h"
#include "archive/store/transaction.h"
#include "base/file.h"
#include "base/unique_fd.h"

namespace nightjar::store {

Env::Env(std::unique_ptr<State> state) : state_(std::move(state)) {}
Env::~Env() = default;

Result<std::shared_ptr<Env>> Env::Open(const Options& options) {
  const Clock* clock = options.clock != nullptr ? options.clock : &SystemClock();
  ASSIGN_OR_RETURN(auto opened, OpenEnvironment(options));
  opened.environment->ClearStaleReaders(*clock);
  auto state = std::make_unique<State>(
      State{std::move(opened.environment), std::move(opened.tables), options.read_only, clock});
  return std::shared_ptr<Env>(new Env(std::move(state)));
}

Result<ReadTxn> Env::Read() const {
  Environment& environment = *state_->environment;
  environment.ClearStaleReaders(*state_->clock);
  MDB_txn* handle = nullptr;
  int code = mdb_txn_begin(environment.handle, nullptr, MDB_RDONLY, &handle);
  if (code == MDB_READERS_FULL) {  // perhaps with the slots of the dead
    int dead = 0;
    mdb_reader_check(environment.handle, &dead);
    code = mdb_txn_begin(environment.handle, nullptr, MDB_RDONLY, &handle);
  }
  if (code != 0) return FailLmdb(code, "cannot begin to read", environment.folder);
  auto transaction = std::make_shared<ReadTxn::Transaction>();
  transaction->environment = &environment;
  transaction->handle = handle;
  return ReadTxn(shared_from_this(), std::move(transaction));
}

Result<WriteTxn> Env::Write() {
  Environment& environment = *state_->environment;
  if (state_->read_only) return Fail(Code::kRefused, "was opened for reading only", environment.folder);
  if (environment.writer.load() == std::this_thread::get_id()) {
    return Fail(Code::kInternal, "this thread already has a write transaction open here", environment.folder);
  }
  environment.ClearStaleReaders(*state_->clock);
  MDB_txn* handle = nullptr;
  const int code = mdb_txn_begin(environment.handle, nullptr, 0, &handle);
  if (code != 0) return FailLmdb(code, "cannot begin to write", environment.folder);
  environment.writer.store(std::this_thread::get_id());
  auto transaction = std::make_shared<ReadTxn::Transaction>();
  transaction->environment = &environment;
  transaction->handle = handle;
  transaction->writes = true;
  return WriteTxn(shared_from_this(), std::move(transaction));
}

Status Env::CopyTo(const std::string& folder) const {
  const Environment& environment = *state_->environment;
  RETURN_IF_ERROR(MakeFolders(folder));
  const int code = mdb_env_copy2(environment.handle, folder.c_str(), MDB_CP_COMPACT);
  if (code != 0) return FailLmdb(code, "cannot copy the store", folder);
  const std::string copy = folder + "/data.mdb";
  const UniqueFd written(::open(copy.c_str(), O_RDONLY | O_CLOEXEC));
  if (!written || ::fsync(written.get()) != 0) return FailErrno("cannot fsync the copy", copy);
  return SyncFolder(folder);
}

}  // namespace nightjar::store
