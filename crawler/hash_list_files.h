// SPDX-License-Identifier: Apache-2.0
// The lists of files that must not be kept, as files that may change while a crawl runs. The fetcher reads
// them before its walls stand, so after a change another fetcher is needed.
#pragma once

#include <string>
#include <vector>

#include "config/settings.h"

namespace nightjar::crawler {

// One thread.
class HashListFiles final {
 public:
  explicit HashListFiles(const config::MediaSettings& settings);

  [[nodiscard]] const std::vector<std::string>& md5() const { return md5_; }
  [[nodiscard]] const std::vector<std::string>& sha256() const { return sha256_; }

  // Has any of them changed since the last call, or since this was made?
  [[nodiscard]] bool Changed();

 private:
  [[nodiscard]] std::string Stamp() const;
  std::vector<std::string> md5_;
  std::vector<std::string> sha256_;
  std::string stamp_;
};

}  // namespace nightjar::crawler
