// SPDX-License-Identifier: Apache-2.0
// What stands where in the index's folder: `shard-0`, `shard-1`, ... (Xapian) and `columns` (LMDB).
#pragma once

#include <string>

namespace nightjar::query {

inline std::string ShardFolder(const std::string& index_folder, unsigned number) {
  return index_folder + "/shard-" + std::to_string(number);
}
inline std::string ColumnsFolder(const std::string& index_folder) { return index_folder + "/columns"; }

}  // namespace nightjar::query
