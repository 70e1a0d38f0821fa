// SPDX-License-Identifier: Apache-2.0
#include "archive/store/transaction.h"

#include <cstdlib>
#include <utility>

#include "archive/store/lmdb_error.h"
#include "base/log.h"

namespace nightjar::store {
namespace {

Status CheckKey(std::string_view key, const Environment& environment) {
  if (!key.empty() && key.size() <= kMaxKeySize) return {};
  return Fail(Code::kRefused, "a key has 1 to 511 bytes, this one has " + std::to_string(key.size()),
              environment.folder);
}

Status Ended(const Environment& environment) {
  return Fail(Code::kInternal, "the transaction has ended", environment.folder);
}

}  // namespace

MDB_txn* ReadTxn::Transaction::Detach() {
  for (MDB_cursor** cursor : cursors) mdb_cursor_close(std::exchange(*cursor, nullptr));
  cursors.clear();
  if (writes && handle != nullptr) {
    if (environment->writer.load() != std::this_thread::get_id()) {
      log::error("a write transaction on {} ended in another thread than it began in", environment->folder);
      std::abort();  // LMDB's write lock belongs to the thread: going on would corrupt it
    }
    environment->writer.store(std::thread::id{});
  }
  return std::exchange(handle, nullptr);
}

int ReadTxn::Transaction::Commit() {
  MDB_txn* ending = Detach();
  return ending == nullptr ? 0 : mdb_txn_commit(ending);
}

void ReadTxn::Transaction::Abort() {
  if (MDB_txn* ending = Detach()) mdb_txn_abort(ending);
}

ReadTxn::ReadTxn(std::shared_ptr<const Env> env, std::shared_ptr<Transaction> transaction)
    : env_(std::move(env)), transaction_(std::move(transaction)) {}

ReadTxn::ReadTxn(ReadTxn&&) noexcept = default;

ReadTxn& ReadTxn::operator=(ReadTxn&& other) noexcept {
  if (this == &other) return *this;
  if (transaction_) transaction_->Abort();
  transaction_ = std::move(other.transaction_);
  env_ = std::move(other.env_);
  return *this;
}

ReadTxn::~ReadTxn() {
  if (transaction_) transaction_->Abort();
}

Result<std::optional<std::string_view>> ReadTxn::Get(Table table, std::string_view key) const {
  const Environment& environment = *transaction_->environment;
  if (transaction_->handle == nullptr) return tl::unexpected(Ended(environment).error());
  RETURN_IF_ERROR(CheckKey(key, environment));
  MDB_val wanted = ToVal(key);
  MDB_val found{};
  const int code = mdb_get(transaction_->handle, env_->state_->tables.at(table.index), &wanted, &found);
  if (code == MDB_NOTFOUND) return std::nullopt;
  if (code != 0) return FailLmdb(code, "cannot read", environment.folder);
  return FromVal(found);
}

Result<std::uint64_t> ReadTxn::Count(Table table) const {
  const Environment& environment = *transaction_->environment;
  if (transaction_->handle == nullptr) return tl::unexpected(Ended(environment).error());
  MDB_stat stat{};
  const int code = mdb_stat(transaction_->handle, env_->state_->tables.at(table.index), &stat);
  if (code != 0) return FailLmdb(code, "cannot count", environment.folder);
  return stat.ms_entries;
}

// False when the key is there already and `flags` (of mdb_put) forbid that.
Result<bool> WriteTxn::Store(Table table, std::string_view key, std::string_view value, unsigned flags) {
  const Environment& environment = *transaction_->environment;
  if (transaction_->handle == nullptr) return tl::unexpected(Ended(environment).error());
  RETURN_IF_ERROR(CheckKey(key, environment));
  MDB_val at = ToVal(key);
  MDB_val stored = ToVal(value);
  const int code = mdb_put(transaction_->handle, env_->state_->tables.at(table.index), &at, &stored, flags);
  if (code == MDB_KEYEXIST) return false;
  if (code != 0) return FailLmdb(code, "cannot write", environment.folder);
  return true;
}

Status WriteTxn::Put(Table table, std::string_view key, std::string_view value) {
  RETURN_IF_ERROR(Store(table, key, value, 0));
  return {};
}

Result<bool> WriteTxn::PutNew(Table table, std::string_view key, std::string_view value) {
  return Store(table, key, value, MDB_NOOVERWRITE);
}

Status WriteTxn::PutLast(Table table, std::string_view key, std::string_view value) {
  ASSIGN_OR_RETURN(const bool last, Store(table, key, value, MDB_APPEND));
  if (!last) return Fail(Code::kInternal, "the key is not the last one", transaction_->environment->folder);
  return {};
}

Result<bool> WriteTxn::Delete(Table table, std::string_view key) {
  const Environment& environment = *transaction_->environment;
  if (transaction_->handle == nullptr) return tl::unexpected(Ended(environment).error());
  RETURN_IF_ERROR(CheckKey(key, environment));
  MDB_val at = ToVal(key);
  const int code = mdb_del(transaction_->handle, env_->state_->tables.at(table.index), &at, nullptr);
  if (code == MDB_NOTFOUND) return false;
  if (code != 0) return FailLmdb(code, "cannot delete", environment.folder);
  return true;
}

Status WriteTxn::Clear(Table table) {
  const Environment& environment = *transaction_->environment;
  if (transaction_->handle == nullptr) return Ended(environment);
  const int code = mdb_drop(transaction_->handle, env_->state_->tables.at(table.index), 0);
  if (code != 0) return FailLmdb(code, "cannot clear a table", environment.folder);
  return {};
}

Status WriteTxn::Commit() {
  const Environment& environment = *transaction_->environment;
  if (transaction_->handle == nullptr) return Ended(environment);
  const int code = transaction_->Commit();
  if (code != 0) return FailLmdb(code, "cannot commit", environment.folder);
  return {};
}

}  // namespace nightjar::store
