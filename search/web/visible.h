// SPDX-License-Identifier: Apache-2.0
// Captured text made safe to look at: characters that hide, reorder or imitate are written out.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::web {

// Control characters (but line feed and tab), bidirectional controls, zero-width and other invisible format
// characters become ‹U+XXXX›: what a page hides from its reader must not be hidden from an investigator
// (Unicode TR36; "Trojan Source", CVE-2021-42574). Invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string MakeVisible(std::string_view text);

// "hxxp://..." instead of "http://...": nobody follows a link of a captured page by accident.
[[nodiscard]] std::string Defang(std::string_view url);

// The first 12 characters of an onion address and its ending; other hosts whole.
[[nodiscard]] std::string ShortHost(std::string_view host);

// 1234567 as "1 234 567", with narrow no-break spaces.
[[nodiscard]] std::string Grouped(std::uint64_t number);

}  // namespace nightjar::web
