// SPDX-License-Identifier: Apache-2.0
// Accounts of visitor counters that have no form of their own: only the call around them says what they are.
// (Those with a form, "UA-1234-5", are read everywhere: references.h.)
#pragma once

#include <string_view>
#include <vector>

#include "sandbox/entities/entities.h"

namespace nightjar::entities {

// Matomo's tracking code (developer.matomo.org/guides/tracking-javascript-guide): the site's number is only
// unique at its server, so the value is "stats.example.org/7": the last "//host" before
// _paq.push(['setSiteId', '7']), at most kBetween bytes away. Without a host nothing is said.
void AddMatomo(std::string_view script, std::vector<Found>& all);

// The picture that counts where scripts are off: mc.yandex.ru/watch/12345678 (Yandex Metrika's help).
void AddCounterImages(std::string_view text, std::vector<Found>& all);

}  // namespace nightjar::entities
