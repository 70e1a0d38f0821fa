// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/tables.h"

namespace nightjar::captures {

store::Options StoreOptions(const ArchivePaths& paths, bool read_only) {
  return {.folder = paths.folder,
          .tables = {"captures", "bodies", "identities", "nodes", "checkpoints", "fetchers", "meta"},
          .map_size = paths.map_size,
          .read_only = read_only};
}

Result<std::string_view> Require(const store::ReadTxn& txn, store::Table table, std::string_view key,
                                 std::string_view what) {
  ASSIGN_OR_RETURN(const auto value, txn.Get(table, key));
  if (!value) return Fail(Code::kCorrupt, "the archive lacks " + std::string(what));
  return *value;
}

Status CheckFormat(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const auto format, Require(txn, kMeta, kMetaFormat, "its format version"));
  if (format == kFormat) return {};
  return Fail(Code::kCorrupt, "the archive has another format than " + std::string(kFormat) +
                                  ": open it with the build that wrote it");
}

Result<Totals> ReadTotals(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const auto row, Require(txn, kMeta, kMetaTotals, "its totals"));
  Decoder decoder(row);
  Totals totals;
  totals.body_bytes = decoder.U64();
  totals.stored_bytes = decoder.U64();
  RETURN_IF_ERROR(decoder.Finish("the archive's totals"));
  return totals;
}

Status WriteTotals(store::WriteTxn& txn, const Totals& totals) {
  return txn.Put(kMeta, kMetaTotals, Encoder().U64(totals.body_bytes).U64(totals.stored_bytes).bytes());
}

}  // namespace nightjar::captures
