// SPDX-License-Identifier: Apache-2.0
#include "archive/keyring/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/decimal.h"
#include "base/file.h"
#include "base/unique_fd.h"

namespace nightjar::keyring {
namespace {

Bytes Place(ScopeNumber number, const CaseId& case_id) {
  return fmt::format("data key {} of case {}", number.value, case_id.value);
}

Result<Scope> ParseScope(std::string_view line, const CaseId& case_id, const SealingKey& case_key) {
  const std::size_t space = line.find(' ');
  const auto number = ParseDecimal(line.substr(0, space), UINT32_MAX);
  if (!number || space == std::string_view::npos)
    return Fail(Code::kCorrupt, "is no scope's number and sealed key");
  Scope scope{.number = {static_cast<std::uint32_t>(*number)}, .name = {case_id, ""}, .key = case_key};
  ASSIGN_OR_RETURN(const Bytes sealed, Base64Decode(line.substr(space + 1)));
  ASSIGN_OR_RETURN(Bytes pair, case_key.Open(sealed, Place(scope.number, case_id)));
  if (pair.size() <= SealingKey::kSize) return Fail(Code::kCorrupt, "seals something else than a data key");
  ASSIGN_OR_RETURN(scope.key, SealingKey::FromBytes(ByteView(pair).substr(0, SealingKey::kSize)));
  scope.name.host = pair.substr(SealingKey::kSize);
  Wipe(pair);
  return scope;
}

// Whether all of `text`, the end of a file, is one line that a crash may have left.
bool IsTorn(ByteView text) {
  const std::size_t end = text.find('\n');
  if (end == ByteView::npos) return true;
  return end + 1 == text.size() && text.find('\0') != ByteView::npos;
}

// A key that only lacks its line end or the space before it was whole once: that is damage, and cutting it
// off would lose the key.
bool HoldsAKey(ByteView torn, const CaseId& case_id, const SealingKey& case_key) {
  Bytes line(torn.substr(0, torn.size() - 1));
  std::ranges::replace(line, '\0', ' ');
  return ParseScope(line, case_id, case_key).has_value();
}

}  // namespace

Bytes FormatScope(const Scope& scope, const SealingKey& case_key, Random& random) {
  Bytes pair = scope.key.Raw() + scope.name.host;
  const Bytes sealed = case_key.Seal(pair, Place(scope.number, scope.name.case_id), random);
  Wipe(pair);
  return fmt::format("{} {}\n", scope.number.value, Base64Encode(sealed));
}

Result<ParsedKeys> ParseKeys(ByteView text, const CaseId& case_id, const SealingKey& case_key) {
  ParsedKeys parsed;
  if (!text.starts_with(kFirstLine)) {
    const bool hollow = text.find('\0') != ByteView::npos && IsTorn(text);
    parsed.torn = hollow || kFirstLine.starts_with(text);
    if (parsed.torn) return parsed;
    return Fail(Code::kCorrupt, "does not begin as a keyring's file", "line 1");
  }
  parsed.whole = kFirstLine.size();
  for (int line = 2; parsed.whole < text.size(); ++line) {
    const ByteView rest = text.substr(parsed.whole);
    parsed.torn = IsTorn(rest);
    if (parsed.torn && HoldsAKey(rest, case_id, case_key))
      return Fail(Code::kCorrupt, "is damaged around a whole key", fmt::format("line {}", line));
    if (parsed.torn) break;
    const std::size_t end = rest.find('\n');
    auto scope = ParseScope(rest.substr(0, end), case_id, case_key);
    if (!scope) return Fail(Code::kCorrupt, scope.error().text, fmt::format("line {}", line));
    parsed.scopes.emplace_back(std::move(*scope), Bytes(rest.substr(0, end + 1)));
    parsed.whole += end + 1;
  }
  return parsed;
}

Status AppendLine(const std::string& path, ByteView line) {
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kOwnerOnly));
  struct stat before {};
  if (!fd || ::fstat(fd.get(), &before) != 0) return FailErrno("cannot write", path);
  const Bytes text = (before.st_size == 0 ? Bytes(kFirstLine) : Bytes()) + Bytes(line);
  Status written = WriteAll(fd.get(), text, path);
  if (written && ::fsync(fd.get()) != 0) written = FailErrno("cannot fsync", path);
  if (written) return {};
  // A next line must not join on to a part of this one. After a failed fsync the kernel would call the page
  // clean although the disk lacks it: the next try has to write it again.
  if (::ftruncate(fd.get(), before.st_size) != 0) return FailErrno("cannot cut off a torn line", path);
  return written;
}

Status CutTo(const std::string& path, std::size_t size) {
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  const bool cut = fd && ::ftruncate(fd.get(), static_cast<off_t>(size)) == 0 && ::fsync(fd.get()) == 0;
  if (!cut) return FailErrno("cannot cut off a torn line", path);
  return {};
}

Status DestroyFormer(const std::string& path) {
  struct stat former {};
  struct stat in_use {};
  if (::stat(path.c_str(), &former) != 0) return FailErrno("cannot stat", path);
  const std::string first_name = path.substr(0, path.size() - kOldSuffix.size());
  const bool replaced = ::stat(first_name.c_str(), &in_use) != 0 || in_use.st_ino != former.st_ino;
  if (replaced) return OverwriteAndRemove(path);
  if (::unlink(path.c_str()) != 0) return FailErrno("cannot remove", path);
  return SyncFolder(std::filesystem::path(path).parent_path());
}

Status ReplaceAndDestroy(const std::string& path, ByteView content) {
  const std::string old = path + std::string(kOldSuffix);
  if (::link(path.c_str(), old.c_str()) != 0) return FailErrno("cannot make a second name for", path);
  // Else a power cut could keep the new file and lose the name under which the old one is to be overwritten.
  RETURN_IF_ERROR(SyncFolder(std::filesystem::path(path).parent_path()));
  RETURN_IF_ERROR(WriteFileDurably(path, content, kOwnerOnly));
  return DestroyFormer(old);
}

}  // namespace nightjar::keyring
