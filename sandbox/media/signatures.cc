// SPDX-License-Identifier: Apache-2.0
#include "sandbox/media/signatures.h"

#include <algorithm>

namespace nightjar::media {
namespace {

using namespace std::string_view_literals;

// `mark` stands at `offset`; where `second` is given it must stand at `second_offset` too (the masked
// patterns of the standard: RIFF and FORM containers with their kind).
struct Row {
  std::string_view type;
  std::string_view mark;
  std::size_t offset = 0;
  std::string_view second = {};
  std::size_t second_offset = 0;
};

// clang-format off
constexpr Row kRows[] = {
    // 6.1
    {"image/x-icon", "\0\0\1\0"sv},
    {"image/x-icon", "\0\0\2\0"sv},
    {"image/bmp", "BM"sv, 0, "\0\0\0\0"sv, 6},  // the standard has "BM" alone, which begins many a text
    {"image/gif", "GIF87a"sv},
    {"image/gif", "GIF89a"sv},
    {"image/webp", "RIFF"sv, 0, "WEBPVP"sv, 8},
    {"image/png", "\x89PNG\r\n\x1A\n"sv},
    {"image/jpeg", "\xFF\xD8\xFF"sv},
    // 6.2
    {"audio/aiff", "FORM"sv, 0, "AIFF"sv, 8},
    {"audio/mpeg", "ID3"sv},
    {"application/ogg", "OggS\0"sv},
    {"audio/midi", "MThd\0\0\0\6"sv},
    {"video/avi", "RIFF"sv, 0, "AVI "sv, 8},
    {"audio/wave", "RIFF"sv, 0, "WAVE"sv, 8},
    {"video/webm", "\x1A\x45\xDF\xA3"sv},
    // 6.3
    {"application/vnd.ms-fontobject", "LP"sv, 34, "\0\0\1"sv, 8},
    {"font/ttf", "\0\1\0\0"sv},
    {"font/otf", "OTTO"sv},
    {"font/collection", "ttcf"sv},
    {"font/woff", "wOFF"sv},
    {"font/woff2", "wOF2"sv},
    // 6.4
    {"application/gzip", "\x1F\x8B\x08"sv},
    {"application/zip", "PK\3\4"sv},
    {"application/zip", "PK\5\6"sv},
    {"application/x-rar-compressed", "Rar!\x1A\7"sv},
    // 7.1
    {"application/pdf", "%PDF-"sv},
    {"application/postscript", "%!PS-Adobe-"sv},
    // ---- beyond the standard
    {"image/jxl", "\xFF\x0A"sv},
    {"image/jxl", "\0\0\0\x0CJXL \r\n\x87\n"sv},
    {"image/tiff", "II*\0"sv},
    {"image/tiff", "MM\0*"sv},
    {"image/vnd.adobe.photoshop", "8BPS\0\1"sv},
    {"video/x-flv", "FLV\1"sv},
    {"video/x-ms-asf", "\x30\x26\xB2\x75\x8E\x66\xCF\x11"sv},
    {"video/mpeg", "\0\0\1\xBA"sv},
    {"video/mpeg", "\0\0\1\xB3"sv},
    {"audio/flac", "fLaC\0"sv},
    {"audio/amr", "#!AMR"sv},
    {"application/x-7z-compressed", "7z\xBC\xAF\x27\x1C"sv},
    {"application/x-xz", "\xFD" "7zXZ\0"sv},
    {"application/x-bzip2", "BZh"sv, 0, "\x31\x41\x59\x26\x53\x59"sv, 4},
    {"application/zstd", "\x28\xB5\x2F\xFD"sv},
    {"application/x-lz4", "\x04\x22\x4D\x18"sv},
    {"application/x-tar", "ustar"sv, 257},
    {"application/vnd.ms-cab-compressed", "MSCF\0\0\0\0"sv},
    {"application/x-ole-storage", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv},
    {"application/rtf", "{\\rtf"sv},
    {"application/vnd.sqlite3", "SQLite format 3\0"sv},
    {"application/x-executable", "\x7F" "ELF"sv},
    {"application/x-executable", "\xFE\xED\xFA\xCE"sv},
    {"application/x-executable", "\xFE\xED\xFA\xCF"sv},
    {"application/x-executable", "\xCE\xFA\xED\xFE"sv},
    {"application/x-executable", "\xCF\xFA\xED\xFE"sv},
    {"application/java-vm", "\xCA\xFE\xBA\xBE"sv},
    {"application/vnd.android.dex", "dex\n"sv},
    {"application/wasm", "\0asm"sv},
};
// clang-format on

bool Stands(ByteView start, std::string_view mark, std::size_t offset) {
  return start.size() >= offset + mark.size() && start.substr(offset, mark.size()) == mark;
}

std::uint32_t BigEndian32(ByteView bytes) {
  std::uint32_t value = 0;
  for (const char c : bytes.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

// Section 6.2.1, the ISO base media box "ftyp"; what the brand says of pictures comes from ISO 23008-12 and
// AVIF. The size of the box has to be sane, or four letters of a text could be taken for one.
std::string_view TypeByFtyp(ByteView start) {
  if (start.size() < 12 || start.substr(4, 4) != "ftyp") return {};
  const std::uint32_t box = BigEndian32(start);
  if (box < 12 || box % 4 != 0 || box > kSniffed) return {};
  const std::string_view brand = start.substr(8, 4);
  for (const std::string_view image : {"heic", "heix", "mif1", "msf1", "avif", "avis"})
    if (brand == image) return brand.starts_with("avi") ? "image/avif" : "image/heic";
  return "video/mp4";
}

// A program for DOS or Windows: "MZ", and where the place of its newer header fits (Microsoft PE Format,
// "MS-DOS Stub"), "PE" there; an old one has a page count that is not absurd.
std::string_view TypeByMz(ByteView start) {
  if (!start.starts_with("MZ") || start.size() < 64) return {};
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(start[i]));
  };
  const std::size_t place = byte(60) | byte(61) << 8 | byte(62) << 16 | byte(63) << 24;
  const bool is_pe = place < start.size() && start.substr(place).starts_with("PE\0\0"sv);
  const bool binary_header = std::ranges::any_of(start.substr(2, 30), [](char c) { return c == '\0'; });
  return is_pe || binary_header ? "application/x-msdownload" : std::string_view();
}

// Section 6.2.3: an MPEG audio frame at the start. Only where the header's fields are ones a real frame can
// have, for 0xFF 0xFx may begin text in an old code page.
std::string_view TypeByMpegFrame(ByteView start) {
  if (start.size() < 4 || start[0] != '\xFF') return {};
  const auto second = static_cast<unsigned char>(start[1]);
  const auto third = static_cast<unsigned char>(start[2]);
  const unsigned layer = second >> 1 & 3U;
  const bool good = (second & 0xE0U) == 0xE0U && (second >> 3 & 3U) != 1 && layer == 1 &&  // layer III
                    third >> 4 != 15 && third >> 4 != 0 && (third >> 2 & 3U) != 3;
  return good ? "audio/mpeg" : std::string_view();
}

}  // namespace

std::string_view TypeByMark(ByteView start) {
  start = start.substr(0, kSniffed);
  for (const Row& row : kRows) {
    if (Stands(start, row.mark, row.offset) &&
        (row.second.empty() || Stands(start, row.second, row.second_offset)))
      return row.type;
  }
  for (const auto by : {TypeByFtyp, TypeByMz, TypeByMpegFrame})
    if (const std::string_view type = by(start); !type.empty()) return type;
  return {};
}

}  // namespace nightjar::media
