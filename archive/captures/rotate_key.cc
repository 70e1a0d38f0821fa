// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/rotate_key.h"

#include <unistd.h>

#include <cerrno>

#include "base/file.h"

namespace nightjar::captures {
namespace {

Result<evidence::KeyChain> KeysOf(const ArchivePaths& paths) {
  ASSIGN_OR_RETURN(const auto archive, Reader::Open(paths));
  return archive->LogKeys();
}

// Step 2.
Status RotateInLog(const ArchivePaths& paths, const evidence::NoteKey& owner, const std::string& key_path,
                   const std::string& new_origin, const SigningKey& next) {
  if (::access(key_path.c_str(), F_OK) != 0)
    return Fail(Code::kInvalidInput, "is missing: without the old key nobody can hand the log over",
                key_path);
  ASSIGN_OR_RETURN(SigningKey current, SigningKey::LoadOrCreate(key_path));
  if (current.public_key() != owner.key)
    return Fail(Code::kInvalidInput, "is not the key of the log " + owner.name, key_path);
  ASSIGN_OR_RETURN(
      const auto writer,
      Writer::Open({.paths = paths, .origin = owner.name, .log_key = std::move(current), .fetchers = {}}));
  return writer->Rotate(new_origin, next);
}

// Step 3. The old key stays readable under one name or the other all the time.
Status ReplaceFile(const std::string& key_path, const std::string& next_path, const std::string& retired,
                   const std::string& folder) {
  if (::link(key_path.c_str(), retired.c_str()) != 0 && errno != EEXIST && errno != ENOENT)
    return FailErrno("cannot keep the old key as", retired);
  if (::rename(next_path.c_str(), key_path.c_str()) != 0) return FailErrno("cannot replace", key_path);
  return SyncFolder(folder);
}

}  // namespace

Result<RotatedKey> RotateLogKey(const ArchivePaths& paths, const std::string& keys_folder,
                                const std::string& new_origin) {
  const std::string key_path = keys_folder + "/log.pem";
  const std::string next_path = keys_folder + "/log-next.pem";
  ASSIGN_OR_RETURN(const auto before, KeysOf(paths));
  const bool was_cut_short = before.newest().name == new_origin && ::access(next_path.c_str(), F_OK) == 0;
  if (before.newest().name == new_origin && !was_cut_short) {
    return Fail(Code::kInvalidInput,
                "is the log's name already; give evidence.origin a new version first, such as 2026b",
                new_origin);
  }
  ASSIGN_OR_RETURN(const SigningKey next, SigningKey::LoadOrCreate(next_path));
  const bool in_log = was_cut_short && before.newest().key == next.public_key();
  if (!in_log) RETURN_IF_ERROR(RotateInLog(paths, before.newest(), key_path, new_origin, next));
  ASSIGN_OR_RETURN(const auto after, KeysOf(paths));
  const auto& last = after.rotations().back();
  const std::string retired = keys_folder + "/log-" + KeyId(last.rotation.old_key.key) + ".retired.pem";
  RETURN_IF_ERROR(ReplaceFile(key_path, next_path, retired, keys_folder));
  return RotatedKey{last.rotation.old_key, last.rotation.new_key, last.leaf, retired};
}

}  // namespace nightjar::captures
