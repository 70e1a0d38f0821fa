// SPDX-License-Identifier: Apache-2.0
// The one spelling of a tar file that a bundle may have: POSIX ustar (IEEE Std 1003.1, pax, "ustar
// Interchange Format"), regular files only. A header is a pure function of folder, name and size, padding is
// zero, and two zero blocks end the file, so a verifier can demand every byte. That is why this is not
// libarchive: a general library accepts many spellings of one member, and each accepted spelling is a byte
// nobody checks.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/unique_fd.h"

namespace nightjar::bundle {

inline constexpr std::size_t kTarBlock = 512;

// One file in the tar: where its content lies and what it hashes to.
struct Member {
  std::string name;          // below the bundle's one folder, for example "data/records/7.txt"
  std::uint64_t offset = 0;  // of its content in the file
  std::uint64_t size = 0;
  Digest sha256;
};

// An untrusted name as it may appear in a message: no control characters that could forge a line of output.
[[nodiscard]] std::string ShownName(std::string_view untrusted_name);

// The 512 header bytes. `folder` (at most 155 bytes) goes to the prefix field, `name` (at most 100) to the
// name field; anything longer aborts, for the layout holds no such name. Sizes from 8 GiB on are written in
// the base-256 form that GNU tar, bsdtar and Python read.
[[nodiscard]] Bytes TarHeader(std::string_view folder, std::string_view name, std::uint64_t size);

// Writes members one after another to a file it owns, hashing while it writes. One thread. After an error the
// file is of no use.
class TarWriter final {
 public:
  TarWriter(UniqueFd file, std::string folder, std::string path_for_errors);

  [[nodiscard]] Status Add(std::string_view name, ByteView content);

  // A member whose size is known only at its end: its header is written last.
  [[nodiscard]] Status Begin(std::string_view name);
  [[nodiscard]] Status Write(ByteView piece);
  [[nodiscard]] Status End();

  // Takes over all members another writer has written to its own file.
  [[nodiscard]] Status Append(TarWriter& spool);

  // The end blocks, then fsync.
  [[nodiscard]] Status Finish();

  [[nodiscard]] const std::vector<Member>& members() const { return members_; }

 private:
  [[nodiscard]] Status Put(ByteView bytes);
  [[nodiscard]] Status Pad(std::uint64_t size);
  [[nodiscard]] Status Flush();

  UniqueFd file_;
  std::string folder_;
  std::string path_;
  Bytes buffer_;
  std::uint64_t written_ = 0;  // bytes of the file so far, those in buffer_ included
  std::vector<Member> members_;
  Member open_;
  Sha256Stream open_hash_;
};

// A tar that was read through and found to be in the one spelling.
struct TarListing {
  std::string folder;
  std::vector<Member> members;  // as they lie
  Digest sha256;                // of the whole file
};

// Random access to a file of untrusted bytes. Thread-safe.
class TarFile final {
 public:
  [[nodiscard]] static Result<TarFile> Open(const std::string& path);

  // Reads the whole file once. kCorrupt, with the member's name (or the file's path), for any byte that
  // TarWriter would not have written.
  [[nodiscard]] Result<TarListing> List() const;

  // A small member's content; kCorrupt over `max_bytes`.
  [[nodiscard]] Result<Bytes> Read(const Member& member, std::uint64_t max_bytes) const;

  // Feeds `size` bytes at `offset` to `sink` in pieces.
  [[nodiscard]] Status Stream(std::uint64_t offset, std::uint64_t size,
                              const std::function<void(ByteView)>& sink) const;

  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  TarFile(UniqueFd file, std::uint64_t size, std::string path);
  UniqueFd file_;
  std::uint64_t size_;
  std::string path_;
};

}  // namespace nightjar::bundle
