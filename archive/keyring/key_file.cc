// SPDX-License-Identifier: Apache-2.0
#include "archive/keyring/key_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include "base/decimal.h"
#include "base/file.h"

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

}  // namespace

Bytes FormatScope(const Scope& scope, const SealingKey& case_key, Random& random) {
  Bytes pair = scope.key.Raw() + scope.name.host;
  const Bytes sealed = case_key.Seal(pair, Place(scope.number, scope.name.case_id), random);
  Wipe(pair);
  return fmt::format("{} {}\n", scope.number.value, Base64Encode(sealed));
}

Result<ParsedKeys> ParseKeys(ByteView text, const CaseId& case_id, const SealingKey& case_key) {
  ParsedKeys parsed;
  if (!text.starts_with(kFirstLine))
    return Fail(Code::kCorrupt, "does not begin as a keyring's file", "line 1");
  text.remove_prefix(kFirstLine.size());
  for (int line = 2; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    parsed.torn = end == ByteView::npos;
    if (parsed.torn) break;
    auto scope = ParseScope(text.substr(0, end), case_id, case_key);
    if (!scope) return Fail(Code::kCorrupt, scope.error().text, fmt::format("line {}", line));
    parsed.scopes.emplace_back(std::move(*scope), Bytes(text.substr(0, end + 1)));
    text.remove_prefix(end + 1);
  }
  return parsed;
}

Status ReplaceAndDestroy(const std::string& path, ByteView content) {
  const std::string old = path + std::string(kOldSuffix);
  if (::link(path.c_str(), old.c_str()) != 0) return FailErrno("cannot make a second name for", path);
  RETURN_IF_ERROR(WriteFileDurably(path, content, kOwnerOnly));
  return OverwriteAndRemove(old);
}

}  // namespace nightjar::keyring
