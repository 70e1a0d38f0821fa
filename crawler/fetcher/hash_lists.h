// SPDX-License-Identifier: Apache-2.0
// Lists of digests of files that nobody may keep, whatever a job allows. Read before the walls stand and held
// in memory; the crawl role starts another fetcher when they change.
#pragma once

#include "base/digest_list.h"
#include "crawler/handover/messages.h"

namespace nightjar::fetcher {

class HashLists final {
 public:
  // Every list named in `hello`, whole, or an error that names it: no list is passed over.
  [[nodiscard]] static Result<HashLists> Load(const handover::Hello& hello);

  [[nodiscard]] bool empty() const { return md5_.empty() && sha256_.empty(); }
  [[nodiscard]] bool Know(ByteView file) const;

 private:
  std::vector<DigestList> md5_;
  std::vector<DigestList> sha256_;
};

}  // namespace nightjar::fetcher
