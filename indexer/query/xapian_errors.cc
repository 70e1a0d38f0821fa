// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/xapian_errors.h"

#include <cerrno>
#include <cstring>
#include <string_view>

namespace nightjar::query {
namespace {

bool SaysDiskIsFull(const Xapian::Error& error) {
  const char* system = error.get_error_string();
  const std::string all = error.get_msg() + (system == nullptr ? "" : system);
  for (const int number : {ENOSPC, EDQUOT, EFBIG}) {
    if (all.find(std::strerror(number)) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

Error FromXapian(const Xapian::Error& error, const std::string& where) {
  const std::string_view type = error.get_type();
  const std::string& text = error.get_msg();
  if (type == "DatabaseLockError")
    return {Code::kUnavailable, "another process is writing the index; stop it first", where};
  if (type == "DatabaseNotFoundError") return {Code::kNotFound, "there is no index here yet", where};
  if (type == "DatabaseOpeningError" && text.find("No such file") != std::string::npos)
    return {Code::kNotFound, "there is no index here yet", where};
  if (SaysDiskIsFull(error))
    return {Code::kFull, "the disk is full; free space and the index goes on by itself", where};
  if (type == "DatabaseCorruptError" || type == "DatabaseVersionError")
    return {Code::kCorrupt, "the index is damaged (" + text + "); run nightjar index rebuild", where};
  if (type == "DatabaseModifiedError")
    return {Code::kUnavailable, "the index changed while it was read; try again", where};
  if (type == "WildcardError")
    return {Code::kInvalidInput, "the star matches too many words; write more letters before it", "query"};
  return {Code::kIo, "the index cannot be used: " + error.get_description(), where};
}

}  // namespace nightjar::query
