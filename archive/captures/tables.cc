// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/tables.h"

#include <algorithm>

namespace nightjar::captures {

store::Options StoreOptions(const ArchivePaths& paths, bool read_only) {
  return {.folder = paths.folder,
          .tables = {"captures", "bodies", "identities", "nodes", "checkpoints", "fetchers", "meta",
                     "body-names", "scopes", "dictionaries", "growth"},
          .map_size = paths.map_size,
          .read_only = read_only};
}

std::string KeyringFolder(const ArchivePaths& paths) {
  return paths.keyring.empty() ? paths.folder + "/keyring" : paths.keyring;
}

std::string LogPath(const ArchivePaths& paths) {
  return paths.checkpoint_log.empty() ? paths.folder + "/checkpoints.log" : paths.checkpoint_log;
}

Result<std::uint32_t> NextScope(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kScopes));
  ASSIGN_OR_RETURN(const auto last, cursor.Last());
  if (!last) return 0;
  return static_cast<std::uint32_t>(FromBigEndianKey(Bytes(4, '\0') + Bytes(last->key))) + 1;
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

Totals& Totals::operator+=(const Totals& more) {
  captures += more.captures;
  bodies += more.bodies;
  body_bytes += more.body_bytes;
  stored_bytes += more.stored_bytes;
  return *this;
}

Totals& Totals::operator-=(const Totals& less) {
  const auto subtract = [](std::uint64_t& from, std::uint64_t what) { from -= std::min(from, what); };
  subtract(captures, less.captures);
  subtract(bodies, less.bodies);
  subtract(body_bytes, less.body_bytes);
  subtract(stored_bytes, less.stored_bytes);
  return *this;
}

Bytes Encode(const Totals& totals) {
  return Encoder()
      .U64(totals.captures)
      .U64(totals.bodies)
      .U64(totals.body_bytes)
      .U64(totals.stored_bytes)
      .Take();
}

Result<Totals> DecodeTotals(ByteView row) {
  Decoder in(row);
  Totals totals;
  for (std::uint64_t* sum : {&totals.captures, &totals.bodies, &totals.body_bytes, &totals.stored_bytes})
    *sum = in.U64();
  RETURN_IF_ERROR(in.Finish("the archive's totals"));
  return totals;
}

Bytes Encode(const ScopeRow& row) {
  return Encoder().U64(row.bodies).U32(row.body_dictionary).U32(row.text_dictionary).Take();
}

Result<ScopeRow> DecodeScopeRow(ByteView bytes) {
  Decoder in(bytes);
  ScopeRow row;
  row.bodies = in.U64();
  row.body_dictionary = in.U32();
  row.text_dictionary = in.U32();
  RETURN_IF_ERROR(in.Finish("a scope's row"));
  return row;
}

Bytes BigEndian32(std::uint32_t value) { return BigEndianKey(value).substr(sizeof value); }

Result<Totals> ReadTotals(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const auto row, Require(txn, kMeta, kMetaTotals, "its totals"));
  return DecodeTotals(row);
}

Status WriteTotals(store::WriteTxn& txn, const Totals& totals) {
  return txn.Put(kMeta, kMetaTotals, Encode(totals));
}

}  // namespace nightjar::captures
