// SPDX-License-Identifier: Apache-2.0
// The only door to LMDB: environments, tables, transactions, cursors. Always default sync: a committed write
// transaction survives a power cut. No LMDB type leaves this folder, and no exception is thrown.
//
// Traps this wrapper takes care of (lmdb.h, measured notes in archive/store/README.md): one environment is
// never opened twice in a process (a second Open() shares the living one); stale readers are cleared at open
// and once a minute; the map is large and sparse; a full disk at commit arrives as EIO and is reported as
// kFull where statvfs says so; a cursor may outlive its transaction. Not across fork(): a child opens anew.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace nightjar::store {

// Names a table of an environment by its place in Options::tables.
struct Table {
  std::size_t index = 0;
};

struct Options {
  std::string folder;                   // made if missing (not when read_only)
  std::vector<std::string> tables;      // made if missing; index = Table::index
  std::uint64_t map_size = 1ULL << 40;  // bytes of address space, not of disk
  bool read_only = false;
  unsigned max_readers = 256;    // concurrent read transactions over all processes
  const Clock* clock = nullptr;  // times the search for stale readers; the machine's clock when null
};

// Keys are 1 to 511 bytes (LMDB's compiled limit); others are refused (kRefused).
inline constexpr std::size_t kMaxKeySize = 511;

class ReadTxn;
class WriteTxn;

// One opener's view of an environment: its own tables, its own right to write. Thread-safe. Lives as long as
// any transaction of it.
class Env final : public std::enable_shared_from_this<Env> {
 public:
  // kNotFound (read_only and no environment or table there), kUnavailable (locked, version), kCorrupt, kIo.
  // A folder that this process has open already is shared, whatever the path's spelling; tables the living
  // environment lacks are added to it. kUnavailable when it is open read-only here and is now asked for
  // writing: LMDB cannot change that, so a process opens for writing first.
  [[nodiscard]] static Result<std::shared_ptr<Env>> Open(const Options& options);
  ~Env();
  Env(const Env&) = delete;
  Env& operator=(const Env&) = delete;

  // A snapshot. Keep it short: it pins old pages. kUnavailable when all reader slots are taken.
  [[nodiscard]] Result<ReadTxn> Read() const;
  // Waits for the other writer, if any (over processes). Must be committed or dropped in the thread that
  // began it (else the process aborts); a thread that has one open gets kInternal, not a deadlock. kRefused
  // when opened read_only, kIo after a write error that only reopening the environment cures.
  [[nodiscard]] Result<WriteTxn> Write();

  // A durable copy of the environment made while it is in use, compacted, into an empty folder (made if
  // missing). kFull when it does not fit.
  [[nodiscard]] Status CopyTo(const std::string& folder) const;

 private:
  friend class ReadTxn;
  friend class WriteTxn;
  struct State;
  explicit Env(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A position in one table. Views are valid until the transaction ends or (in a WriteTxn) writes. After the
// end of its transaction every call returns kInternal.
class Cursor final {
 public:
  Cursor(Cursor&&) noexcept;
  Cursor& operator=(Cursor&&) noexcept;
  ~Cursor();

  struct Entry {
    std::string_view key;
    std::string_view value;
  };
  // Each moves and returns the entry there, or nothing past either end.
  [[nodiscard]] Result<std::optional<Entry>> Seek(std::string_view key);  // first entry with key >= `key`
  [[nodiscard]] Result<std::optional<Entry>> First();
  [[nodiscard]] Result<std::optional<Entry>> Last();
  [[nodiscard]] Result<std::optional<Entry>> Next();
  [[nodiscard]] Result<std::optional<Entry>> Previous();

 private:
  friend class ReadTxn;
  struct Position;
  explicit Cursor(std::unique_ptr<Position> position);
  Result<std::optional<Entry>> Move(int operation, std::string_view key = {});  // operation: MDB_cursor_op
  std::unique_ptr<Position> position_;
};

// One snapshot; one thread at a time.
class ReadTxn {
 public:
  ReadTxn(ReadTxn&&) noexcept;
  ReadTxn& operator=(ReadTxn&&) noexcept;
  virtual ~ReadTxn();

  [[nodiscard]] Result<std::optional<std::string_view>> Get(Table table, std::string_view key) const;
  [[nodiscard]] Result<Cursor> Open(Table table) const;
  [[nodiscard]] Result<std::uint64_t> Count(Table table) const;  // entries in the table

 protected:
  friend class Env;
  struct Transaction;
  friend struct Cursor::Position;
  ReadTxn(std::shared_ptr<const Env> env, std::shared_ptr<Transaction> transaction);
  std::shared_ptr<const Env> env_;
  std::shared_ptr<Transaction>
      transaction_;  // shared with its cursors, which only learn from it that it ended
};

// All or nothing. Dropping it without Commit() undoes everything.
class WriteTxn final : public ReadTxn {
 public:
  WriteTxn(WriteTxn&&) noexcept = default;
  WriteTxn& operator=(WriteTxn&&) noexcept = default;

  [[nodiscard]] Status Put(Table table, std::string_view key, std::string_view value);
  // False when the key is there already (nothing is changed).
  [[nodiscard]] Result<bool> PutNew(Table table, std::string_view key, std::string_view value);
  // Put at the end of the table: `key` must be greater than every key in it (else kInternal). Pages are then
  // filled to the brim, where Put() leaves half of each empty on the way.
  [[nodiscard]] Status PutLast(Table table, std::string_view key, std::string_view value);
  // False when there was nothing to delete.
  [[nodiscard]] Result<bool> Delete(Table table, std::string_view key);
  [[nodiscard]] Status Clear(Table table);

  // Durable when it returns OK; the transaction is gone either way. After kFull nothing was stored. After
  // kIo close and reopen: nothing was stored, unless the disk kept the very last page it reported as failed.
  [[nodiscard]] Status Commit();

 private:
  friend class Env;
  using ReadTxn::ReadTxn;
  [[nodiscard]] Result<bool> Store(Table table, std::string_view key, std::string_view value, unsigned flags);
};

}  // namespace nightjar::store
