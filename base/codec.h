// SPDX-License-Identifier: Apache-2.0
// The one binary encoding used for rows and messages: little-endian fixed-width integers, and strings as u32
// length then bytes. No alignment, no optional fields: a format that changes gets a new version number as its
// first byte.
#pragma once

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"

namespace nightjar {

static_assert(std::endian::native == std::endian::little, "rows are written in native little-endian order");

// Appends to a string it owns. Strings over 4 GiB abort (nothing in Nightjar may be that large).
class Encoder final {
 public:
  Encoder& U8(std::uint8_t v) { return Raw(&v, sizeof v); }
  Encoder& U32(std::uint32_t v) { return Raw(&v, sizeof v); }
  Encoder& U64(std::uint64_t v) { return Raw(&v, sizeof v); }
  Encoder& I64(std::int64_t v) { return Raw(&v, sizeof v); }
  Encoder& Str(std::string_view v) {
    if (v.size() > UINT32_MAX) std::abort();
    U32(static_cast<std::uint32_t>(v.size()));
    out_.append(v);
    return *this;
  }
  Encoder& Hash(const Digest& v) {
    out_.append(v.View());
    return *this;
  }
  [[nodiscard]] const Bytes& bytes() const { return out_; }
  [[nodiscard]] Bytes Take() { return std::move(out_); }

 private:
  Encoder& Raw(const void* data, std::size_t size) {
    out_.append(static_cast<const char*>(data), size);
    return *this;
  }
  Bytes out_;
};

// Reads what Encoder wrote, from bytes that may be hostile: every read is bounds-checked. The first bad read
// makes the decoder fail for good; later reads return zero values, so callers read all fields and then ask
// Finish() once.
class Decoder final {
 public:
  explicit Decoder(ByteView bytes) : rest_(bytes) {}

  std::uint8_t U8() { return Number<std::uint8_t>(); }
  std::uint32_t U32() { return Number<std::uint32_t>(); }
  std::uint64_t U64() { return Number<std::uint64_t>(); }
  std::int64_t I64() { return Number<std::int64_t>(); }
  // A view into the decoder's input; fails when longer than `max`.
  std::string_view View(std::size_t max = UINT32_MAX) {
    const std::size_t size = U32();
    return size > max ? Bad() : Chunk(size);
  }
  std::string Str(std::size_t max = UINT32_MAX) { return std::string(View(max)); }
  Digest Hash() {
    Digest digest;
    const std::string_view raw = Chunk(Digest::kSize);
    if (!raw.empty()) std::memcpy(digest.bytes.data(), raw.data(), raw.size());
    return digest;
  }
  // A count of following elements, each at least `min_element_bytes` long: a lying count cannot reserve
  // memory.
  std::uint32_t Count(std::size_t max, std::size_t min_element_bytes = 1) {
    const std::uint32_t count = U32();
    if (count > max || count > rest_.size() / (min_element_bytes == 0 ? 1 : min_element_bytes)) {
      Bad();
      return 0;
    }
    return count;
  }

  [[nodiscard]] bool ok() const { return !failed_; }
  // OK only if every read succeeded and nothing is left over.
  [[nodiscard]] Status Finish(std::string_view what) const {
    if (failed_)
      return Fail(Code::kCorrupt, std::string(what) + " is cut short or has a length out of bounds");
    if (!rest_.empty()) return Fail(Code::kCorrupt, std::string(what) + " has bytes left over");
    return {};
  }

 private:
  template <typename T>
  T Number() {
    T value = 0;
    const std::string_view raw = Chunk(sizeof value);
    if (!raw.empty()) std::memcpy(&value, raw.data(), sizeof value);
    return value;
  }
  std::string_view Chunk(std::size_t size) {
    if (failed_ || size > rest_.size()) return Bad();
    const std::string_view chunk = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return chunk;
  }
  std::string_view Bad() {
    failed_ = true;
    return {};
  }

  ByteView rest_;
  bool failed_ = false;
};

// Eight big-endian bytes: integer keys whose byte order is their number order (LMDB, sorted tables).
[[nodiscard]] inline Bytes BigEndianKey(std::uint64_t value) {
  const std::uint64_t swapped = __builtin_bswap64(value);
  return {reinterpret_cast<const char*>(&swapped), sizeof swapped};
}
// The inverse; 0 for a key of any other length.
[[nodiscard]] inline std::uint64_t FromBigEndianKey(ByteView key) {
  std::uint64_t value = 0;
  if (key.size() == sizeof value) std::memcpy(&value, key.data(), sizeof value);
  return __builtin_bswap64(value);
}

}  // namespace nightjar
