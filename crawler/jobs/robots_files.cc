// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/robots_files.h"

#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::jobs {
namespace {

constexpr store::Table kFiles{0};
constexpr std::uint8_t kFormat = 1;

Bytes Key(const JobId& job, const std::string& origin) {
  return Bytes(Sha256(job.value + '\0' + origin).View());
}

Result<RobotsFile> Decode(ByteView bytes) {
  Decoder row(bytes);
  const std::uint8_t format = row.U8();
  (void)row.View();
  (void)row.View();
  const std::uint8_t kind = row.U8();
  RobotsFile file;
  file.fetched = FromUnixMicros(row.I64());
  file.sha256 = row.Hash();
  file.text = row.Str(kMostText);
  RETURN_IF_ERROR(row.Finish("a stored robots.txt"));
  if (format != kFormat || kind > static_cast<std::uint8_t>(RobotsFile::Kind::kUnreachable))
    return Fail(Code::kCorrupt, "a stored robots.txt has a value that none can have");
  file.kind = static_cast<RobotsFile::Kind>(kind);
  return file;
}

}  // namespace

struct RobotsFiles::State {
  std::shared_ptr<store::Env> env;
};

RobotsFiles::RobotsFiles(std::unique_ptr<State> state) : state_(std::move(state)) {}
RobotsFiles::~RobotsFiles() = default;

Result<std::unique_ptr<RobotsFiles>> RobotsFiles::Open(const std::string& control_folder) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = control_folder, .tables = {"robots"}}));
  return std::unique_ptr<RobotsFiles>(new RobotsFiles(std::make_unique<State>(State{std::move(env)})));
}

Status RobotsFiles::Put(const JobId& job, const std::string& origin, const RobotsFile& file) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  Encoder row;
  row.U8(kFormat).Str(job.value).Str(origin).U8(static_cast<std::uint8_t>(file.kind));
  row.I64(UnixMicros(file.fetched)).Hash(file.sha256).Str(std::string_view(file.text).substr(0, kMostText));
  RETURN_IF_ERROR(txn.Put(kFiles, Key(job, origin), row.bytes()));
  return txn.Commit();
}

Result<std::optional<RobotsFile>> RobotsFiles::Get(const JobId& job, const std::string& origin) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kFiles, Key(job, origin)));
  if (!row) return std::nullopt;
  ASSIGN_OR_RETURN(RobotsFile file, Decode(*row));
  return file;
}

Status RobotsFiles::Clear() {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  RETURN_IF_ERROR(txn.Clear(kFiles));
  return txn.Commit();
}

}  // namespace nightjar::jobs
