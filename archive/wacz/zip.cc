// SPDX-License-Identifier: Apache-2.0
#include "archive/wacz/zip.h"

#include <unistd.h>
#include <zlib.h>

#include <limits>

#include "base/codec.h"
#include "base/file.h"

namespace nightjar::wacz {
namespace {

constexpr std::uint32_t kLocalHeader = 0x04034B50;            // APPNOTE 4.3.7
constexpr std::uint32_t kDirectoryHeader = 0x02014B50;        // 4.3.12
constexpr std::uint32_t kDirectoryEnd = 0x06054B50;           // 4.3.16
constexpr std::uint32_t kVersionAndUtf8 = 20 | 0x0800 << 16;  // needs 2.0; bit 11: the name is UTF-8
constexpr std::uint32_t kStoredAt1980 = 0;                    // method 0, time 00:00
constexpr std::uint32_t kDay = 0x0021;                        // 1980-01-01
constexpr std::uint32_t kMadeByUnix = 20 | 3 << 8;            // version 2.0, Unix
constexpr std::uint32_t kRegularFile = 0100644U << 16;        // st_mode in the upper half

Encoder& U16(Encoder& out, std::uint32_t value) {
  return out.U8(static_cast<std::uint8_t>(value & 0xFF)).U8(static_cast<std::uint8_t>(value >> 8 & 0xFF));
}

void Text(Encoder& out, std::string_view text) {
  for (const char c : text) out.U8(static_cast<std::uint8_t>(c));
}

// What local and directory headers share: version, flags, method, time, date, CRC, sizes, length of the name.
void Describe(Encoder& out, const ZipMember& member) {
  out.U32(kVersionAndUtf8).U32(kStoredAt1980);
  U16(out, kDay).U32(member.crc).U32(member.size).U32(member.size);
  U16(out, static_cast<std::uint32_t>(member.name.size()));
}

Bytes LocalHeader(const ZipMember& member) {
  Encoder out;
  out.U32(kLocalHeader);
  Describe(out, member);
  U16(out, 0);  // no extra field
  Text(out, member.name);
  return out.Take();
}

Bytes DirectoryHeader(const ZipMember& member) {
  Encoder out;
  out.U32(kDirectoryHeader);
  U16(out, kMadeByUnix);
  Describe(out, member);
  out.U32(0).U32(0);  // no extra field, no comment, disk 0, no internal attributes
  out.U32(kRegularFile).U32(member.offset);
  Text(out, member.name);
  return out.Take();
}

}  // namespace

ZipWriter::ZipWriter(UniqueFd file, std::string path_for_errors)
    : file_(std::move(file)), path_(std::move(path_for_errors)) {}

Status ZipWriter::Add(std::string_view name, ByteView content) {
  RETURN_IF_ERROR(Begin(name));
  RETURN_IF_ERROR(Write(content));
  return End();
}

Status ZipWriter::Begin(std::string_view name) {
  open_ = {.name = std::string(name),
           .offset = static_cast<std::uint32_t>(written_),
           .size = 0,
           .crc = 0,
           .sha256 = {}};
  open_size_ = 0;
  open_hash_ = {};
  return Put(LocalHeader(open_));
}

Status ZipWriter::Write(ByteView piece) {
  RETURN_IF_ERROR(Put(piece));
  open_size_ += piece.size();
  open_.crc = static_cast<std::uint32_t>(
      ::crc32_z(open_.crc, reinterpret_cast<const Bytef*>(piece.data()), piece.size()));
  open_hash_.Update(piece);
  return {};
}

Status ZipWriter::End() {
  open_.size = static_cast<std::uint32_t>(open_size_);
  open_.sha256 = open_hash_.Finish();
  const Bytes header = LocalHeader(open_);
  if (::pwrite(file_.get(), header.data(), header.size(), static_cast<off_t>(open_.offset)) !=
      static_cast<ssize_t>(header.size()))
    return FailErrno("cannot write", path_);
  members_.push_back(std::move(open_));
  return {};
}

Status ZipWriter::Finish() {
  const auto start = static_cast<std::uint32_t>(written_);
  for (const ZipMember& member : members_) RETURN_IF_ERROR(Put(DirectoryHeader(member)));
  const auto count = static_cast<std::uint32_t>(members_.size());
  Encoder out;
  out.U32(kDirectoryEnd).U32(0);  // disk numbers
  U16(U16(out, count), count).U32(static_cast<std::uint32_t>(written_) - start).U32(start);
  U16(out, 0);  // no comment
  RETURN_IF_ERROR(Put(out.Take()));
  if (::fsync(file_.get()) != 0) return FailErrno("cannot fsync", path_);
  return {};
}

Status ZipWriter::Put(ByteView bytes) {
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max() - written_)
    return Fail(Code::kFull, "would be larger than 4 GiB: choose fewer captures, or --format warc.gz", path_);
  RETURN_IF_ERROR(WriteAll(file_.get(), bytes, path_));
  written_ += bytes.size();
  return {};
}

}  // namespace nightjar::wacz
