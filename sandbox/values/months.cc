// SPDX-License-Identifier: Apache-2.0
// Names of months and their usual short forms, from the Unicode CLDR's tables (common/main/{en,de,fr,es,it,
// nl,ru}.xml, gregorian calendar), in lower case.
#include <algorithm>
#include <array>

#include "sandbox/values/date.h"
#include "sandbox/values/letters.h"

namespace nightjar::values {
namespace {

// clang-format off
constexpr std::array<std::string_view, 12> kMonths = {
    "january jan januar jänner janvier janv enero ene januari gennaio gen январь января янв",
    "february feb februar février févr fév fevrier febrero februari febbraio febr февраль февраля февр фев",
    "march mar märz mrz maerz mars marzo maart mrt март марта мар",
    "april apr avril avr abril abr aprile апрель апреля апр",
    "may mai mayo mei maggio mag май мая",
    "june jun juni juin junio giugno giu июнь июня июн",
    "july jul juli juillet juil julio luglio lug июль июля июл",
    "august aug août aout agosto ago augustus август августа авг",
    "september sep sept septembre septiembre setiembre settembre set сентябрь сентября сент сен",
    "october oct oktober okt octobre octubre ottobre ott октябрь октября окт",
    "november nov novembre noviembre ноябрь ноября нояб ноя",
    "december dec dezember dez décembre déc decembre diciembre dic dicembre декабрь декабря дек",
};
// clang-format on

bool Holds(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

}  // namespace

int MonthOf(std::string_view word) {
  if (word.size() < 3 || word.size() > 20) return 0;
  const std::string lower = LowerCase(word);
  const auto found = std::find_if(kMonths.begin(), kMonths.end(),
                                  [&](std::string_view words) { return Holds(words, lower); });
  return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

}  // namespace nightjar::values
