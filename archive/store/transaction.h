// SPDX-License-Identifier: Apache-2.0
// What stands behind Env, transactions and cursors. For the files of this folder only.
#pragma once

#include <lmdb.h>

#include <memory>
#include <set>
#include <string_view>
#include <vector>

#include "archive/store/environment.h"
#include "archive/store/store.h"

namespace nightjar::store {

struct Env::State {
  EnvironmentHold environment;
  std::vector<MDB_dbi> tables;
  bool read_only = false;
  const Clock* clock = nullptr;
};

struct ReadTxn::Transaction {
  Environment* environment = nullptr;  // held open by the Env of the transaction
  MDB_txn* handle = nullptr;           // null once ended
  bool writes = false;
  std::set<MDB_cursor**> cursors;  // to be closed before the end: LMDB frees a write transaction's itself

  // Ends the transaction; the code is mdb_txn_commit's. No-op when ended already.
  int Commit();
  void Abort();

 private:
  MDB_txn* Detach();
};

struct Cursor::Position {
  std::shared_ptr<ReadTxn::Transaction> transaction;
  MDB_cursor* handle = nullptr;  // null once the transaction has ended

  Position() = default;
  Position(const Position&) = delete;
  Position& operator=(const Position&) = delete;
  ~Position();
};

[[nodiscard]] inline MDB_val ToVal(std::string_view bytes) {
  return {bytes.size(), const_cast<char*>(bytes.data())};
}
[[nodiscard]] inline std::string_view FromVal(const MDB_val& val) {
  return {static_cast<const char*>(val.mv_data), val.mv_size};
}

}  // namespace nightjar::store
