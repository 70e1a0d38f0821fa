// SPDX-License-Identifier: Apache-2.0
#include "crawler/hash_list_files.h"

#include "base/file.h"

namespace nightjar::crawler {

HashListFiles::HashListFiles(const config::MediaSettings& settings) {
  if (settings.hash_list_md5 != config::kNone) md5_.push_back(settings.hash_list_md5);
  if (settings.hash_list_sha256 != config::kNone) sha256_.push_back(settings.hash_list_sha256);
  stamp_ = Stamp();
}

bool HashListFiles::Changed() {
  std::string now = Stamp();
  if (now == stamp_) return false;
  stamp_ = std::move(now);
  return true;
}

std::string HashListFiles::Stamp() const {
  std::string stamp;
  for (const auto& path : md5_) stamp += FileStamp(path) + " ";
  for (const auto& path : sha256_) stamp += FileStamp(path) + " ";
  return stamp;
}

}  // namespace nightjar::crawler
