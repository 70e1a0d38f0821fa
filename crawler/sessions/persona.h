// SPDX-License-Identifier: Apache-2.0
// A persona: an account at a market that jobs may crawl as, and how hard it may be used. Everything in it but
// its name is a secret: it is stored sealed, and appears in no log, index or export.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace nightjar::sessions {

// Minutes of the UTC day, half open; begin > end goes over midnight.
struct HourWindow {
  std::uint16_t begin = 0;
  std::uint16_t end = 0;
  friend bool operator==(const HourWindow&, const HourWindow&) = default;
};

// "08:00-18:00,22:00-02:00"; "" gives none. kInvalidInput names the part that is wrong.
[[nodiscard]] Result<std::vector<HourWindow>> ParseHours(std::string_view text);
[[nodiscard]] std::string FormatHours(const std::vector<HourWindow>& windows);

struct Persona {
  std::string id;                  // a name people choose; it stands in records, so never the account's own
  std::vector<std::string> hosts;  // onion addresses where the account exists
  std::string username;
  std::string password;
  std::uint32_t per_hour = 0;  // requests at most; 0: no bound
  std::uint32_t per_day = 0;
  std::vector<HourWindow> hours;  // when it works; none: always
  bool paused = false;            // by a person
  UtcTime created;
  friend bool operator==(const Persona&, const Persona&) = default;
};

// Names, hosts (checksums), lengths; refuses an id that is the user name. Errors name the field, never a
// secret.
[[nodiscard]] Result<Persona> Validate(Persona untrusted_persona);

// Whether it may work at this moment.
[[nodiscard]] bool IsAtWork(const std::vector<HourWindow>& hours, UtcTime now);

// A row: base/codec.h, format byte 1. To be sealed.
[[nodiscard]] Bytes Encode(const Persona& persona);
[[nodiscard]] Result<Persona> DecodePersona(ByteView row);  // kCorrupt

}  // namespace nightjar::sessions
