// SPDX-License-Identifier: Apache-2.0
#include "archive/store/lmdb_error.h"
#include "archive/store/transaction.h"

namespace nightjar::store {

Cursor::Position::~Position() {
  if (handle == nullptr) return;
  transaction->cursors.erase(&handle);
  mdb_cursor_close(handle);
}

Cursor::Cursor(std::unique_ptr<Position> position) : position_(std::move(position)) {}
Cursor::Cursor(Cursor&&) noexcept = default;
Cursor& Cursor::operator=(Cursor&&) noexcept = default;
Cursor::~Cursor() = default;

Result<Cursor> ReadTxn::Open(Table table) const {
  const Environment& environment = *transaction_->environment;
  if (transaction_->handle == nullptr)
    return Fail(Code::kInternal, "the transaction has ended", environment.folder);
  auto position = std::make_unique<Cursor::Position>();
  const int code =
      mdb_cursor_open(transaction_->handle, env_->state_->tables.at(table.index), &position->handle);
  if (code != 0) return FailLmdb(code, "cannot open a cursor", environment.folder);
  position->transaction = transaction_;
  transaction_->cursors.insert(&position->handle);
  return Cursor(std::move(position));
}

Result<std::optional<Cursor::Entry>> Cursor::Move(int operation, std::string_view key) {
  const Environment& environment = *position_->transaction->environment;
  if (position_->handle == nullptr) return Fail(Code::kInternal, "the cursor's transaction has ended");
  MDB_val at = ToVal(key);
  MDB_val value{};
  const int code = mdb_cursor_get(position_->handle, &at, &value, static_cast<MDB_cursor_op>(operation));
  if (code == MDB_NOTFOUND) return std::nullopt;
  if (code != 0) return FailLmdb(code, "cannot move a cursor", environment.folder);
  return Entry{FromVal(at), FromVal(value)};
}

Result<std::optional<Cursor::Entry>> Cursor::Seek(std::string_view key) {
  return key.empty() ? Move(MDB_FIRST) : Move(MDB_SET_RANGE, key);
}
Result<std::optional<Cursor::Entry>> Cursor::First() { return Move(MDB_FIRST); }
Result<std::optional<Cursor::Entry>> Cursor::Last() { return Move(MDB_LAST); }
Result<std::optional<Cursor::Entry>> Cursor::Next() { return Move(MDB_NEXT); }
Result<std::optional<Cursor::Entry>> Cursor::Previous() { return Move(MDB_PREV); }

}  // namespace nightjar::store
