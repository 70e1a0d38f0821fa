// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/hash_lists.h"

#include <algorithm>

#include "base/digest.h"
#include "base/md5.h"

namespace nightjar::fetcher {
namespace {

Status LoadAll(const std::vector<std::string>& paths, std::size_t digest_size,
               std::vector<DigestList>& into) {
  for (const auto& path : paths) {
    ASSIGN_OR_RETURN(DigestList list, DigestList::Load(path, digest_size));
    into.push_back(std::move(list));
  }
  return {};
}

bool AnyHolds(const std::vector<DigestList>& lists, ByteView digest) {
  return std::ranges::any_of(lists, [&](const DigestList& list) { return list.Contains(digest); });
}

}  // namespace

Result<HashLists> HashLists::Load(const handover::Hello& hello) {
  HashLists lists;
  RETURN_IF_ERROR(LoadAll(hello.hash_lists_md5, kMd5Size, lists.md5_));
  RETURN_IF_ERROR(LoadAll(hello.hash_lists_sha256, Digest::kSize, lists.sha256_));
  // The jail opens no provider any more: what is missing must show now.
  if (!lists.md5_.empty()) RETURN_IF_ERROR(Md5(""));
  return lists;
}

bool HashLists::Know(ByteView file) const {
  if (!sha256_.empty() && AnyHolds(sha256_, Sha256(file).View())) return true;
  if (md5_.empty()) return false;
  const auto md5 = Md5(file);
  return !md5 || AnyHolds(md5_, *md5);  // a question that cannot be asked is answered with yes
}

}  // namespace nightjar::fetcher
