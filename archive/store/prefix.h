// SPDX-License-Identifier: Apache-2.0
// All entries of a table whose keys begin alike, deleted.
#pragma once

#include <utility>

#include "archive/store/store.h"

namespace nightjar::store {

// `also` is told of each value before its entry goes, and may write. Returns
// how many there were.
template <typename Also>
[[nodiscard]] Result<std::uint64_t> DeletePrefix(WriteTxn& txn, Table table, const Bytes& prefix,
                                                 Also&& also) {
  for (std::uint64_t deleted = 0;; ++deleted) {
    Bytes key;
    Bytes value;
    {
      ASSIGN_OR_RETURN(auto cursor, txn.Open(table));
      ASSIGN_OR_RETURN(const auto entry, cursor.Seek(prefix));
      if (!entry || !entry->key.starts_with(prefix)) return deleted;
      key = entry->key;
      value = entry->value;
    }
    RETURN_IF_ERROR(also(ByteView(value)));
    RETURN_IF_ERROR(txn.Delete(table, key));
  }
}

[[nodiscard]] inline Result<std::uint64_t> DeletePrefix(WriteTxn& txn, Table table, const Bytes& prefix) {
  return DeletePrefix(txn, table, prefix, [](ByteView) -> Status { return {}; });
}

}  // namespace nightjar::store
