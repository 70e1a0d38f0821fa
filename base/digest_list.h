// SPDX-License-Identifier: Apache-2.0
// A list of digests from a text file, for membership questions: hosts that must not be crawled, files that
// must not be kept. One lower- or upper-case hex digest a line, 32 digits (MD5) or 64 (SHA-256), the same
// kind throughout; empty lines and lines that start with '#' are passed over, but one:
//
//   # made: 2026-11-01T00:00:00Z
//
// says when the list was made; without it the file's time stands for that. Anything else makes the whole file
// unusable: half a list is worse than a message.
//
// Memory: the digests, sorted, each 16 or 32 bytes, and one index of at most 256 KiB. Contains() is O(1) on
// average: digests are evenly spread, so the index by their first bits leaves a handful to compare.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace nightjar {

// Immutable; any thread.
class DigestList final {
 public:
  DigestList() = default;  // empty

  // `digest_size`: 16 or 32 bytes. Errors name the file, and the line where one is to blame: kNotFound,
  // kInvalidInput, kFull (over 2 GiB).
  [[nodiscard]] static Result<DigestList> Load(const std::string& path, std::size_t digest_size);
  [[nodiscard]] static Result<DigestList> Parse(std::string_view text, std::size_t digest_size);

  [[nodiscard]] bool Contains(ByteView raw_digest) const;
  [[nodiscard]] std::size_t size() const { return digest_size_ == 0 ? 0 : digests_.size() / digest_size_; }
  // As the list says of itself; nothing where it does not.
  [[nodiscard]] const std::optional<UtcTime>& made() const { return made_; }

 private:
  void Index();
  [[nodiscard]] std::size_t BucketOf(ByteView digest) const;
  [[nodiscard]] ByteView At(std::size_t place) const {
    return ByteView(digests_).substr(place * digest_size_, digest_size_);
  }

  std::size_t digest_size_ = 0;
  Bytes digests_;  // sorted, without repeats
  unsigned bits_ = 0;
  std::vector<std::uint32_t> starts_;  // of each bucket, in digests; one more at the end
  std::optional<UtcTime> made_;
};

}  // namespace nightjar
