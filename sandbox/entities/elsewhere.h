// SPDX-License-Identifier: Apache-2.0
// Entities outside running text: where a link leads, what an attribute holds, what a script says. There the
// words beside a name are missing and long random strings are common, so less counts: kinds whose checksum
// holds, and what a place says by its own form. Cards and account numbers are left to texts: their checks are
// too weak here.
//
// All: linear; places are byte offsets in what was given (for targets: of the whole target); any thread.
#pragma once

#include <string_view>
#include <vector>

#include "sandbox/entities/entities.h"

namespace nightjar::entities {

// Longer targets and values are looked at up to here.
inline constexpr std::size_t kLongestTarget = 4096;
inline constexpr std::size_t kLongestValue = 64 << 10;

// A URL as it stands in an attribute, percent-encoded or not. What counts, beside checked kinds:
//   mailto: (RFC 6068) e-mail     xmpp: (RFC 5122) XMPP     tel:, sms: (RFC 3966, 5724) telephone
//   tg:, whatsapp:, t.me, wa.me, signal.me, discord.gg ... and matrix.to: accounts and invitations
//   ethereum: (EIP-681) addresses of one case
//   googletagmanager.com, google-analytics.com, mc.yandex.ru: visitor counters
[[nodiscard]] std::vector<Found> FindInTarget(std::string_view target);

// Another attribute's value ("value", "data-..."): checked kinds, e-mail and XMPP addresses.
[[nodiscard]] std::vector<Found> FindInValue(std::string_view value);

// A script: checked kinds, and accounts of visitor counters (references.h), Matomo's as "host/site" and
// Metrika's image as well.
[[nodiscard]] std::vector<Found> FindInScript(std::string_view script);

}  // namespace nightjar::entities
