// SPDX-License-Identifier: Apache-2.0
#include "indexer/watch/outbox_rows.h"

#include "base/codec.h"

namespace nightjar::watch {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kNumber = sizeof(std::uint64_t);

}  // namespace

Bytes OutboxPrefix(const std::string& sink) { return sink + Bytes(1, '\0'); }

Bytes OutboxKey(const Delivery& delivery) {
  return OutboxPrefix(delivery.sink) + BigEndianKey(static_cast<std::uint64_t>(UnixMicros(delivery.due))) +
         BigEndianKey(delivery.alert);
}

Bytes Encode(const Delivery& delivery) {
  return Encoder().U8(kFormat).U32(delivery.tries).Str(delivery.last_error).Take();
}

Result<Delivery> DecodeDelivery(ByteView key, ByteView row) {
  const std::size_t name_end = key.find('\0');
  if (name_end == ByteView::npos || key.size() != name_end + 1 + 2 * kNumber)
    return Fail(Code::kCorrupt, "a delivery has a key of another form");
  Delivery delivery{.sink = std::string(key.substr(0, name_end))};
  delivery.due =
      FromUnixMicros(static_cast<std::int64_t>(FromBigEndianKey(key.substr(name_end + 1, kNumber))));
  delivery.alert = FromBigEndianKey(key.substr(name_end + 1 + kNumber));
  Decoder in(row);
  if (in.U8() != kFormat) return Fail(Code::kCorrupt, "a delivery has an unknown format");
  delivery.tries = in.U32();
  delivery.last_error = in.Str();
  RETURN_IF_ERROR(in.Finish("a delivery"));
  return delivery;
}

}  // namespace nightjar::watch
