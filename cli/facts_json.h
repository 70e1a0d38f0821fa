// SPDX-License-Identifier: Apache-2.0
// Facts as JSON: every member, under the names of wire/facts.h; what is empty is left out. Spans are
// [begin, end) in bytes of the decoded body.
#pragma once

#include "base/json.h"
#include "sandbox/wire/facts.h"

namespace nightjar::cli {

[[nodiscard]] json::object FactsAsJson(const wire::Facts& facts);

}  // namespace nightjar::cli
