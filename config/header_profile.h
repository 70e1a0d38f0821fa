// SPDX-License-Identifier: Apache-2.0
// The header profile: which request header fields the fetcher sends, in which order and letter case, so that
// its requests look like those of one widespread browser. Data, not code: config/tor-browser.yaml, compiled
// in.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace nightjar::config {

struct HeaderProfile {
  std::string name;                 // for example "tor-browser-15"
  std::vector<std::string> header;  // "Name: value", in the order to send; never Host, which curl makes
};

// Strict: exactly the keys `name` and `header`, each field once, names of RFC 9110 token characters, values
// of printable ASCII, and no field that a request's own framing needs (Host, Content-Length, ...).
// kInvalidInput with "file:line"; `file` stands for the file in errors.
[[nodiscard]] Result<HeaderProfile> ParseHeaderProfile(const std::string& yaml, const std::string& file);

// config/tor-browser.yaml as it was at build time. Aborts if that is not a valid profile (a test loads it).
[[nodiscard]] HeaderProfile TorBrowserProfile();

}  // namespace nightjar::config
