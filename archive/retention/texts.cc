// SPDX-License-Identifier: Apache-2.0
#include "archive/retention/texts.h"

#include "archive/evidence/erasure.h"

namespace nightjar::retention {

Status CheckText(std::string_view name, std::string_view text) {
  return evidence::CheckErasureLine(name, text);
}

Result<std::uint64_t> NextNumber(const store::ReadTxn& txn, store::Table table) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(table));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  return last ? FromBigEndianKey(last->key) + 1 : 1;
}

}  // namespace nightjar::retention
