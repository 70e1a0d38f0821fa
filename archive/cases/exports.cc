// SPDX-License-Identifier: Apache-2.0
#include "archive/cases/exports.h"

#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::cases {
namespace {

constexpr store::Table kExports{0};
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMaxExportText = 64 << 10;

// No case name holds a NUL, so a case's keys stand together, in the order they were made.
Bytes Prefix(const CaseId& id) { return id.value + '\0'; }

Bytes Encode(const ExportEntry& entry) {
  const auto cut = [](std::string_view text) { return Utf8Prefix(text, kMaxExportText); };
  return Encoder()
      .U8(kVersion)
      .I64(UnixMicros(entry.at))
      .Str(cut(entry.by))
      .Str(cut(entry.reason))
      .Str(cut(entry.selection))
      .Str(entry.checkpoint)
      .U64(entry.captures)
      .Hash(entry.sha256)
      .Take();
}

Result<ExportEntry> Decode(const CaseId& id, std::string_view row) {
  Decoder decoder(row);
  if (decoder.U8() != kVersion)
    return Fail(Code::kCorrupt, "an export of the case is stored in an unknown version", id.value);
  ExportEntry entry;
  entry.case_id = id;
  entry.at = FromUnixMicros(decoder.I64());
  entry.by = decoder.Str(kMaxExportText);
  entry.reason = decoder.Str(kMaxExportText);
  entry.selection = decoder.Str(kMaxExportText);
  entry.checkpoint = decoder.Str();
  entry.captures = decoder.U64();
  entry.sha256 = decoder.Hash();
  RETURN_IF_ERROR(decoder.Finish("an export of case " + id.value));
  return entry;
}

// One past the last number of the case's exports.
Result<std::uint64_t> End(const store::ReadTxn& txn, const Bytes& prefix) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kExports));
  std::uint64_t end = 0;
  ASSIGN_OR_RETURN(auto entry, cursor.Seek(prefix));
  while (entry && entry->key.starts_with(prefix)) {
    end = FromBigEndianKey(entry->key.substr(prefix.size())) + 1;
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return end;
}

}  // namespace

struct ExportLog::State {
  std::shared_ptr<store::Env> env;
};

ExportLog::ExportLog(std::unique_ptr<State> state) : state_(std::move(state)) {}
ExportLog::~ExportLog() = default;

Result<std::unique_ptr<ExportLog>> ExportLog::Open(const std::string& control_folder) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = control_folder, .tables = {"exports"}}));
  return std::unique_ptr<ExportLog>(new ExportLog(std::make_unique<State>(State{std::move(env)})));
}

Status ExportLog::Add(const ExportEntry& entry) {
  RETURN_IF_ERROR(CheckName("case", entry.case_id.value));
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  const Bytes prefix = Prefix(entry.case_id);
  ASSIGN_OR_RETURN(const std::uint64_t number, End(txn, prefix));
  RETURN_IF_ERROR(txn.Put(kExports, prefix + BigEndianKey(number), Encode(entry)));
  return txn.Commit();
}

Result<std::vector<ExportEntry>> ExportLog::Of(const CaseId& id) const {
  const Bytes prefix = Prefix(id);
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kExports));
  std::vector<ExportEntry> exports;
  ASSIGN_OR_RETURN(auto entry, cursor.Seek(prefix));
  while (entry && entry->key.starts_with(prefix)) {
    ASSIGN_OR_RETURN(auto one, Decode(id, entry->value));
    exports.push_back(std::move(one));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return exports;
}

}  // namespace nightjar::cases
