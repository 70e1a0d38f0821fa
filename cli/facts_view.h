// SPDX-License-Identifier: Apache-2.0
// Facts for a person at a terminal.
#pragma once

#include <string>

#include "sandbox/wire/facts.h"

namespace nightjar::cli {

[[nodiscard]] std::string FormatFacts(const wire::Facts& facts);

// The fields as a table, one row each: name, value, unit, type, confidence, who found it, span, and the line
// of the page's text in which the printed form stands.
[[nodiscard]] std::string FormatFields(const std::vector<wire::Field>& fields, const wire::Facts& facts);

}  // namespace nightjar::cli
