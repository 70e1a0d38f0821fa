// SPDX-License-Identifier: Apache-2.0
#include "sandbox/media/policy.h"

#include <algorithm>

#include "sandbox/media/media_type.h"
#include "sandbox/media/signatures.h"
#include "sandbox/parse/ascii.h"

namespace nightjar::media {
namespace {

constexpr std::string_view kDeclared = "declared";
constexpr std::string_view kFound = "found in its first bytes";
constexpr std::string_view kUnknownBinary = "application/octet-stream";

// "Binary data byte" of MIME Sniffing, section 4.4.
bool IsBinaryByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x08 || byte == 0x0B || (byte >= 0x0E && byte <= 0x1A) || (byte >= 0x1C && byte <= 0x1F);
}

// One control character in ten, as the reader of pages draws the line (sandbox/parse/media.cc): fewer are a
// page that wants to be overlooked. UTF-16 is full of zeros and says so.
bool LooksBinary(std::string_view content_type, ByteView start) {
  start = start.substr(0, kSniffed);
  if (start.starts_with("\xFE\xFF") || start.starts_with("\xFF\xFE")) return false;
  if (parse::FindNoCase(content_type, "utf-16") != std::string_view::npos) return false;
  return static_cast<std::size_t>(std::ranges::count_if(start, IsBinaryByte)) * 10 > start.size();
}

// What the bytes are, whatever was said; empty for text.
std::string_view FoundType(std::string_view content_type, ByteView start) {
  if (const std::string_view type = TypeByMark(start); !type.empty()) return type;
  return LooksBinary(content_type, start) ? kUnknownBinary : std::string_view();
}

}  // namespace

bool Policy::Allows(std::string_view essence) const {
  if (IsText(essence)) return true;
  const std::string_view family = essence.substr(0, essence.find('/') + 1);
  return std::ranges::any_of(allowed_, [&](const std::string& entry) {
    return entry == essence || entry == "*/*" ||
           (entry.ends_with("/*") && entry.substr(0, entry.size() - 1) == family);
  });
}

Objection ObjectToHeader(const Policy& policy, std::string_view content_type) {
  std::string declared = Essence(content_type);
  if (SaysNothing(declared) || policy.Allows(declared)) return {};
  return {std::move(declared), kDeclared};
}

Objection ObjectToBytes(const Policy& policy, std::string_view content_type, ByteView start) {
  if (Objection objection = ObjectToHeader(policy, content_type); objection.raised()) return objection;
  const std::string_view found = FoundType(content_type, start);
  if (found.empty() || policy.Allows(found)) return {};
  // Bytes without a mark may be of the very type that was declared and allowed: most formats have none here.
  const std::string declared = Essence(content_type);
  if (found == kUnknownBinary && !SaysNothing(declared) && !IsText(declared)) return {};
  return {std::string(found), kFound};
}

bool HoldsBinary(ByteView bytes) { return std::ranges::any_of(bytes, IsBinaryByte); }

std::string KindOf(std::string_view content_type, ByteView start) {
  if (const std::string_view found = FoundType(content_type, start); !found.empty())
    return std::string(found);
  std::string declared = Essence(content_type);
  return IsText(declared) || SaysNothing(declared) ? std::string() : declared;
}

}  // namespace nightjar::media
