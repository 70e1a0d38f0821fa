// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/database_pool.h"

#include <sys/stat.h>

#include "indexer/query/schema.h"
#include "indexer/query/xapian_errors.h"

namespace nightjar::query {
namespace {

Status CheckSchema(const Xapian::Database& database, const std::string& folder) {
  const std::string version = database.get_metadata(std::string(kSchemaVersionKey));
  if (version == kSchemaVersion) return {};
  if (version.empty()) return Fail(Code::kNotFound, "the index is being made", folder);
  return Fail(Code::kRefused, "the index was written by another version; run nightjar index rebuild", folder);
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
  handle = std::make_unique<Handle>(Handle{Xapian::Database(folder_), now.st_dev, now.st_ino});
  RETURN_IF_ERROR(CheckSchema(handle->database, folder_));
  return handle;
}

void DatabasePool::Return(std::unique_ptr<Handle> handle) {
  const std::scoped_lock lock(mutex_);
  if (idle_.size() < kKept) idle_.push_back(std::move(handle));
}

Error DatabasePool::Translate(const Xapian::Error& error) const { return FromXapian(error, folder_); }

}  // namespace nightjar::query
