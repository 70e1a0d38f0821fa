// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/compatibility.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

namespace nightjar::parse {

std::string CompatibilityForm(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCInstance(error);
  std::string result;
  icu::StringByteSink<std::string> sink(&result, static_cast<int32_t>(text.size()));
  if (form != nullptr && U_SUCCESS(error)) {
    form->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr,
                        error);
  }
  return U_SUCCESS(error) ? result : std::string(text);
}

}  // namespace nightjar::parse
