// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/media.h"

#include <algorithm>
#include <array>

#include "sandbox/parse/ascii.h"

namespace nightjar::parse {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kSniffed = 1445;  // bytes a browser looks at

constexpr std::array kBinarySignatures = {"\x89PNG\r\n"sv,
                                          "GIF8"sv,
                                          "\xFF\xD8\xFF"sv,
                                          "BM"sv,
                                          "%PDF-"sv,
                                          "PK\x03\x04"sv,
                                          "\x1f\x8b"sv,
                                          "Rar!\x1a"sv,
                                          "7z\xBC\xAF"sv,
                                          "\x7F"
                                          "ELF"sv,
                                          "MZ\x90"sv,
                                          "OggS"sv,
                                          "ID3"sv,
                                          "RIFF"sv,
                                          "\x1A\x45\xDF\xA3"sv,
                                          "wOFF"sv,
                                          "wOF2"sv,
                                          "\0\0\1\0"sv};

bool HasUtf16Mark(ByteView body) { return body.starts_with("\xFE\xFF") || body.starts_with("\xFF\xFE"); }

// Control characters that occur in no text (MIME Sniffing, "binary data byte").
bool IsBinaryByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x08 || byte == 0x0B || (byte >= 0x0E && byte <= 0x1A) || (byte >= 0x1C && byte <= 0x1F);
}

// A stray NUL does not make a page binary: hostile pages carry one to be overlooked. One in ten does.
bool LooksBinary(ByteView start) {
  if (HasUtf16Mark(start)) return false;
  const bool signed_binary = std::any_of(kBinarySignatures.begin(), kBinarySignatures.end(),
                                         [&](std::string_view mark) { return start.starts_with(mark); });
  return signed_binary ||
         static_cast<std::size_t>(std::count_if(start.begin(), start.end(), IsBinaryByte)) * 10 >
             start.size();
}

bool LooksLikeMarkup(ByteView start) {
  while (!start.empty() && (IsSpace(start.front()) || start.starts_with("\xEF\xBB\xBF"))) {
    start.remove_prefix(IsSpace(start.front()) ? 1 : 3);
  }
  if (!start.starts_with('<')) return FindNoCase(start, "<html") != ByteView::npos;
  return start.size() > 1 && (IsAlpha(start[1]) || start[1] == '!' || start[1] == '?');
}

bool IsMarkupType(std::string_view type) {
  return type == "text/html" || type == "application/xhtml+xml" || type == "text/xml" ||
         type == "application/xml" || type.ends_with("+xml");
}

bool IsTextType(std::string_view type) {
  return type.starts_with("text/") || type == "application/json" || type.ends_with("+json") ||
         type == "application/pgp-keys" || type == "application/pgp-signature" ||
         type == "application/javascript";
}

}  // namespace

Media DecideMedia(std::string_view content_type, ByteView body) {
  const ByteView start = body.substr(0, kSniffed);
  if (LooksBinary(start)) return Media::kNotText;
  const std::string type = Lower(Trim(content_type.substr(0, content_type.find(';'))));
  if (IsMarkupType(type) && type != "image/svg+xml") return Media::kMarkup;
  if (IsTextType(type)) return Media::kPlainText;
  const bool unknown = type.empty() || type == "unknown/unknown" || type == "application/unknown" ||
                       type == "*/*" || type == "application/octet-stream";
  if (!unknown) return Media::kNotText;
  return LooksLikeMarkup(start) ? Media::kMarkup : Media::kPlainText;
}

}  // namespace nightjar::parse
