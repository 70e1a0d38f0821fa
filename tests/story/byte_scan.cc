// SPDX-License-Identifier: Apache-2.0
#include "tests/story/byte_scan.h"

#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <utility>

#include "base/bytes.h"
#include "base/file.h"

namespace nightjar::story {
namespace {

constexpr std::size_t kMostInflated = 64 << 20;
constexpr int kDeepest = 2;

using Pattern = std::pair<std::string, std::string>;  // form, bytes

std::string Utf16(std::string_view text, bool big) {
  std::string wide;
  for (const char c : text) {
    if (big) wide += '\0';
    wide += c;
    if (!big) wide += '\0';
  }
  return wide;
}

// The characters that the text's own bytes decide alone, when it begins `shift` bytes into a group of three.
std::string InnerBase64(std::string_view text, std::size_t shift) {
  const std::string padded = std::string(shift, 'x') + std::string(text);
  const std::size_t whole = padded.size() / 3 * 3;
  const std::string coded = Base64Encode(padded.substr(0, whole));
  return coded.substr(shift == 0 ? 0 : 4);
}

std::vector<Pattern> PatternsOf(const std::string& needle) {
  std::vector<Pattern> patterns = {{"UTF-8", needle},
                                   {"UTF-16LE", Utf16(needle, false)},
                                   {"UTF-16BE", Utf16(needle, true)},
                                   {"hex", HexEncode(needle)}};
  for (const std::size_t shift : {0, 1, 2}) patterns.emplace_back("base64", InnerBase64(needle, shift));
  return patterns;
}

// What a zlib or gzip stream at the beginning of `bytes` holds, as far as it is whole.
Bytes Inflate(ByteView bytes) {
  z_stream stream{};
  constexpr int kEitherHeader = 15 + 32;
  if (inflateInit2(&stream, kEitherHeader) != Z_OK) return {};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  Bytes out;
  Bytes buffer(1 << 16, '\0');
  int code = Z_OK;
  while (code == Z_OK && out.size() < kMostInflated) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    code = inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = buffer.size() - stream.avail_out;
    out.append(buffer, 0, got);
    if (got == 0) break;
  }
  inflateEnd(&stream);
  return out;
}

Bytes UnpackZstd(ByteView bytes) {
  ZSTD_DStream* stream = ZSTD_createDStream();
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  Bytes out;
  Bytes buffer(ZSTD_DStreamOutSize(), '\0');
  while (in.pos < in.size && out.size() < kMostInflated) {
    ZSTD_outBuffer piece{buffer.data(), buffer.size(), 0};
    const std::size_t code = ZSTD_decompressStream(stream, &piece, &in);
    out.append(buffer, 0, piece.pos);
    if (ZSTD_isError(code) || code == 0) break;
  }
  ZSTD_freeDStream(stream);
  return out;
}

class Scan final {
 public:
  explicit Scan(const std::string& needle) : patterns_(PatternsOf(needle)) {}

  void File(const std::string& path) {
    const auto bytes = ReadFile(path);
    if (!bytes) return hits_.push_back({path, "unreadable"});
    file_ = path;
    Look(*bytes, "", 0);
  }
  [[nodiscard]] std::vector<ByteHit> Take() { return std::move(hits_); }

 private:
  void Look(ByteView bytes, const std::string& inside, int depth) {
    for (const auto& [form, pattern] : patterns_)
      if (bytes.find(pattern) != ByteView::npos) hits_.push_back({file_, form + inside});
    if (depth == kDeepest) return;
    for (std::size_t at = 0; at + 4 < bytes.size(); ++at) {
      const ByteView rest = bytes.substr(at);
      const bool zlib = rest[0] == '\x78' &&
                        (rest[1] == '\x01' || rest[1] == '\x5E' || rest[1] == '\x9C' || rest[1] == '\xDA');
      if (zlib || rest.starts_with("\x1F\x8B\x08"))
        Look(Inflate(rest), " in deflate" + inside, depth + 1);
      else if (rest.starts_with("\x28\xB5\x2F\xFD"))
        Look(UnpackZstd(rest), " in zstd" + inside, depth + 1);
    }
  }

  const std::vector<Pattern> patterns_;
  std::string file_;
  std::vector<ByteHit> hits_;
};

}  // namespace

std::vector<ByteHit> ScanBytes(const std::string& folder, const std::string& needle) {
  Scan scan(needle);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) scan.File(entry.path().string());
  return scan.Take();
}

}  // namespace nightjar::story
