// SPDX-License-Identifier: Apache-2.0
// The records of imported captures: pure functions of what the file held and who imports it, so that the same
// file imported twice gives the same records. For this folder.
#pragma once

#include "archive/captures/record.h"
#include "archive/import/import.h"

namespace nightjar::import {

// "2026-01-31T23:59:59Z" with up to nine digits of fraction (WARC 1.1, section 5.4); finer than microseconds
// is cut.
[[nodiscard]] Result<UtcTime> ParseWarcDate(std::string_view text);

// The capture of one exchange of the file, signed. kRefused: its URL is of another scheme than http(s), or
// too long; kInvalidInput: what is wrong with it. Whoever calls asks the blocklist, by the record's URL.
struct Made {
  captures::Exchange exchange;
  std::string host;
};
[[nodiscard]] Result<Made> MakeExchange(wire::ForeignExchange untrusted, const Request& request,
                                        const Digest& file, const SigningKey& key);

// The capture that says which file it was: no bytes, all in its signed record. `name` is the last part of the
// path.
[[nodiscard]] captures::Exchange MakeFileExchange(const Request& request, const Digest& file,
                                                  std::uint64_t bytes, UtcTime now, const SigningKey& key);

}  // namespace nightjar::import
