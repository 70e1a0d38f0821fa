// SPDX-License-Identifier: Apache-2.0
// Reads one saved page through the jail, as the index role reads captures.
#pragma once

#include <string>

#include "base/result.h"
#include "config/site_profile.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"

namespace nightjar::cli {

struct SavedPage {
  std::string path;     // "-" is standard input
  std::string url;      // empty: not known
  std::string header;   // file with status line and header fields; empty: none
  std::string profile;  // file of a site profile; empty: none
};

// A page of an unknown address is read as if it lay here (not at "/", which says that it is a site's first
// page); its relative links show it.
inline constexpr std::string_view kUnknownUrl = "http://unknown.invalid/page";

// The bytes, with what is known of how they came. A file that begins as an HTTP answer has its own header.
[[nodiscard]] Result<wire::Document> DocumentOf(const SavedPage& page);

// With the profile, which then counts for this page whatever its host, unless it has signs that the page
// lacks.
[[nodiscard]] Result<wire::Facts> ReadInJail(const wire::Document& document,
                                             const std::vector<config::SiteProfile>& profiles);

// The profile of the file, made to count for the document's host.
[[nodiscard]] Result<std::vector<config::SiteProfile>> ProfilesOf(const SavedPage& page,
                                                                  const wire::Document& document);

}  // namespace nightjar::cli
