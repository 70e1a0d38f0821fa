// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/tar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <numeric>

#include "base/file.h"

namespace nightjar::bundle {
namespace {

// Offsets and widths of the ustar header fields.
struct Field {
  std::size_t at;
  std::size_t width;
};
constexpr Field kName{0, 100}, kMode{100, 8}, kUid{108, 8}, kGid{116, 8}, kSize{124, 12}, kTime{136, 12},
    kChecksum{148, 8}, kType{156, 1}, kMagic{257, 8}, kDevMajor{329, 8}, kDevMinor{337, 8}, kPrefix{345, 155};

constexpr std::size_t kBufferSize = 256 << 10;
constexpr std::uint64_t kOctalSizeEnd = 1ULL << 33;  // eleven octal digits

void Set(Bytes& header, Field field, std::string_view value) {
  if (value.size() > field.width) std::abort();
  header.replace(field.at, value.size(), value);
}

Bytes SizeField(std::uint64_t size) {
  if (size < kOctalSizeEnd) return fmt::format("{:011o}", size);
  Bytes field(kSize.width, '\0');
  field[0] = '\x80';
  for (std::size_t i = kSize.width; size != 0; size >>= 8) field[--i] = static_cast<char>(size & 0xFF);
  return field;
}

}  // namespace

Bytes TarHeader(std::string_view folder, std::string_view name, std::uint64_t size) {
  Bytes header(kTarBlock, '\0');
  Set(header, kName, name);
  Set(header, kMode, "0000644");
  Set(header, kUid, "0000000");
  Set(header, kGid, "0000000");
  Set(header, kSize, SizeField(size));
  Set(header, kTime, "00000000000");
  Set(header, kChecksum, "        ");  // counted as spaces
  Set(header, kType, "0");
  Set(header, kMagic, std::string_view("ustar\00000", 8));
  Set(header, kDevMajor, "0000000");
  Set(header, kDevMinor, "0000000");
  Set(header, kPrefix, folder);
  const auto sum = std::accumulate(header.begin(), header.end(), 0U, [](unsigned total, char byte) {
    return total + static_cast<std::uint8_t>(byte);
  });
  Set(header, kChecksum, fmt::format("{:06o}", sum) + Bytes("\0 ", 2));
  return header;
}

TarWriter::TarWriter(UniqueFd file, std::string folder, std::string path_for_errors)
    : file_(std::move(file)), folder_(std::move(folder)), path_(std::move(path_for_errors)) {}

Status TarWriter::Add(std::string_view name, ByteView content) {
  RETURN_IF_ERROR(Put(TarHeader(folder_, name, content.size())));
  members_.push_back({std::string(name), written_, content.size(), Sha256(content)});
  RETURN_IF_ERROR(Put(content));
  return Pad(content.size());
}

Status TarWriter::Begin(std::string_view name) {
  RETURN_IF_ERROR(Put(Bytes(kTarBlock, '\0')));
  open_ = {std::string(name), written_, 0, {}};
  open_hash_ = {};
  return {};
}

Status TarWriter::Write(ByteView piece) {
  open_.size += piece.size();
  open_hash_.Update(piece);
  return Put(piece);
}

Status TarWriter::End() {
  open_.sha256 = open_hash_.Finish();
  RETURN_IF_ERROR(Pad(open_.size));
  RETURN_IF_ERROR(Flush());
  const Bytes header = TarHeader(folder_, open_.name, open_.size);
  const auto at = static_cast<off_t>(open_.offset - kTarBlock);
  if (::pwrite(file_.get(), header.data(), header.size(), at) != static_cast<ssize_t>(header.size()))
    return FailErrno("cannot write", path_);
  members_.push_back(std::move(open_));
  return {};
}

Status TarWriter::Append(TarWriter& spool) {
  RETURN_IF_ERROR(spool.Flush());
  for (Member& member : spool.members_) {
    member.offset += written_;
    members_.push_back(std::move(member));
  }
  Bytes piece(kBufferSize, '\0');
  for (std::uint64_t at = 0; at < spool.written_;) {
    const ssize_t got = ::pread(spool.file_.get(), piece.data(), piece.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return FailErrno("cannot read back", spool.path_);
    RETURN_IF_ERROR(Put(ByteView(piece).substr(0, static_cast<std::size_t>(got))));
    at += static_cast<std::uint64_t>(got);
  }
  return {};
}

Status TarWriter::Finish() {
  RETURN_IF_ERROR(Put(Bytes(2 * kTarBlock, '\0')));
  RETURN_IF_ERROR(Flush());
  if (::fsync(file_.get()) != 0) return FailErrno("cannot fsync", path_);
  return {};
}

Status TarWriter::Put(ByteView bytes) {
  written_ += bytes.size();
  buffer_.append(bytes);
  return buffer_.size() < kBufferSize ? Status() : Flush();
}

Status TarWriter::Pad(std::uint64_t size) {
  return Put(Bytes((kTarBlock - size % kTarBlock) % kTarBlock, '\0'));
}

Status TarWriter::Flush() {
  RETURN_IF_ERROR(WriteAll(file_.get(), buffer_, path_));
  buffer_.clear();
  return {};
}

}  // namespace nightjar::bundle
