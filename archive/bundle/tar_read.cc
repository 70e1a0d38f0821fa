// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>

#include "archive/bundle/tar.h"

namespace nightjar::bundle {
namespace {

constexpr std::size_t kPieceSize = 256 << 10;
constexpr std::size_t kPrefixAt = 345;
constexpr std::size_t kPrefixWidth = 155;

std::string_view UntilNul(std::string_view field) { return field.substr(0, field.find('\0')); }

// The number in a size field, or nothing that could lie in this file.
std::uint64_t ReadSize(std::string_view field) {
  std::uint64_t size = 0;
  const bool base256 = field[0] == '\x80';
  const unsigned shift = base256 ? 8 : 3;
  for (const char c : base256 ? field.substr(1) : field.substr(0, field.size() - 1)) {
    const unsigned digit = base256 ? static_cast<std::uint8_t>(c) : static_cast<unsigned>(c - '0');
    if (digit >> shift != 0 || size >> (64 - shift) != 0) return std::numeric_limits<std::uint64_t>::max();
    size = size << shift | digit;
  }
  return size;
}

// Walks the blocks of a file once, hashing everything.
class Walk {
 public:
  Walk(const TarFile& file, const std::string& path) : file_(file), path_(path) {}

  Result<TarListing> Run() {
    for (;;) {
      ASSIGN_OR_RETURN(const Bytes block, Take(kTarBlock));
      if (block == Bytes(kTarBlock, '\0')) break;
      RETURN_IF_ERROR(TakeMember(block));
    }
    ASSIGN_OR_RETURN(const Bytes second, Take(kTarBlock));
    if (second != Bytes(kTarBlock, '\0')) return Broken(path_, "the second end block of the tar is not zero");
    if (at_ != file_.size()) return Broken(path_, "bytes follow the end of the tar");
    listing_.sha256 = whole_.Finish();
    return std::move(listing_);
  }

 private:
  static tl::unexpected<Error> Broken(std::string_view where, std::string what) {
    return Fail(Code::kCorrupt, std::move(what), ShownName(where));
  }

  Status TakeMember(const Bytes& block) {
    const ByteView header(block);
    const std::string_view name = UntilNul(header.substr(0, 100));
    const std::string_view folder = UntilNul(header.substr(kPrefixAt, kPrefixWidth));
    Member member{std::string(name), at_, ReadSize(header.substr(124, 12)), {}};
    if (member.size > file_.size() - at_ || block != TarHeader(folder, name, member.size))
      return Broken(name, "the tar header is damaged or not in the bundle's form");
    if (listing_.members.empty()) listing_.folder = folder;
    if (folder != listing_.folder) return Broken(name, "lies in another folder than the rest");
    Sha256Stream hash;
    RETURN_IF_ERROR(Pass(member.size, [&](ByteView piece) { hash.Update(piece); }));
    member.sha256 = hash.Finish();
    ASSIGN_OR_RETURN(const Bytes padding, Take((kTarBlock - member.size % kTarBlock) % kTarBlock));
    if (padding != Bytes(padding.size(), '\0'))
      return Broken(member.name, "the padding after it is not zero");
    listing_.members.push_back(std::move(member));
    return {};
  }

  Result<Bytes> Take(std::uint64_t size) {
    Bytes bytes;
    RETURN_IF_ERROR(Pass(size, [&](ByteView piece) { bytes.append(piece); }));
    return bytes;
  }

  template <typename Sink>
  Status Pass(std::uint64_t size, Sink sink) {
    RETURN_IF_ERROR(file_.Stream(at_, size, [&](ByteView piece) {
      whole_.Update(piece);
      sink(piece);
    }));
    at_ += size;
    return {};
  }

  const TarFile& file_;
  const std::string& path_;
  std::uint64_t at_ = 0;
  Sha256Stream whole_;
  TarListing listing_;
};

}  // namespace

std::string ShownName(std::string_view untrusted_name) {
  std::string shown = ToValidUtf8(untrusted_name);
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }, '?');
  return shown.empty() ? "(no name)" : shown;
}

TarFile::TarFile(UniqueFd file, std::uint64_t size, std::string path)
    : file_(std::move(file)), size_(size), path_(std::move(path)) {}

Result<TarFile> TarFile::Open(const std::string& path) {
  UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return FailErrno("cannot open", path);
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return FailErrno("cannot read the size of", path);
  if (!S_ISREG(info.st_mode)) return Fail(Code::kInvalidInput, "a bundle is one tar file", path);
  return TarFile(std::move(file), static_cast<std::uint64_t>(info.st_size), path);
}

Result<TarListing> TarFile::List() const { return Walk(*this, path_).Run(); }

Result<Bytes> TarFile::Read(const Member& member, std::uint64_t max_bytes) const {
  if (member.size > max_bytes)
    return Fail(Code::kCorrupt, "is larger than the " + std::to_string(max_bytes) + " bytes it may have",
                member.name);
  Bytes content;
  RETURN_IF_ERROR(Stream(member.offset, member.size, [&](ByteView piece) { content.append(piece); }));
  return content;
}

Status TarFile::Stream(std::uint64_t offset, std::uint64_t size,
                       const std::function<void(ByteView)>& sink) const {
  if (offset > size_ || size > size_ - offset) return Fail(Code::kCorrupt, "the tar is cut short", path_);
  Bytes piece(std::min<std::uint64_t>(size, kPieceSize), '\0');
  for (const std::uint64_t end = offset + size; offset < end;) {
    const std::size_t want = std::min<std::uint64_t>(end - offset, piece.size());
    const ssize_t got = ::pread(file_.get(), piece.data(), want, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailErrno("cannot read", path_);
    if (got == 0) return Fail(Code::kCorrupt, "became shorter while it was read", path_);
    sink(ByteView(piece).substr(0, static_cast<std::size_t>(got)));
    offset += static_cast<std::uint64_t>(got);
  }
  return {};
}

}  // namespace nightjar::bundle
