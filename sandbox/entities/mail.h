// SPDX-License-Identifier: Apache-2.0
// What stands around an "@": e-mail and XMPP addresses (name@host), Matrix users (@name:host), Telegram and
// Discord names (@name); and e-mail addresses spelled "name [at] host [dot] com".
#pragma once

#include "sandbox/entities/scan.h"

namespace nightjar::entities {

// An address is XMPP's where a word just before says so or its host is a known server's, else e-mail's.
void ReadAt(Scan& scan, std::size_t at);

// `open`: a bracket. Only words in brackets count: "meet me at noon dot" is no address.
void ReadSpelledMail(Scan& scan, std::size_t open);

}  // namespace nightjar::entities
