// SPDX-License-Identifier: Apache-2.0
// ASCII armor (RFC 9580, section 6) as it stands on pages: line breaks lost or doubled, blanks at line ends,
// lines escaped with "- " (section 7.2). Tolerant of white space, never of bits: every character between the
// headers and the end must be base64, and a CRC-24 that is there must hold.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace nightjar::openpgp {

struct Armor {
  std::string_view label;          // "PUBLIC KEY BLOCK", "MESSAGE", "SIGNATURE", "SIGNED MESSAGE", ...
  std::size_t begin = 0, end = 0;  // in the text, both lines of dashes included
  Bytes data;                      // the packets; empty where `damage` is not
  std::string_view damage;         // why it could not be read: "no end", "not base64", "wrong CRC-24"
};

// The armor whose "-----BEGIN PGP " stands at `begin`; nothing where no label follows. Of a SIGNED MESSAGE
// only the first line is taken, without data: its text is text, and its signature is armor of its own. Looks
// no further than the next five dashes after the first line, so that reading every armor of a text is linear.
[[nodiscard]] std::optional<Armor> ReadArmor(std::string_view text, std::size_t begin);

}  // namespace nightjar::openpgp
