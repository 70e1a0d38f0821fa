// SPDX-License-Identifier: Apache-2.0
// Values that a field cannot have: found before the index is asked, so that a slip gets a sentence and no
// empty page.
#pragma once

#include <string>
#include <string_view>

#include "indexer/query/schema.h"

namespace nightjar::query {

// A sentence on what is wrong with this value of an exact field and what to write instead, or empty. Checked:
// kind, class and verdict (the names of sandbox/wire), lang (ISO 639), pgp and item (hex digits), the kind of
// an entity (sandbox/entities/kinds.h). Any other field may have any value.
[[nodiscard]] std::string WrongValue(const FieldRow& field, std::string_view value);

// The same for a currency behind an amount, in lower case: ISO 4217 and the coins that pages are read for.
[[nodiscard]] std::string WrongCurrency(std::string_view code);

}  // namespace nightjar::query
