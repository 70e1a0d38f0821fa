// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/database_pool.h"

#include <sys/stat.h>

#include <filesystem>

#include "base/decimal.h"
#include "indexer/query/layout.h"
#include "indexer/query/schema.h"
#include "indexer/query/xapian_errors.h"

namespace nightjar::query {
namespace {

// The number of shards.
Result<unsigned> CheckSchema(const columns::Snapshot& columns, const std::string& folder) {
  ASSIGN_OR_RETURN(const std::string version, columns.Meta(kSchemaVersionKey));
  if (version.empty()) return Fail(Code::kNotFound, "the index is being made", folder);
  if (version != kSchemaVersion)
    return Fail(Code::kRefused, "the index was written by another version; run nightjar index rebuild",
                folder);
  ASSIGN_OR_RETURN(const std::string shards, columns.Meta(kShardsKey));
  return static_cast<unsigned>(ParseDecimal(shards).value_or(0));
}

}  // namespace

Result<std::unique_ptr<DatabasePool::Handle>> DatabasePool::Borrow() {
  struct stat now {};
  if (::stat(folder_.c_str(), &now) != 0) return Fail(Code::kNotFound, "there is no index here yet", folder_);
  std::unique_ptr<Handle> handle;
  {
    const std::scoped_lock lock(mutex_);
    std::erase_if(idle_,
                  [&](const auto& idle) { return idle->inode != now.st_ino || idle->device != now.st_dev; });
    if (!idle_.empty()) {
      handle = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (handle) {
    handle->database.reopen();
    return handle;
  }
  handle = std::make_unique<Handle>(Handle{.device = now.st_dev, .inode = now.st_ino});
  RETURN_IF_ERROR(Open(*handle));
  return handle;
}

Status DatabasePool::Open(Handle& handle) const {
  if (std::filesystem::exists(folder_ + "/iamglass"))
    return Fail(Code::kRefused, "the index was written by another version; run nightjar index rebuild",
                folder_);
  ASSIGN_OR_RETURN(handle.columns, columns::Reader::Open(ColumnsFolder(folder_)));
  ASSIGN_OR_RETURN(const auto columns, columns::Snapshot::Take(*handle.columns));
  ASSIGN_OR_RETURN(handle.shards, CheckSchema(*columns, folder_));
  for (unsigned i = 0; i < handle.shards; ++i)
    handle.database.add_database(Xapian::Database(ShardFolder(folder_, i)));
  return {};
}

void DatabasePool::Return(std::unique_ptr<Handle> handle) {
  const std::scoped_lock lock(mutex_);
  if (idle_.size() < kKept) idle_.push_back(std::move(handle));
}

Error DatabasePool::Translate(const Xapian::Error& error) const { return FromXapian(error, folder_); }

}  // namespace nightjar::query
