// SPDX-License-Identifier: Apache-2.0
// JSON-LD as flat statements: see statements.h. Numbers are written in their shortest decimal form, so that
// "1108.00" says "1108".
#pragma once

#include <string_view>
#include <vector>

#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Appends; never more than wire::kMaxStatements in all.
void ReadJsonLd(std::string_view script, std::vector<wire::Statement>& out);

}  // namespace nightjar::extract
