// SPDX-License-Identifier: Apache-2.0
// A first site profile, as YAML, from what generic rules found on one page.
#pragma once

#include <string>

#include "base/url.h"
#include "sandbox/wire/facts.h"

namespace nightjar::cli {

// `facts` were read with ReadMode::kPropose. `host`: of the page, empty where it is not known. Each field
// stands with what it gave, so that a person sees at once what to keep.
[[nodiscard]] std::string FormatProposal(const wire::Facts& facts, const std::string& host);

}  // namespace nightjar::cli
