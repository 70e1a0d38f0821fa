// SPDX-License-Identifier: Apache-2.0
#include "sandbox/language/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>

#include "base/bytes.h"

namespace nightjar::language {

std::vector<Share> Languages(std::string_view text) {
  const std::string_view part = Utf8Prefix(text, kMostBytes);
  if (part.size() < kFewestLetters) return {};
  const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3] = {};
  int percents[3] = {};
  double scores[3] = {};
  int letters = 0;
  bool reliable = false;
  CLD2::ExtDetectLanguageSummary(part.data(), static_cast<int>(part.size()), /*is_plain_text=*/true, &hints,
                                 /*flags=*/0, languages, percents, scores, /*resultchunkvector=*/nullptr,
                                 &letters, &reliable);
  std::vector<Share> shares;
  for (int i = 0; reliable && i < 3; ++i) {
    if (languages[i] == CLD2::UNKNOWN_LANGUAGE || percents[i] <= 0) continue;
    shares.push_back(
        {CLD2::LanguageCode(languages[i]), static_cast<std::uint8_t>(std::min(percents[i], 100))});
  }
  return shares;
}

}  // namespace nightjar::language
