// SPDX-License-Identifier: Apache-2.0
// What the rows of this folder share: one-line texts, and numbers given in order.
#pragma once

#include <string_view>

#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::retention {

// kInvalidInput, naming the field, unless it is one line of 1 to 512 bytes of UTF-8.
[[nodiscard]] Status CheckText(std::string_view name, std::string_view text);

// One more than the table's last number.
[[nodiscard]] Result<std::uint64_t> NextNumber(const store::ReadTxn& txn, store::Table table);

}  // namespace nightjar::retention
