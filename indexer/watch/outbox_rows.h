// SPDX-License-Identifier: Apache-2.0
// Rows of the outbox: by sink, then by when they are due, so that what is due stands first and a delivery
// that failed does not hold up the others. For the files of this folder.
#pragma once

#include "base/bytes.h"
#include "indexer/watch/watch_store.h"

namespace nightjar::watch {

[[nodiscard]] Bytes OutboxPrefix(const std::string& sink);  // name ‖ 00
[[nodiscard]] Bytes OutboxKey(const Delivery& delivery);    // prefix ‖ BE(due, Unix µs) ‖ BE(alert)
[[nodiscard]] Bytes Encode(const Delivery& delivery);       // U8 1, U32 tries, Str last error
[[nodiscard]] Result<Delivery> DecodeDelivery(ByteView key, ByteView row);

}  // namespace nightjar::watch
