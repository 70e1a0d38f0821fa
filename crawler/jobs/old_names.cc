// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/old_names.h"

#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::jobs {
namespace {

constexpr store::Table kNames{0};
constexpr std::uint8_t kFormat = 1;

Bytes Encode(const OldName& name) {
  return Encoder().U8(kFormat).Str(name.job.value).I64(UnixMicros(name.first_met)).U64(name.times).Take();
}

Result<OldName> Decode(ByteView bytes) {
  Decoder row(bytes);
  const std::uint8_t format = row.U8();
  OldName name;
  name.job.value = row.Str();
  name.first_met = FromUnixMicros(row.I64());
  name.times = row.U64();
  RETURN_IF_ERROR(row.Finish("a historic onion name"));
  if (format != kFormat) return Fail(Code::kCorrupt, "a historic onion name is stored in an unknown format");
  return name;
}

}  // namespace

struct OldNames::State {
  std::shared_ptr<store::Env> env;
};

OldNames::OldNames(std::unique_ptr<State> state) : state_(std::move(state)) {}
OldNames::~OldNames() = default;

Result<std::unique_ptr<OldNames>> OldNames::Open(const std::string& control_folder) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = control_folder, .tables = {"old_names"}}));
  return std::unique_ptr<OldNames>(new OldNames(std::make_unique<State>(State{std::move(env)})));
}

Result<std::size_t> OldNames::Meet(std::span<const std::string> names, const JobId& job, UtcTime now) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  std::size_t fresh = 0;
  for (const auto& text : names) {
    ASSIGN_OR_RETURN(const auto row, txn.Get(kNames, text));
    OldName name{job, now, 0};
    if (row) {
      ASSIGN_OR_RETURN(name, Decode(*row));
    } else {
      ++fresh;
    }
    ++name.times;
    RETURN_IF_ERROR(txn.Put(kNames, text, Encode(name)));
  }
  RETURN_IF_ERROR(txn.Commit());
  return fresh;
}

Result<std::map<std::string, OldName>> OldNames::List() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kNames));
  std::map<std::string, OldName> names;
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    ASSIGN_OR_RETURN(auto name, Decode(entry->value));
    names.emplace(entry->key, std::move(name));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return names;
}

}  // namespace nightjar::jobs
