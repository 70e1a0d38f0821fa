// SPDX-License-Identifier: Apache-2.0
// Read-only handles on the index, lent to one thread at a time and kept for the next. A lent handle shows the
// newest commit of all shards, and the columns as of then or a moment later; a rebuilt index (another folder
// under the same name) is noticed and opened afresh.
#pragma once

#include <sys/types.h>
#include <xapian.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "indexer/columns/snapshot.h"

namespace nightjar::query {

// What one query sees.
struct View {
  Xapian::Database& database;  // all shards
  unsigned shards = 1;
  std::shared_ptr<columns::Snapshot> columns;

  // Xapian numbers the documents of several databases anew; a document's own number is its docid in its
  // shard.
  [[nodiscard]] columns::DocumentNumber NumberOf(Xapian::docid merged) const {
    return (merged - 1) / shards + 1;
  }
  // 0 where there is no such document.
  [[nodiscard]] Xapian::docid MergedOf(columns::DocumentNumber document) const {
    const std::uint32_t shard = columns->Number(columns::Column::kShard, document);
    return shard == 0 ? 0 : (document - 1) * shards + shard;
  }
};

class DatabasePool final {
 public:
  explicit DatabasePool(std::string folder) : folder_(std::move(folder)) {}

  struct Handle {
    Xapian::Database database{};
    unsigned shards = 0;
    std::unique_ptr<columns::Reader> columns{};
    dev_t device = 0;  // of the folder it was opened from
    ino_t inode = 0;
  };

  // Runs `work(view)` under the index's newest revision; `work` returns a Result and may throw
  // Xapian::Error. A reader overtaken by two commits gets DatabaseModifiedError from Xapian, or, where the
  // block it came upon is used again at another level of its tree, DatabaseCorruptError: the work is then
  // done again, and only damage that stays is called damage.
  template <typename Work>
  [[nodiscard]] auto Run(Work&& work) -> decltype(work(std::declval<const View&>())) {
    using Clock = std::chrono::steady_clock;
    const auto begun = Clock::now();
    while (true) {
      try {
        ASSIGN_OR_RETURN(std::unique_ptr<Handle> handle, Borrow());
        ASSIGN_OR_RETURN(auto columns, columns::Snapshot::Take(*handle->columns));
        auto result = work(View{handle->database, handle->shards, std::move(columns)});
        Return(std::move(handle));
        return result;
      } catch (const Xapian::DatabaseModifiedError& error) {
        if (Clock::now() - begun > kPatience) return tl::unexpected<Error>(Translate(error));
      } catch (const Xapian::DatabaseCorruptError& error) {
        if (Clock::now() - begun > kDoubt) return tl::unexpected<Error>(Translate(error));
      } catch (const Xapian::Error& error) {
        return tl::unexpected<Error>(Translate(error));
      }
    }
  }

 private:
  static constexpr std::chrono::seconds kPatience{5};  // commits are a second apart: one more try is the rule
  static constexpr std::chrono::seconds kDoubt{1};     // how long apparent damage is looked at again
  static constexpr std::size_t kKept = 16;             // idle handles; each holds a few descriptors

  [[nodiscard]] Result<std::unique_ptr<Handle>> Borrow();  // throws Xapian::Error
  [[nodiscard]] Status Open(Handle& handle) const;         // throws Xapian::Error
  void Return(std::unique_ptr<Handle> handle);
  [[nodiscard]] Error Translate(const Xapian::Error& error) const;

  const std::string folder_;
  std::mutex mutex_;  // guards idle_
  std::vector<std::unique_ptr<Handle>> idle_;
};

}  // namespace nightjar::query
