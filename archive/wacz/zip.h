// SPDX-License-Identifier: Apache-2.0
// Stored (uncompressed) zip files (PKWARE APPNOTE 6.3.3), written front to back, the same bytes for the same
// members: no times, no attributes but "regular file, 0644", UTF-8 names. Below 4 GiB (no zip64).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/unique_fd.h"

namespace nightjar::wacz {

struct ZipMember {
  std::string name;
  std::uint32_t offset = 0;  // of its local header
  std::uint32_t size = 0;
  std::uint32_t crc = 0;
  Digest sha256;
};

// One thread. After an error the file is of no use. kFull beyond 4 GiB.
class ZipWriter final {
 public:
  ZipWriter(UniqueFd file, std::string path_for_errors);

  [[nodiscard]] Status Add(std::string_view name, ByteView content);

  // A member whose size is known only at its end.
  [[nodiscard]] Status Begin(std::string_view name);
  [[nodiscard]] Status Write(ByteView piece);
  [[nodiscard]] Status End();

  // The directory, then fsync.
  [[nodiscard]] Status Finish();

  [[nodiscard]] const std::vector<ZipMember>& members() const { return members_; }

 private:
  [[nodiscard]] Status Put(ByteView bytes);

  UniqueFd file_;
  std::string path_;
  std::uint64_t written_ = 0;
  ZipMember open_;
  std::uint64_t open_size_ = 0;
  Sha256Stream open_hash_;
  std::vector<ZipMember> members_;
};

}  // namespace nightjar::wacz
