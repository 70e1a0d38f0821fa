// SPDX-License-Identifier: Apache-2.0
// Numbers that name something elsewhere, by their exact form: CVE-2021-44228; the accounts of visitor
// counters and advertisers: UA-12345-1, G-XXXXXXXXXX (Google Analytics), GTM-XXXXXX (Tag Manager),
// AW-123456789 (Ads), ca-pub-<16 digits> (AdSense), ym(12345678 (Yandex Metrika). They stand in scripts more
// than in visible text.
#pragma once

#include "sandbox/entities/scan.h"

namespace nightjar::entities {

// A word that begins one of these.
void ReadReference(Scan& scan, std::size_t begin, std::size_t end);

}  // namespace nightjar::entities
