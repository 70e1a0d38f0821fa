// SPDX-License-Identifier: Apache-2.0
// Fingerprints and languages of one document: what sandbox/fingerprint and sandbox/language make of it.
#pragma once

#include <string_view>

#include "sandbox/parse/page.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// `main_text`: of the page, without menus; empty for what is not text.
[[nodiscard]] wire::Fingerprints ReadFingerprints(const wire::Document& document, const parse::Page& page,
                                                  std::string_view main_text);

[[nodiscard]] std::vector<wire::Language> ReadLanguages(std::string_view main_text);

}  // namespace nightjar::extract
