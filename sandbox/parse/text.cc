// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/text.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/udata.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <string_view>

#include "sandbox/parse/compatibility.h"

namespace nightjar::parse {
namespace {

using Converter = std::unique_ptr<UConverter, void (*)(UConverter*)>;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// ICU's own substitution gives U+001A for single bytes of some tables; the web says U+FFFD.
void Substitute(const void*, UConverterToUnicodeArgs* arguments, const char*, int32_t,
                UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  *error = U_ZERO_ERROR;
  const UChar replacement = 0xFFFD;
  ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, error);
}

Converter Open(const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &error), ucnv_close);
  if (converter) ucnv_setToUCallBack(converter.get(), Substitute, nullptr, nullptr, nullptr, &error);
  return converter;
}

struct Utf16 {
  std::vector<UChar> units;
  std::vector<int32_t> offsets;  // of each unit's character in the bytes
};

// One call over the whole body: the converter then gives absolute offsets. No web encoding makes more UTF-16
// units than it has bytes.
Utf16 Convert(UConverter* converter, ByteView bytes) {
  Utf16 out{std::vector<UChar>(bytes.size() + 16), std::vector<int32_t>(bytes.size() + 16)};
  UChar* target = out.units.data();
  const char* source = bytes.data();
  UErrorCode error = U_ZERO_ERROR;
  ucnv_toUnicode(converter, &target, out.units.data() + out.units.size(), &source,
                 bytes.data() + bytes.size(), out.offsets.data(), true, &error);
  out.units.resize(static_cast<std::size_t>(target - out.units.data()));
  out.offsets.resize(out.units.size());
  return out;
}

void AppendCharacter(std::string& text, UChar32 c) {
  char bytes[4];
  int32_t length = 0;
  UBool failed = false;
  U8_APPEND(reinterpret_cast<std::uint8_t*>(bytes), length, 4, c, failed);
  if (failed) {
    text.append(kReplacement);  // a lone surrogate
  } else {
    text.append(bytes, static_cast<std::size_t>(length));
  }
}

// What the single bytes of an encoding stand for where ICU does not know it; 0 elsewhere.
std::array<UChar32, 256> RepairTable(std::span<const Repair> repairs) {
  std::array<UChar32, 256> table{};
  for (const Repair& repair : repairs) {
    for (unsigned byte = repair.first; byte <= repair.last; ++byte)
      table[byte] = repair.to == 0xFFFD ? 0xFFFD : repair.to + static_cast<UChar32>(byte - repair.first);
  }
  return table;
}

Text Assemble(const Utf16& in, ByteView bytes, std::span<const Repair> repairs) {
  const std::array<UChar32, 256> repaired = RepairTable(repairs);
  Text text;
  text.utf8.reserve(in.units.size() + in.units.size() / 2);
  const auto count = static_cast<int32_t>(in.units.size());
  std::uint32_t at = 0;
  for (int32_t i = 0; i < count;) {
    UChar32 c = 0;
    if (in.offsets[static_cast<std::size_t>(i)] >= 0)
      at = static_cast<std::uint32_t>(in.offsets[static_cast<std::size_t>(i)]);
    const bool first = i == 0;
    U16_NEXT(in.units.data(), i, count, c);
    if (first && c == 0xFEFF) continue;
    const int32_t next =
        i < count ? in.offsets[static_cast<std::size_t>(i)] : static_cast<int32_t>(bytes.size());
    const std::size_t before = text.utf8.size();
    const std::uint32_t width = next > static_cast<int32_t>(at) ? static_cast<std::uint32_t>(next) - at : 0;
    const UChar32 repair = width == 1 ? repaired[static_cast<unsigned char>(bytes[at])] : 0;
    AppendCharacter(text.utf8, repair != 0 ? repair : c);
    text.offsets.Add(at, width, static_cast<std::uint32_t>(text.utf8.size() - before));
  }
  return text;
}

}  // namespace

void OffsetMap::Add(std::uint32_t byte_offset, std::uint32_t byte_width, std::uint32_t text_width) {
  const std::uint32_t here = text_end_;
  text_end_ += text_width;
  if (!segments_.empty()) {
    const Segment& last = segments_.back();
    const std::uint32_t characters = (here - last.text) / last.text_width;
    if (last.text_width == text_width && last.byte_width == byte_width &&
        last.byte + characters * last.byte_width == byte_offset) {
      return;
    }
  }
  segments_.push_back({here, byte_offset, text_width, byte_width});
}

std::uint32_t OffsetMap::ToBytes(std::uint32_t text_offset) const {
  if (segments_.empty()) return text_offset;
  const auto after = std::upper_bound(segments_.begin(), segments_.end(), text_offset,
                                      [](std::uint32_t offset, const Segment& s) { return offset < s.text; });
  const Segment& segment = *std::prev(after);
  return segment.byte + (text_offset - segment.text) / segment.text_width * segment.byte_width;
}

Text ToText(const Encoding& encoding, Bytes body) {
  if (encoding.converter == nullptr) {
    Text replaced{std::string(kReplacement), {}};
    replaced.offsets.Add(0, static_cast<std::uint32_t>(body.size()), kReplacement.size());
    return replaced;
  }
  if (encoding.name == "utf-8" && !body.starts_with("\xEF\xBB\xBF") && IsValidUtf8(body))
    return {std::move(body), {}};
  const Converter converter = Open(encoding.converter);
  if (!converter) return {ToValidUtf8(body), {}};
  return Assemble(Convert(converter.get(), body), body, encoding.repairs);
}

void PrepareConverters() {
  UErrorCode error = U_ZERO_ERROR;
  udata_setFileAccess(UDATA_NO_FILES, &error);  // the tables are in libicudata, already mapped
  (void)ToText(*EncodingFor("windows-1251"), Bytes("\xEF\xF0"));
  (void)CompatibilityForm("\xEF\xBD\x81");
}

}  // namespace nightjar::parse
