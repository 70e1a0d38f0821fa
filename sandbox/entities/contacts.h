// SPDX-License-Identifier: Apache-2.0
// Accounts of messengers, which have no checksum: the name must follow the messenger's own word ("wickr:
// name"), stand near it ("@name", Telegram and Discord), or be a link that only the messenger uses
// (t.me/name).
#pragma once

#include <string_view>

#include "sandbox/entities/scan.h"

namespace nightjar::entities {

// A word ending at `end` has named `topic`: the name right after it, if there is one. Rules of form:
//   wickr     letters, digits, "._-", 3..32; behind ":" or "="
//   telegram  letter, then letters, digits, "_", 5..32 in all
//   (core.telegram.org/method/account.checkUsername) threema   8 of A-Z 0-9 (the first may be "*"), as
//   printed in capitals icq       5..10 digits, maybe in groups signal    "name.01": 3..32 characters, a dot,
//   at least two digits (signal.org/blog/phone-number-privacy-usernames) discord   2..32 of letters, digits,
//   "._", maybe "#1234"; behind ":" or "="
void ReadHandleAfter(Scan& scan, Topic topic, std::size_t end);

// "@name" at `at`, where Telegram or Discord was named shortly before, or Telegram is named right after.
void ReadAtName(Scan& scan, std::size_t at);

// `host`: a domain, lower case, that stands at `place`: is it a messenger's, and what does its path name?
void ReadLink(Scan& scan, Scan::Place place, std::string_view host);

}  // namespace nightjar::entities
